"""Types that the toolbox does not know, and first layers of any type: it takes them in silence."""

import numpy as np
import pytest

from both_sides.functions import Live, assert_same, images, layer_of
from dltcnn import Net, OctaveRandom, Opts, cnnapplygrads, cnnbp, cnnff, cnnsetup
from dltparity.cases.shorthand import build
from dltparity.traces.octave import net_struct
from dltparity.traces.trace import net_fields

SUBSAMPLING = {"type": "s", "scale": 2}
CONVOLUTION = {"type": "c", "outputmaps": 2, "kernelsize": 3}

# A first layer is never computed, whatever its type: cnnff starts with the second.
FIRST = {
    "C": [{"type": "C"}],
    "a": [{"type": "a"}],
    "C, then s": [{"type": "C"}, SUBSAMPLING],
    "x, then c": [{"type": "x"}, CONVOLUTION],
    "c of nothing": [{"type": "c", "outputmaps": 1, "kernelsize": 1}],
    "c of nothing, then s": [{"type": "c", "outputmaps": 1, "kernelsize": 1}, SUBSAMPLING],
    "s of nothing": [{"type": "s", "scale": 1}],
    "s of nothing, then c": [{"type": "s", "scale": 1}, CONVOLUTION],
}
pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # types without a meaning
UNKNOWN = ("C", "a", "b", "d", "x", "r", "t", "cs")


def give(session, layers, x, y):
    session.eval("clear('net', 'in', 'opts'); rand('state', 5);")
    session.assign("net", net_struct(layers))
    session.assign("in", {"x": x, "y": y})
    session.assign("opts", {"alpha": np.array([[0.5]])})


@pytest.mark.parametrize("name", FIRST)
def test_a_first_layer_of_any_type(original_session, name):
    x, y = images(8, 8, 4)
    give(original_session, FIRST[name], x, y)
    original_session.eval(
        "net = cnnsetup(net, in.x, in.y); net = cnnff(net, in.x); net = cnnbp(net, in.y);"
        "net = cnnapplygrads(net, opts);"
    )
    net = cnnsetup(Net(map(layer_of, FIRST[name])), x, y, OctaveRandom(5))
    net = cnnapplygrads(cnnbp(cnnff(net, x), y), Opts(alpha=0.5))
    assert_same(original_session.fields("net"), net_fields(net))


@pytest.mark.parametrize("kind", UNKNOWN)
def test_setup_leaves_a_layer_of_an_unknown_type_alone(original_session, kind):
    x, y = images(8, 8, 4)
    layers = [{"type": "i"}, {"type": kind, "outputmaps": 2, "kernelsize": 3}, SUBSAMPLING]
    give(original_session, layers, x, y)
    original_session.eval("net = cnnsetup(net, in.x, in.y);")
    net = cnnsetup(Net(map(layer_of, layers)), x, y, OctaveRandom(5))
    assert_same(original_session.fields("net"), net_fields(net))


@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_step_leaves_a_layer_of_an_unknown_type_alone(original_session, kind):
    x, y = images(8, 8, 4)
    net = cnnsetup(Net(build([{"type": "i"}, CONVOLUTION, SUBSAMPLING])), x, y, OctaveRandom(5))
    net = cnnbp(cnnff(net, x), y)
    vars(net.layers[1])["type"] = kind
    live = Live(original_session, "cnn")
    reference = live.net("cnnapplygrads(net, opts)", net=net, opts=Opts(alpha=0.5))
    assert_same(reference, net_fields(cnnapplygrads(net, Opts(alpha=0.5))))


@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_last_layer_of_an_unknown_type_gets_no_gradients(original_session, kind):
    x, y = images(8, 8, 4)
    net = cnnff(cnnsetup(Net(build([{"type": "i"}, CONVOLUTION])), x, y, OctaveRandom(5)), x)
    vars(net.layers[1])["type"] = kind
    live = Live(original_session, "cnn")
    live.give("y", y)
    reference = live.net("cnnbp(net, in.y)", net=net)
    assert_same(reference, net_fields(cnnbp(net, y)))


def test_three_convolutions_with_as_many_maps_as_layers(original_session):
    x, y = images(18, 18, 3)
    layers = [
        {"type": "i"},
        {"type": "c", "outputmaps": 2, "kernelsize": 3},
        {"type": "s", "scale": 2},
        {"type": "c", "outputmaps": 3, "kernelsize": 3},
        {"type": "s", "scale": 1},
        {"type": "c", "outputmaps": 4, "kernelsize": 2},
        {"type": "s", "scale": 1},
    ]
    give(original_session, layers, x, y)
    original_session.eval(
        "net = cnnsetup(net, in.x, in.y); net = cnnff(net, in.x); net = cnnbp(net, in.y);"
        "net = cnnapplygrads(net, opts);"
    )
    net = cnnsetup(Net(build(layers)), x, y, OctaveRandom(5))
    net = cnnapplygrads(cnnbp(cnnff(net, x), y), Opts(alpha=0.5))
    assert_same(original_session.fields("net"), net_fields(net))
