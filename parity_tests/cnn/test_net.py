"""Nets, layers and options: numbers like MATLAB's, values of their own, clear refusals."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images
from dltcnn import (
    Layer,
    MatlabError,
    Net,
    OctaveRandom,
    Opts,
    acnnsetup,
    acnntrain,
    cnnbp,
    cnnff,
    cnnsetup,
    cnntrain,
)
from dltparity.traces.trace import net_fields

NUMBERS = [int, float, np.float64, np.float32, np.int64, np.uint8, lambda n: np.array([[n]])]


def trained(number):
    """A net whose every number is of one kind, trained for a batch."""
    x, y = images(8, 8, 4)
    c = Layer("c", outputmaps=number(2), kernelsize=number(3))
    net = cnnsetup(Net([Layer("i"), c, Layer("s", scale=number(2))]), x, y, OctaveRandom(1))
    opts = Opts(alpha=1, batchsize=number(2), numepochs=number(1))
    return cnntrain(net, x, y, opts, OctaveRandom(2), verbose=False)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_a_number_whatever_its_class(number):
    plain, other = net_fields(trained(int)), net_fields(trained(number))
    assert_same(plain, other)
    assert np.abs(other["ffW"]).max() > 0


def test_a_number_set_later_is_one_too():
    layer = Layer("s", scale=1)
    layer.scale = np.int8(3)
    assert type(layer.scale) is int
    layer.scale = np.float32(2.5)
    assert type(layer.scale) is float
    assert Opts(alpha=np.float32(0.5)).alpha.dtype == np.float32


def test_one_layer_object_may_stand_in_several_places():
    x, y = images(8, 8, 4)
    s, c = Layer("s", scale=1), Layer("c", outputmaps=2, kernelsize=1)
    shared = Net([Layer("i"), c, s, c, s])
    apart = Net([layer.copy() for layer in shared.layers])
    nets = [cnnbp(cnnff(cnnsetup(n, x, y, OctaveRandom(1)), x), y) for n in (shared, apart)]
    assert_same(*map(net_fields, nets))
    assert not c.k and not c.a


@pytest.mark.parametrize("setup", [cnnsetup, acnnsetup])
@pytest.mark.parametrize("whole", [False, True])
def test_lists_in_cells_are_cells_where_the_toolbox_has_them_and_arrays_elsewhere(setup, whole):
    x, y = images(8, 8, 4)
    layers = [Layer("i"), Layer("c", outputmaps=1, kernelsize=2), Layer("s", scale=7)]
    net = setup(Net(layers), x, y, OctaveRandom(1))
    listed = net.copy()
    c, kernel = listed.layers[1], [[0.5, 0.25], [-0.5, 1]]
    net.layers[1].b, net.layers[1].k = [0.5], [[np.array(kernel)]]
    if whole:
        c.b, c.k = [[0.5]], [[kernel]]
    else:
        c.b[0], c.k[0] = [0.5], [np.zeros((2, 2))]
        c.k[0][0] = kernel
    train = cnntrain if setup is cnnsetup else acnntrain
    opts = Opts(alpha=1, batchsize=2, numepochs=1)
    assert_same(*(net_fields(train(each, x, y, opts, OctaveRandom(2))) for each in (net, listed)))


def test_a_nets_layers_are_its_own():
    layers = [Layer("i"), Layer("s", scale=2)]
    one, other = Net(layers), Net(layers)
    one.layers[1].scale = 4
    assert (other.layers[1].scale, layers[1].scale) == (2, 2)


@pytest.mark.parametrize(
    ("make", "error", "wording"),
    [
        (lambda: Net([]), ValueError, "a net without layers: give at least the input layer"),
        (lambda: Net([{"type": "i"}]), TypeError, r'layer 1 is of type dict: give Layer\("i"\)'),
        (
            lambda: Layer("c", kernel=3),
            TypeError,
            r"no field kernel \(kernelsize was meant\?\): give outputmaps",
        ),
        (lambda: Opts(rate=1), TypeError, "unknown option rate: the options are alpha"),
        (lambda: Opts().alpha, MatlabError, "structure has no member 'alpha'"),
    ],
)
def test_refusals_say_what_to_give(make, error, wording):
    with pytest.raises(error, match=wording):
        make()


def test_what_is_shown_is_short():
    x, y = images(8, 8, 4)
    net = cnnsetup(Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=3)]), x, y, OctaveRandom(1))
    assert repr(net.layers[1]) == "Layer(type='c', outputmaps=2, kernelsize=3)"
    assert "ffW=<3x72 float64>" in repr(net)
