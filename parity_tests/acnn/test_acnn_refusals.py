"""What the acnn functions refuse: the same sentence, from the same line, on both sides."""

import numpy as np
import pytest

from acnn.boundaries import BOUNDARIES
from acnn.refusals import IN, OPTS, PLAIN, REFUSALS, A, C, F, S
from both_sides.functions import layer_of, refusal_of, unlike
from dltcnn import Layer, MatlabError, Net, OctaveRandom, Opts
from dltcnn.functions import (
    acnnapplygrads,
    acnnbp,
    acnnff,
    acnnnumgradcheck,
    acnnsetup,
    acnntest,
    acnntrain,
)
from dltcnn.matlab.struct import Cell
from dltparity.cases.shorthand import build

REFUSALS = REFUSALS | BOUNDARIES

X = unlike(8, 8, 5) ** 2
Y = np.array([[0.0, 1, 0, 1, 1]])


def given(name):
    """The parts of a refusal: layers, fields of the net, images, targets, the same later, opts."""
    layers, parts, _ = REFUSALS[name]
    x, y = parts.get("x", X), parts.get("y", Y)
    later = parts.get("later_x", x), parts.get("later_y", y)
    return layers, parts.get("net", {}), x, y, *later, parts.get("opts", OPTS)


def set_up_and_train(name):
    """Call the port with what it must refuse."""
    layers, fields, x, y, later_x, later_y, options = given(name)
    rng = OctaveRandom(1)
    net = acnnsetup(Net(map(layer_of, layers), **fields), x, y, rng)
    acnntrain(net, later_x, later_y, Opts(**options), rng)


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # of an unknown type
@pytest.mark.parametrize("name", REFUSALS)
def test_the_port_says_what_was_got_and_what_was_expected(name):
    message, line = refusal_of(set_up_and_train, name)
    assert message.startswith(REFUSALS[name][-1])
    assert line.startswith("acnn")


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # of an unknown type
@pytest.mark.parametrize("name", REFUSALS)
def test_octave_says_the_same_from_the_same_line(acnn_session, name):
    layers, fields, x, y, later_x, later_y, options = given(name)
    acnn_session.give("net", {"layers": list(layers), **fields})
    acnn_session.give("in", {"x": x, "y": y, "opts": options})
    acnn_session.give("later", {"x": later_x, "y": later_y})
    code = "acnntrain(acnnsetup(net, in.x, in.y), later.x, later.y, in.opts);"
    assert refusal_of(acnn_session.eval, code) == refusal_of(set_up_and_train, name)


def test_a_net_without_layers_is_refused(acnn_session):
    net = Net([Layer("i")])
    net.layers = []
    ours = refusal_of(acnnsetup, net, X, Y, OctaveRandom(1))
    assert ours[0].startswith("the net has no layers")
    acnn_session.give("in", {"net": {"layers": []}, "x": X, "y": Y})
    assert refusal_of(acnn_session.eval, "acnnsetup(in.net, in.x, in.y);") == ours


# Of CHANGED: layer, field, what it is changed to after the setup; None: it is taken away.
CHANGED = [IN, C, C | {"kernelsize": 1}, S | {"trainable": 1}, A, F]
CHANGES = (
    (2, "outputmaps", 4),
    (2, "kernelsize", 2),
    (3, "maps", np.array([[1.0, 0.0], [1.0, 1.0]])),
    (4, "beta", None),
    (5, "outputmaps", 2),
    (5, "shared", 0),
    (5, "kernelsize", 2),
    (6, "units", 3),
)


