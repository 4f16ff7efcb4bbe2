"""Values and sizes as messages write them, against matlab_ref/acnn/acnntext.m and acnnsize.m."""

import numpy as np
import pytest

from both_sides.expressions import text_in_octave
from dltcnn.acnn.acnnsize import acnnsize
from dltcnn.acnn.acnntext import acnntext

SHAPES = [(0, 0), (1, 0), (0, 1), (1, 1), (1, 8), (1, 9), (9, 1), (3, 3), (1, 10), (5, 2)]
SHAPES += [(2, 2, 2), (1, 1, 2), (1, 1, 1, 2), (2, 0, 3)]


def numbers(shape, cls):
    return (3 * np.arange(np.prod(shape)).reshape(shape)).astype(cls)


VALUES = [
    *("", "a", "it's", "two words", 1.5, -2.0, 7, np.nan, np.inf, 1 / 3, 1e-20, [1, 2.5]),
    *(np.bool_(True), np.bool_(False), np.uint8(200), np.float32(0.1)),
    *(numbers(s, c) for s in SHAPES for c in (np.float64, np.float32, np.uint8, np.int16, bool)),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_and_its_size_in_messages(acnn_session, value):
    assert acnntext(value) == text_in_octave(acnn_session, "acnntext(in.x)", x=value)
    assert acnnsize(value) == text_in_octave(acnn_session, "acnnsize(in.x)", x=value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((True, "true"), ([True, False], "1x2 of class logical"), ((3, 4), "[3 4]")),
        *((None, "1x1 of class NoneType"), ({}, "1x1 of class dict")),
        (["a", None], "1x2 of class list"),
    ],
)
def test_values_of_python_in_messages(value, text):
    assert acnntext(value) == text
