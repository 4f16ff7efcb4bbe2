"""The learning rate that a saved net tells."""

import numpy as np
import pytest

from dltcnn import Layer, Net, OctaveRandom, Opts, cnnsetup, cnntrain
from dltparity.verify.rate import rate


def trained(alpha, cls=float):
    """A net after two batches."""
    rng = np.random.default_rng(0)
    x, y = rng.random((8, 8, 10)).astype(cls), np.zeros((4, 10), cls)
    y[rng.integers(0, 4, 10), np.arange(10)] = 1
    net = Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=3), Layer("s", scale=2)])
    net, stream = cnnsetup(net, x, y, OctaveRandom(0)), OctaveRandom(1)
    opts = Opts(alpha=alpha, batchsize=5, numepochs=1)
    return cnntrain(net, x, y, opts, stream, verbose=False)


@pytest.mark.parametrize("alpha", [1, 0.5, 0.001, 0.85, 0.3333])
def test_it_is_told(alpha):
    assert rate(trained(alpha)) == alpha


@pytest.mark.parametrize("alpha", [1, 0.85])
def test_of_single_nets_too(alpha):
    assert rate(trained(alpha, np.float32)) == alpha


@pytest.mark.parametrize(("alpha", "cls"), [(0.5 * 0.95**7, float), (0.857, np.float32)])
def test_one_that_is_not_round_is_not_guessed(alpha, cls):
    assert rate(trained(alpha, cls)) is None


def test_an_altered_weight_spoils_its_own_output_only():
    net = trained(0.5)
    net.ffW[1, 3] += 0.01
    assert rate(net) == 0.5


def test_other_weights_tell_none():
    net = trained(0.5)
    net.ffW[:] = 0
    assert rate(net) is None


def _without_features(net):
    del net.fv


def _saturated(net):
    net.o[:] = np.round(net.o)


def _other_sizes(net):
    net.ffW = net.ffW[:, 1:]


def _nan(net):
    net.ffW[:] = np.nan


@pytest.mark.parametrize("spoil", [_without_features, _saturated, _other_sizes, _nan])
def test_a_net_that_cannot_tell(spoil):
    net = trained(0.5)
    spoil(net)
    assert rate(net) is None
