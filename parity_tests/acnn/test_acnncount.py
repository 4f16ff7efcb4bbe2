"""acnncount against its .m file: which images it counts, and what it says of the others."""

import numpy as np
import pytest

from both_sides.acnn import same_outcome
from dltcnn import Layer, Net
from dltcnn.acnn.acnncount import acnncount

SHAPES = (
    *((8, 7), (1, 1), (8, 1), (1, 8), (8, 7, 1), (8, 7, 2), (8, 7, 3), (8, 7, 5), (1, 1, 4)),
    *((8, 7, 1, 5), (8, 7, 2, 5), (8, 7, 3, 5), (8, 7, 3, 1), (1, 1, 2, 2), (8, 7, 1, 1)),
    *((8, 7, 2, 5, 2), (8, 7, 2, 5, 1), (2, 2, 2, 2, 2, 2)),
    *((0, 0), (0, 7), (8, 0), (0, 7, 5), (8, 7, 0), (8, 7, 2, 0), (8, 0, 2, 5), (8, 7, 0, 5)),
)
CLASSES = (float, np.float32, bool, np.int8, np.int64, np.uint8, np.uint32)


def check(session, x, **channels):
    return same_outcome(session, acnncount, Net([Layer("i", **channels)]), x)


@pytest.mark.parametrize("channels", [None, 1, 2, 3, 0])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_images_of_a_size(acnn_session, shape, channels):
    check(acnn_session, np.ones(shape), **({} if channels is None else {"channels": channels}))


@pytest.mark.parametrize("cls", CLASSES)
def test_images_of_any_class_of_numbers(acnn_session, cls):
    assert isinstance(check(acnn_session, np.ones((3, 2, 4), cls)), dict)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("text", ["digits", "d", ""])
def test_text_is_no_image(acnn_session, text, channels):
    assert isinstance(check(acnn_session, text, channels=channels), tuple)
