"""Images whose maps do not fit the windows of a layer are refused, as in the .m file."""

import numpy as np
import pytest

from acnn.nets import set_up
from both_sides.acnn import same_outcome
from dltcnn import Layer
from dltcnn.functions import acnnff

C, S = Layer("c", outputmaps=2, kernelsize=[2, 3]), Layer("s", scale=[2, 1])
CASES = {
    "a sum over no whole blocks": ([S], (4, 5), (5, 4), 2, "5x4", "2x1"),
    "a square of one number": ([Layer("s", scale=2)], (4, 6), (4, 5), 2, "4x5", "2x2"),
    "fewer rows than a kernel": ([C], (4, 5), (1, 9), 2, "1x9", "2x3"),
    "fewer columns than a kernel": ([C], (4, 5), (9, 2), 2, "9x2", "2x3"),
    "a kernel of one number": (
        [Layer("c", outputmaps=1, kernelsize=3)],
        (4, 5),
        (4, 2),
        2,
        "4x2",
        "3x3",
    ),
    "the second layer": ([C, S], (5, 5), (4, 7), 3, "3x5", "2x1"),
    "the third layer": ([C, S, C], (7, 7), (3, 9), 4, "1x7", "2x3"),
    "a combination": (
        [Layer("a", outputmaps=2, kernelsize=[3, 2])],
        (4, 5),
        (2, 9),
        2,
        "2x9",
        "3x2",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_maps_that_windows_do_not_fit(acnn_session, rng, name):
    layers, shape, later, number, maps, windows = CASES[name]
    net = set_up(*layers, x=rng.random((*shape, 3)))
    message, line = same_outcome(acnn_session, acnnff, net, rng.random((*later, 3)))
    assert (message, line) == (
        f"layer {number}: maps of {maps} reach it, expected maps that its windows of {windows} "
        "fit: run acnnsetup for images of this size",
        "acnnff.m:113",
    )


@pytest.mark.parametrize("name", CASES)
def test_maps_that_windows_fit(acnn_session, rng, name):
    layers, shape, *_ = CASES[name]
    net = set_up(*layers, x=rng.random((*shape, 3)))
    outcome = same_outcome(acnn_session, acnnff, net, rng.random((*shape, 3)))
    assert np.shape(outcome["o"])[1] == 3
