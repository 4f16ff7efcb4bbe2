"""acnncheck against its .m file: every option with odd values, and what is said of each."""

from itertools import combinations

import numpy as np
import pytest

from both_sides.acnn import ACCEPTED, same_refusals
from dltcnn import Layer, Net
from dltcnn.acnn.acnncheck import acnncheck

# Types without a meaning, and fields that nobody uses: acnncheck refuses them itself.
pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")

NUMBERS = (
    *(0, 1, 2, 3, -1, 0.5, 1.5, 2.5, 1 - 1e-9, 1 + 1e-9, 1e-300, np.inf, -np.inf, np.nan, -0.0),
    *(np.float32(2), np.float32(1.5), np.uint8(0), np.uint8(3), np.int8(-1), np.int64(1)),
    *(np.array([[True]]), np.array([[False]]), np.array([[np.inf]]), 0.1),
)
ROWS = [[1, 2], [2, 1], [2, 1.5], [1.5, 2], [2, np.nan], [np.inf, 2], [2, np.inf], [0, 2], [2, 0]]
ARRAYS = (
    *(np.array([row], float) for row in (*ROWS, [-1, 2], [2, -1], [1, 2, 3], [2] * 9, [2] * 10)),
    *(np.ones((2, 1)), np.ones((2, 2)), np.ones((5, 5)), np.ones((1, 1, 2)), np.ones((2, 2, 2))),
    *(np.zeros((0, 0)), np.zeros((1, 0)), np.zeros((0, 2)), np.ones((1, 2), np.uint8)),
    *(np.ones((1, 2), bool), np.zeros((1, 2), bool), np.ones((1, 0), bool)),
)
TEXTS = ("", "x", "sigm", "tanh", "linear", "l1", "entropy", "set", "pixel", "Sigm", "sigmo", "i")
VALUES = (*NUMBERS, *ARRAYS, *TEXTS)
OPTIONS = (
    *("channels", "outputmaps", "kernelsize", "maps", "shared", "lam", "penalty"),
    *("scale", "trainable", "units", "activation"),
)
OWN = {
    "i": ("channels",),
    "c": ("outputmaps", "kernelsize", "maps", "activation"),
    "a": ("outputmaps", "kernelsize", "shared", "lam", "penalty", "activation"),
    "s": ("scale", "trainable", "activation"),
    "f": ("units", "activation"),
}
GOOD = {
    "i": {},
    "c": {"outputmaps": 2, "kernelsize": 3},
    "a": {"outputmaps": 3, "kernelsize": 1},
    "s": {"scale": 2},
    "f": {"units": 4},
}
TABLES = (
    *(np.ones((2, 3)), np.eye(2, 3), np.ones((3, 2)), np.ones((2, 3, 2)), np.ones((2, 2))),
    *(np.ones((2, 3), bool), np.eye(2, 3, 1, bool), np.ones((2, 3), np.int8), np.ones((6, 1))),
    *(np.zeros((2, 3)), np.zeros((2, 3), bool), np.zeros((2, 3), np.uint8), np.ones((2, 4))),
    *(np.array([[1, 0, 1], [1, value, 0]]) for value in (0, 2, -1, 0.5, np.nan, np.inf, -0.0)),
    *(np.array([[1, 4, 1], [3, value, 0.0]]) for value in (1, 2)),
    *(np.array([[0, 1, 0], [0, value, 0.0]]) for value in (0, 1)),
    *(np.array([[1, 1, -1], [1, 1, 1]]), np.array([[1, 0.5, 1], [1, -0.5, 1]], np.float32)),
    *(np.array([[1, 0, 200], [1, 0, 100]], dtype) for dtype in (np.uint8, np.int16)),
    *(np.ones((1, 3)), np.ones((1, 1)), np.zeros((0, 0)), np.zeros((2, 0)), 1.0, 3, "table"),
)


def check(session, nets):
    """Both sides say the same of some nets; what they say."""
    return same_refusals(session, acnncheck, [[net] for net in nets])


def net_of(*layers, **fields):
    """Build a net, with options set as they are: a number keeps its class."""
    net = Net([Layer("i")], **fields)
    net.layers = [Layer("i") for _ in layers]
    for made, layer in zip(net.layers, layers, strict=True):
        vars(made).update(layer)
    return net


def layers_of(kind, **options):
    """Write a layer, after the images and two maps where it is none of them."""
    layer = {"type": kind, **GOOD[kind], **options}
    return (layer,) if kind == "i" else ({"type": "i"}, {"type": "c", **GOOD["c"]}, layer)