@pytest.mark.parametrize(("number", "name", "value"), CHANGES)
def test_weights_of_another_layer_are_refused(acnn_session, number, name, value):
    net = acnnsetup(Net(build(CHANGED)), X, Y, OctaveRandom(1))
    acnnff(net, X)
    setattr(net.layers[number - 1], name, value)
    ours = refusal_of(acnnff, net, X)
    assert ours[0] == (
        f"layer {number}: its weights were made for another layer: "
        "run acnnsetup after a change of the net"
    )
    net = {"layers": list(CHANGED)}
    change = f"net.layers{{{number}}}.{name} = in.value;"
    if value is None:
        change = f"net.layers{{{number}}} = rmfield(net.layers{{{number}}}, '{name}');"
    acnn_session.give("in", {"net": net, "x": X, "y": Y, "value": value})
    acnn_session.eval(f"net = acnnsetup(in.net, in.x, in.y); {change}")
    assert refusal_of(acnn_session.eval, "acnnff(net, in.x);") == ours


@pytest.mark.parametrize("net", [None, [Layer("i")], Opts(), Layer("i")])
@pytest.mark.parametrize(
    "call",
    [
        lambda net: acnnsetup(net, X, Y, OctaveRandom(1)),
        lambda net: acnnff(net, X),
        lambda net: acnnff(net, X, engine="lines"),
        lambda net: acnnbp(net, Y),
        lambda net: acnnapplygrads(net, Opts(**OPTS)),
        lambda net: acnntrain(net, X, Y, Opts(**OPTS), OctaveRandom(1)),
        lambda net: acnntest(net, X, Y),
        lambda net: acnnnumgradcheck(net, X, Y),
    ],
)
def test_what_is_no_net_is_refused(call, net):
    with pytest.raises(TypeError, match=f"net is of type {type(net).__name__}: expected one such"):
        call(net)


@pytest.mark.parametrize("opts", [None, OPTS, Net([Layer("i")])])
def test_what_is_no_options_is_refused(opts):
    net = acnnsetup(Net([Layer("i")]), X, Y, OctaveRandom(1))
    words = f"opts is of type {type(opts).__name__}: expected one such"
    with pytest.raises(TypeError, match=words):
        acnntrain(net, X, Y, opts, OctaveRandom(1))
    with pytest.raises(TypeError, match=words):
        acnnapplygrads(acnnbp(acnnff(net, X), Y), opts)


def test_what_is_no_random_stream_is_refused():
    words = r"rng is of type NoneType: expected one such as OctaveRandom\(0\), with rand"
    with pytest.raises(TypeError, match=words):
        acnnsetup(Net([Layer("i")]), X, Y, None)
    net = acnnsetup(Net([Layer("i")]), X, Y, OctaveRandom(1))
    with pytest.raises(TypeError, match=words):
        acnntrain(net, X, Y, Opts(**OPTS), rng=None)


NO_NUMBERS = {
    "1x1 of class dict": {},
    "1x1 of class complex128": 1 + 2j,
    "1x1 of class set": {1},
    "1x1 of class object": np.array([[None]]),
}


@pytest.mark.parametrize("words", NO_NUMBERS)
@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (C, "outputmaps"),
        (C, "kernelsize"),
        (C, "activation"),
        (A, "lam"),
        (A, "penalty"),
        (A, "shared"),
        (S, "scale"),
        (S, "trainable"),
        (F, "units"),
        (IN, "channels"),
    ],
)
def test_a_field_of_a_class_that_matlab_has_not(layer, name, words):
    below = [IN] if layer is not IN else []
    net = Net(build([*below, layer]))
    setattr(net.layers[-1], name, NO_NUMBERS[words])
    with pytest.raises(MatlabError) as error:
        acnnsetup(net, X, Y, OctaveRandom(1))
    number = len(net.layers)
    assert error.value.message.startswith(f"layer {number}: its {name} is {words}, expected")


def test_an_activation_of_lists_of_different_lengths():
    net = Net([Layer("i"), Layer("c", outputmaps=1, kernelsize=1, activation=[[1], [2, 3]])])
    with pytest.raises(MatlabError, match="layer 2: its activation is 1x2 of class list, expected"):
        acnnsetup(net, X, Y, OctaveRandom(1))


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_a_connection_table_of_a_class_that_matlab_has_not(words):
    net = Net(build([IN, C]))
    net.layers[1].maps = NO_NUMBERS[words]
    with pytest.raises(MatlabError, match=f"layer 2: its maps is {words[4:]}, expected logical"):
        acnnsetup(net, X, Y, OctaveRandom(1))


