"""What the acnn functions refuse: the same sentence, from the same line, on both sides."""

import numpy as np
import pytest

from dltcnn import MatlabError, Net, OctaveRandom, Opts, acnnsetup, acnntest, acnntrain
from dltparity.layers import build
from dltparity.octave_errors import OctaveError
from dltparity.reference import net_struct
from dltparity.trace import matlab_array

IN = {"type": "i"}
C = {"type": "c", "outputmaps": 2, "kernelsize": 3}
S = {"type": "s", "scale": 2}
A = {"type": "a", "outputmaps": 3, "kernelsize": 1}
F = {"type": "f", "units": 4}
PLAIN = (IN, C, S, A, F)

# name: layers, other parts of what both sides are given, the message.
REFUSALS = {
    "no input layer": ((C,), {}, "layer 1: its type is 'c', expected 'i'"),
    "unknown type": ((IN, {"type": "q"}), {}, "layer 2: its type is 'q', expected 'c' or 's' or"),
    "maps after units": ((IN, F, C), {}, "layer 3: its type is 'c', expected 'f'"),
    "unknown activation": (
        (IN, C | {"activation": "relu"}),
        {},
        "layer 2: its activation is 'relu', expected 'sigm' or 'tanh' or 'linear'",
    ),
    "unknown activation of the output": (
        (IN, C),
        {"net": {"activation": "softmax"}},
        "layer 3: its activation is 'softmax', expected",
    ),
    "activation of a plain average": (
        (IN, S | {"activation": "tanh"}),
        {},
        "layer 2: an activation was given to an 's' layer that only averages: set trainable",
    ),
    "unknown penalty": (
        (IN, C, A | {"penalty": "l2"}),
        {},
        "layer 3: its penalty is 'l2', expected 'l1' or 'entropy'",
    ),
    "negative lam": (
        (IN, C, A | {"lam": -0.5}),
        {},
        "layer 3: its lam is -0.5, expected one number of at least 0",
    ),
    "NaN as lam": ((IN, A | {"lam": np.nan}), {}, "layer 2: its lam is NaN, expected one number"),
    "table of another size": (
        (IN, C, C | {"maps": np.ones((3, 2), bool)}),
        {},
        "layer 3: its maps is 3x2, expected 2x2: a row for each map below",
    ),
    "table with another number": (
        (IN, C, C | {"maps": np.array([[1.0, 3.0], [1.0, 1.0]])}),
        {},
        "layer 3: its maps holds 3, expected 0 and 1 only",
    ),
    "table with an empty column": (
        (IN, C, C | {"maps": np.array([[True, False], [True, False]])}),
        {},
        "layer 3: column 2 of its maps is empty, expected an input for each output map",
    ),
    "half a kernel": (
        (IN, C | {"kernelsize": 2.5}),
        {},
        "layer 2: its kernelsize is 2.5, expected one or two whole numbers of at least 1",
    ),
    "three kernel sizes": (
        (IN, C | {"kernelsize": (1, 2, 3)}),
        {},
        "layer 2: its kernelsize is [1 2 3], expected one or two whole numbers",
    ),
    "no maps": (
        (IN, C | {"outputmaps": 0}),
        {},
        "layer 2: its outputmaps is 0, expected one whole",
    ),
    "no kernelsize": (
        (IN, {"type": "c", "outputmaps": 2}),
        {},
        "layer 2: its kernelsize is missing: a layer 'c' needs it",
    ),
    "no units": ((IN, {"type": "f"}), {}, "layer 2: its units is missing: a layer 'f' needs it"),
    "kernel larger than the maps": (
        (IN, C | {"kernelsize": (3, 9)}),
        {},
        "layer 2: its kernels of 3x9 are larger than the maps of 8x8 below it",
    ),
    "scale that does not divide": (
        (IN, C, S | {"scale": (3, 4)}),
        {},
        "layer 3: its scale [3 4] does not divide the maps of 6x6 below it",
    ),
    "unknown normalization": (
        PLAIN,
        {"net": {"normalize": "zscore"}},
        "layer 1: its normalize is 'zscore', expected 'set' or 'pixel'",
    ),
    "four dimensions for one channel": (
        PLAIN,
        {"x": np.zeros((8, 8, 2, 5))},
        "layer 1: images of size 8x8x2x5 were given, expected rows x cols x N",
    ),
    "another number of channels": (
        ({"type": "i", "channels": 3}, C),
        {"x": np.zeros((8, 8, 2, 5))},
        "layer 1: images of size 8x8x2x5 were given, expected rows x cols x 3 x N",
    ),
    "no image": (PLAIN, {"x": np.zeros((8, 8, 0))}, "layer 1: images of size 8x8x0 were given"),
    "target below the range": (
        PLAIN,
        {"y": np.array([[0, 1, 0, 1, -0.25]])},
        "layer 6: a target of -0.25 was given, expected 0 to 1 for the activation 'sigm'",
    ),
    "target above the range": (
        PLAIN,
        {"y": np.array([[-1, 1, 0, 1, 1.5]]), "net": {"activation": "tanh"}},
        "layer 6: a target of 1.5 was given, expected -1 to 1 for the activation 'tanh'",
    ),
    "not a number as target": (
        PLAIN,
        {"y": np.array([[0, 1, 0, np.nan, 1]])},
        "layer 6: a target of NaN was given, expected 0 to 1 for the activation 'sigm'",
    ),
    "infinite number of maps": (
        (IN, C | {"outputmaps": np.inf}),
        {},
        "layer 2: its outputmaps is Inf, expected one whole number of at least 1",
    ),
    "targets in three dimensions": (
        PLAIN,
        {"y": np.zeros((1, 5, 2))},
        "layer 6: targets of size 1x5x2 were given, expected 1x5: a row for each output",
    ),
    "integer targets": (
        PLAIN,
        {"y": np.ones((1, 5), np.uint8)},
        "layer 6: targets of class uint8 were given, expected double, single or logical",
    ),
    "too few targets": (
        PLAIN,
        {"y": np.ones((1, 4))},
        "layer 6: targets of size 1x4 were given, expected 1x5: a row for each output, ",
    ),
    "no batchsize": (
        PLAIN,
        {"opts": {"alpha": 1.0, "numepochs": 1}},
        "opts.batchsize is missing, expected one whole number of at least 1",
    ),
    "half an epoch": (
        PLAIN,
        {"opts": {"alpha": 1.0, "numepochs": 0.5, "batchsize": 2}},
        "opts.numepochs is 0.5, expected one whole number of at least 1",
    ),
    "no alpha": (
        PLAIN,
        {"opts": {"numepochs": 1, "batchsize": 2}},
        "opts.alpha is missing, expected a learning rate",
    ),
    "alpha as a row": (
        PLAIN,
        {"opts": {"alpha": np.ones((1, 2)), "numepochs": 1, "batchsize": 2}},
        "layer 2: alpha for k{1}{1} is 1x2, expected one number or 3x3",
    ),
    "images of another size for the net": (
        (IN, S, F),
        {"later_x": np.zeros((4, 8, 5))},
        "layer 3: 8 features reach it, expected 16: run acnnsetup for images of this size",
    ),
    "images of another size for the means": (
        (IN, S, F),
        {"later_x": np.zeros((4, 8, 5)), "net": {"normalize": "pixel"}},
        "layer 1: images of 4x8 were given, expected 8x8: the size of net.mu",
    ),
}

