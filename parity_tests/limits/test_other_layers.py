"""Types that the toolbox does not know, and first layers of any type: it takes them in silence."""

import pytest

from both_sides.functions import assert_same, images, in_octave, layer_of
from dltcnn import Net, OctaveRandom, Opts
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff, cnnsetup
from dltparity.cases.shorthand import build
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


STEP = "cnnapplygrads(cnnbp(cnnff(cnnsetup(in.net, in.x, in.y), in.x), in.y), in.opts)"


def assert_same_step(session, layers, x, y):
    """Demand the original's bits after setup, forward, backward and update."""
    opts, given = Opts(alpha=0.5), {"net": {"layers": layers}, "x": x, "y": y}
    theirs = in_octave(session, STEP, 5, opts=opts, **given)
    net = cnnsetup(Net(map(layer_of, layers)), x, y, OctaveRandom(5))
    assert_same(theirs, net_fields(cnnapplygrads(cnnbp(cnnff(net, x), y), opts)))


@pytest.mark.parametrize("name", FIRST)
def test_a_first_layer_of_any_type(original_session, name):
    x, y = images(8, 8, 4)
    assert_same_step(original_session, FIRST[name], x, y)


@pytest.mark.parametrize("kind", UNKNOWN)
def test_setup_leaves_a_layer_of_an_unknown_type_alone(original_session, kind):
    x, y = images(8, 8, 4)
    layers = [{"type": "i"}, {"type": kind, "outputmaps": 2, "kernelsize": 3}, SUBSAMPLING]
    given = {"net": {"layers": layers}, "x": x, "y": y}
    theirs = in_octave(original_session, "cnnsetup(in.net, in.x, in.y)", 5, **given)
    assert_same(theirs, net_fields(cnnsetup(Net(map(layer_of, layers)), x, y, OctaveRandom(5))))


@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_step_leaves_a_layer_of_an_unknown_type_alone(original_session, kind):
    x, y = images(8, 8, 4)
    net = cnnsetup(Net(build([{"type": "i"}, CONVOLUTION, SUBSAMPLING])), x, y, OctaveRandom(5))
    net = cnnbp(cnnff(net, x), y)
    vars(net.layers[1])["type"] = kind
    opts = Opts(alpha=0.5)
    theirs = in_octave(original_session, "cnnapplygrads(in.net, in.opts)", net=net, opts=opts)
    assert_same(theirs, net_fields(cnnapplygrads(net, opts)))


@pytest.mark.parametrize("kind", UNKNOWN)
def test_a_last_layer_of_an_unknown_type_gets_no_gradients(original_session, kind):
    x, y = images(8, 8, 4)
    net = cnnff(cnnsetup(Net(build([{"type": "i"}, CONVOLUTION])), x, y, OctaveRandom(5)), x)
    vars(net.layers[1])["type"] = kind
    theirs = in_octave(original_session, "cnnbp(in.net, in.y)", net=net, y=y)
    assert_same(theirs, net_fields(cnnbp(net, y)))


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
    assert_same_step(original_session, layers, x, y)