@pytest.mark.parametrize("name", ["batchsize", "numepochs"])
def test_options_of_a_class_that_matlab_has_not(name):
    net = acnnsetup(Net(build(PLAIN)), X, Y, OctaveRandom(1))
    for words, value in NO_NUMBERS.items():
        with pytest.raises(MatlabError, match=f"opts.{name} is {words}, expected one whole"):
            acnntrain(net, X, Y, Opts(**OPTS | {name: value}), OctaveRandom(1))
    with pytest.raises(MatlabError, match=f"opts.{name} is missing, expected one whole number"):
        acnntrain(net, X, Y, Opts(**OPTS | {name: None}), OctaveRandom(1))


class NoShuffle:
    """A generator that gives weights and must not be asked for a shuffle."""

    rand = OctaveRandom(1).rand

    def randperm(self, n):
        raise AssertionError("a shuffle was asked for")


@pytest.mark.parametrize("name", [name for name in REFUSALS if "target" in name])
def test_targets_are_refused_before_the_first_batch(name):
    layers, fields, x, y, later_x, later_y, options = given(name)
    net = acnnsetup(Net(map(layer_of, layers), **fields), x, y, NoShuffle())
    with pytest.raises(MatlabError) as error:
        acnntrain(net, later_x, later_y, Opts(**options), NoShuffle())
    assert error.value.message.startswith(REFUSALS[name][-1])


def test_a_net_that_was_changed_after_its_setup_is_refused_before_the_first_batch():
    net = acnnsetup(Net(build(PLAIN)), X, Y, OctaveRandom(1))
    net.layers[3].lam = -1.0
    with pytest.raises(MatlabError, match="layer 4: its lam is -1, expected") as error:
        acnntrain(net, X, Y, Opts(**OPTS), NoShuffle())
    assert error.value.line.startswith("acnncheck.m:")


def rates(**changes):
    """A struct of learning rates shaped like the net of PLAIN, with changes in its layer 2."""
    alpha = acnnsetup(Net(build(PLAIN)), X, Y, OctaveRandom(1))
    for name, value in changes.items():
        setattr(alpha.layers[1], name, value)
    return alpha


RATES = {
    "layer 2: alpha for k holds 2 cells, expected 1": {"k": [0.1, 0.2]},
    "layer 2: alpha for k{1}{2} is 2x2, expected one number or 3x3": {
        "k": [[0.1, np.ones((2, 2))]]
    },
    "layer 2: alpha for k{1}{1} is a cell array, expected a number or an array": {
        "k": [[Cell("k", items=[1]), 1]]
    },
    "layer 2: alpha for b is missing, expected one number or as many as weights": {"b": None},
}


@pytest.mark.parametrize("message", RATES)
def test_rates_that_do_not_fit_the_weights_are_refused(message):
    net = acnnsetup(Net(build(PLAIN)), X, Y, OctaveRandom(1))
    with pytest.raises(MatlabError) as error:
        acnntrain(
            net,
            X,
            Y,
            Opts(alpha=rates(**RATES[message]), batchsize=5, numepochs=1),
            OctaveRandom(1),
        )
    assert error.value.message == message


def test_rates_need_a_struct_for_each_layer():
    net = acnnsetup(Net(build(PLAIN)), X, Y, OctaveRandom(1))
    alpha = rates()
    alpha.layers = alpha.layers[:2]
    with pytest.raises(MatlabError, match="layer 4: alpha for c is missing"):
        acnntrain(net, X, Y, Opts(alpha=alpha, batchsize=5, numepochs=1), OctaveRandom(1))


def test_weights_come_from_acnnsetup():
    with pytest.raises(MatlabError, match="the net has no weights: run acnnsetup first"):
        acnntest(Net(build(PLAIN)), X, Y)


def test_unknown_fields_are_refused_by_name():
    with pytest.raises(TypeError, match="a net has no field momentum"):
        Net(build(PLAIN), momentum=0.9)
