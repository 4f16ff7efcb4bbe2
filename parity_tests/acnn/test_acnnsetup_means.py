"""Means and deviations of an earlier setup."""

import pytest

from acnn.nets import X, Y
from dltcnn import Layer, Net, OctaveRandom
from dltcnn.functions import acnnsetup


@pytest.mark.parametrize("normalize", ["set", "pixel"])
def test_a_setup_without_the_option_forgets_them(normalize):
    net = acnnsetup(Net([Layer("i")], normalize=normalize), X, Y, OctaveRandom(0))
    assert {"mu", "sigma"} <= vars(net).keys()
    del net.normalize
    again = acnnsetup(net, X, Y, OctaveRandom(0))
    assert not {"mu", "sigma"} & vars(again).keys()


@pytest.mark.parametrize("kept", ["mu", "sigma"])
def test_one_of_the_two_is_forgotten_as_well(kept):
    net = acnnsetup(Net([Layer("i")], normalize="set"), X, Y, OctaveRandom(0))
    del net.normalize
    vars(net).pop({"mu": "sigma", "sigma": "mu"}[kept])
    assert kept not in vars(acnnsetup(net, X, Y, OctaveRandom(0)))