X = np.random.default_rng(1).random((8, 8, 5))
Y = np.array([[0.0, 1, 0, 1, 1]])
OPTS = {"alpha": 0.1, "batchsize": 2, "numepochs": 1}


def given(name):
    """The parts of a refusal."""
    layers, parts, message = REFUSALS[name]
    x, y = parts.get("x", X), parts.get("y", Y)
    options = parts.get("opts", OPTS)
    return layers, parts.get("net", {}), x, y, parts.get("later_x", x), options, message


def refused(name):
    """The port's error."""
    layers, fields, x, y, later_x, options, _ = given(name)
    rng = OctaveRandom(1)
    with pytest.raises(MatlabError) as error:
        acnntrain(
            acnnsetup(Net(build(layers), **fields), x, y, rng), later_x, y, Opts(**options), rng
        )
    return error.value


@pytest.mark.parametrize("name", REFUSALS)
def test_the_port_says_what_was_got_and_what_was_expected(name):
    error = refused(name)
    assert error.message.startswith(given(name)[-1])
    assert error.line.startswith("acnn")


@pytest.mark.parametrize("name", REFUSALS)
def test_octave_says_the_same_from_the_same_line(acnn_session, name):
    layers, fields, x, y, later_x, options, _ = given(name)
    acnn_session.eval("clear('in');")
    values = {"x": x, "y": y, "later_x": later_x, **{f"opts.{k}": v for k, v in options.items()}}
    values = {path: matlab_array(value) for path, value in values.items()}
    values |= {f"net.{path}": value for path, value in net_struct(layers).items()}
    acnn_session.assign("in", values | {f"net.{key}": value for key, value in fields.items()})
    with pytest.raises(OctaveError) as theirs:
        acnn_session.eval("acnntrain(acnnsetup(in.net, in.x, in.y), in.later_x, in.y, in.opts);")
    ours = refused(name)
    assert theirs.value.message == ours.message
    assert theirs.value.line == ours.line


class NoShuffle:
    """A generator that gives weights and must not be asked for a shuffle."""

    rand = OctaveRandom(1).rand


@pytest.mark.parametrize("name", [name for name in REFUSALS if "target" in name])
def test_targets_are_refused_before_the_first_batch(name):
    layers, fields, x, y, _, options, message = given(name)
    net = acnnsetup(Net(build(layers), **fields), x, y, NoShuffle())
    with pytest.raises(MatlabError) as error:
        acnntrain(net, x, y, Opts(**options), NoShuffle())
    assert error.value.message.startswith(message)


def test_a_net_that_was_changed_after_its_setup_is_refused_before_the_first_batch():
    net = acnnsetup(Net(build(PLAIN)), X, Y, OctaveRandom(1))
    net.layers[3].lam = -1.0
    with pytest.raises(MatlabError, match="layer 4: its lam is -1, expected") as error:
        acnntrain(net, X, Y, Opts(**OPTS), NoShuffle())
    assert error.value.line == "acnncheck.m:49"


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
    "layer 2: alpha for b{1} is a cell array, expected a number or an array": {"b": [[1], 1]},
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