@pytest.mark.parametrize(
    ("kind", "option"), [(kind, option) for kind in OWN for option in OWN[kind]]
)
def test_an_option_of_a_layer(acnn_session, kind, option):
    check(acnn_session, [net_of(*layers_of(kind, **{option: value})) for value in VALUES])


@pytest.mark.parametrize("kind", OWN)
def test_an_option_of_another_layer(acnn_session, kind):
    options = [{option: value} for option in OPTIONS for value in (1, "", None)]
    check(acnn_session, [net_of(*layers_of(kind, **option)) for option in options])


@pytest.mark.parametrize("kind", OWN)
def test_two_options_of_other_layers(acnn_session, kind):
    pairs = [dict.fromkeys(pair, 1) for pair in combinations(OPTIONS, 2)]
    check(acnn_session, [net_of(*layers_of(kind, **pair)) for pair in pairs])


@pytest.mark.parametrize("trainable", [True, False, 1, 0, 2, None])
def test_an_average_with_an_activation(acnn_session, trainable):
    layers = [
        layers_of("s", trainable=trainable, activation=value) for value in ("tanh", "relu", 2, None)
    ]
    check(acnn_session, [net_of(*each) for each in layers])


@pytest.mark.parametrize("first", ["i", "c", "s", "a", "f", "q", "", "I", "ic"])
def test_the_type_of_the_first_layer(acnn_session, first):
    layers = {"type": first, **GOOD.get(first, {})}
    found = check(acnn_session, [net_of(layers), net_of(layers, *layers_of("f")[1:])])
    assert (found == [ACCEPTED] * 2) == (first == "i")


@pytest.mark.parametrize("kind", [*GOOD, "q", "", "C", "cs", 3.0, None, np.ones((1, 2))])
def test_the_type_of_a_later_layer(acnn_session, kind):
    layer = {
        "type": kind,
        **(GOOD.get(kind) if isinstance(kind, str) and kind in GOOD else GOOD["f"]),
    }
    below = [layers_of(each)[1:] for each in GOOD if each != "i"]
    check(acnn_session, [net_of({"type": "i"}, *each, layer) for each in ((), *below)])


@pytest.mark.parametrize("number", range(1, 6))
def test_the_number_of_a_layer(acnn_session, number):
    layers = [{"type": "i"}, *({"type": "s", "scale": 1} for _ in range(5))]
    wrong = ({"scale": 0}, {"scale": None}, {"units": 1}, {"activation": "tanh"}, {"type": "q"})
    wrong += ({"trainable": 2}, {"trainable": True, "activation": "no"})
    nets = [[*layers[:number], layers[number] | each, *layers[number + 1 :]] for each in wrong]
    check(acnn_session, [net_of(*each) for each in nets])


@pytest.mark.parametrize("outputmaps", [3, np.uint8(3)])
def test_a_table(acnn_session, outputmaps):
    options = [{"maps": table, "outputmaps": outputmaps} for table in TABLES]
    check(acnn_session, [net_of(*layers_of("c", **each)) for each in options])


@pytest.mark.parametrize(
    ("below", "maps"),
    [
        *((({"type": "i"},), 1), (({"type": "i", "channels": 4},), 4)),
        *((layers_of(kind), maps) for kind, maps in (("c", 2), ("a", 3), ("s", 2))),
    ],
)
@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_a_table_has_a_row_for_each_map_below(acnn_session, below, maps, rows):
    last = {"type": "c", "outputmaps": 1, "kernelsize": 1, "maps": np.ones((rows, 1), bool)}
    found = check(acnn_session, [net_of(*below, last)])
    assert (found == [ACCEPTED]) == (rows == maps)


@pytest.mark.parametrize("option", ["activation", "normalize"])
def test_an_option_of_the_net(acnn_session, option):
    values = (*VALUES, None)
    check(acnn_session, [net_of(*layers_of("f"), **{option: value}) for value in values])
    check(acnn_session, [net_of({"type": "i"}, **{option: value}) for value in values])


def test_both_options_of_the_net(acnn_session):
    nets = [net_of({"type": "i"}, activation=a, normalize=b) for a in "xi" for b in "xi"]
    check(acnn_session, nets)


def test_a_net_without_layers(acnn_session):
    empty = net_of(activation="sigm")
    assert check(acnn_session, [empty]) == [
        "acnncheck.m:5: the net has no layers: give at least the input layer"
    ]
