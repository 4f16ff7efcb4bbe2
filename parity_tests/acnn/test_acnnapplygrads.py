"""acnnapplygrads alone, against its .m file: every kind of rate, and every one that it refuses."""

import numpy as np
import pytest

from acnn.nets import X, Y, small
from both_sides.acnn import same_outcome
from dltcnn import Opts
from dltcnn.functions import acnnapplygrads, acnnbp, acnnff
from dltcnn.matlab.struct import Cell
from dltparity.comparison.fields import different_bits
from dltparity.traces.trace import net_fields

KINDS = ("k", "b", "c", "beta")


def made():
    """A net with gradients; no test needs what another one has made."""
    return acnnbp(acnnff(small(), X[:5, :5, :2]), Y[:, :2])


def before():
    return net_fields(made())


def weights():
    paths = (path for path in before() if path.split(".")[-1].split("{")[0] in KINDS)
    return {*paths, "layers{5}.W", "ffW", "ffb"}


def step(session, alpha):
    return same_outcome(session, acnnapplygrads, made(), Opts(alpha=alpha))


def changed(fields):
    return {path for path, old in before().items() if different_bits(old, fields[path]).any()}


NUMBERS = (1, 0.5, -2.0, np.array([[0.7]]), np.array([[[0.7]]]), np.inf, np.nan)


@pytest.mark.parametrize("alpha", NUMBERS, ids=repr)
def test_one_rate_moves_every_weight_and_nothing_else(acnn_session, alpha):
    assert changed(step(acnn_session, alpha)) == weights()


@pytest.mark.parametrize("alpha", [0.0, -0.0, False, np.array([[False]])], ids=repr)
def test_a_rate_of_0_moves_nothing(acnn_session, alpha):
    assert changed(step(acnn_session, alpha)) == set()


def test_a_logical_rate_counts_as_1(acnn_session):
    assert changed(step(acnn_session, np.array([[True]]))) == weights()


def test_a_single_rate_makes_single_weights(acnn_session):
    fields = step(acnn_session, np.float32(0.3))
    assert {path for path in before() if fields[path].dtype == np.float32} == weights()


ODD = {
    "uint8": np.uint8(1),
    "char": "fast",
    "row": np.ones((1, 2)),
    "a column of the other side": np.ones((2, 1)),
    "as many numbers in another shape": np.ones((1, 9)),
    "larger": np.ones((4, 4)),
    "smaller": np.ones((2, 3)),
    "three dimensions": np.ones((3, 3, 2)),
    "nothing": np.zeros((0, 0)),
    "no rows": np.zeros((0, 3)),
    "a cell": [0.1],
    "cells": [0.1, 0.2],
}


@pytest.mark.parametrize("alpha", ODD.values(), ids=ODD)
def test_a_rate_for_all_that_does_not_fit(acnn_session, alpha):
    assert step(acnn_session, alpha)[0].startswith("layer 2: alpha for ")


def rates():
    """A rate of 1 for all weights, in a struct like the net."""
    alpha = made()
    for layer in alpha.layers[1:]:
        for name in ("k", "b", "c", "beta", "W"):
            if vars(layer).get(name) is not None and len(vars(layer)[name]):
                setattr(layer, name, 1.0)
    alpha.ffW = alpha.ffb = 1.0
    return alpha


GOOD = {
    "one number for all kernels": (1, "k", 2.0),
    "one number in each cell of kernels": (1, "k", [[1.0, 2.0, 3.0]]),
    "an array for a kernel": (1, "k", [[np.arange(9.0).reshape(3, 3), 0.0, np.float32(0.1)]]),
    "one number for the kernels of a map": (2, "k", [1.0, [2.0], 3.0]),
    "an array as large as all kernels": (1, "k", np.arange(9.0).reshape(3, 3)),
    "cells for biases": (1, "b", [1.0, True, np.array([[0.5]])]),
    "an array for logits": (2, "c", np.arange(6.0).reshape(3, 2)),
    "single for logits": (2, "c", np.arange(6, dtype=np.float32).reshape(3, 2)),
    "logical for logits": (2, "c", np.eye(3, 2) > 0),
    "cells for scales": (3, "beta", [3.0, 4.0]),
    "an array for units": (4, "W", np.arange(8.0).reshape(4, 2)),
    "a column for biases of units": (4, "b", np.arange(4.0).reshape(4, 1)),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_rate_of_its_own_for_a_weight(acnn_session, name):
    number, weight, value = GOOD[name]
    alpha = rates()
    setattr(alpha.layers[number], weight, value)
    assert isinstance(step(acnn_session, alpha), dict)


@pytest.mark.parametrize("name", ["ffW", "ffb"])
def test_a_rate_of_its_own_for_the_output(acnn_session, name):
    alpha, shape = rates(), getattr(made(), name).shape
    setattr(alpha, name, np.arange(float(np.prod(shape))).reshape(shape))
    assert isinstance(step(acnn_session, alpha), dict)


BAD = {
    "fewer cells than kernels": (1, "k", [[1.0, 2.0]]),
    "more cells than kernels": (1, "k", [[1.0, 2.0, 3.0, 4.0]]),
    "fewer cells than maps": (2, "k", [[1.0]]),
    "more cells than maps": (1, "k", [1.0, 2.0]),
    "text in a cell": (1, "k", [[1.0, 2.0, "fast"]]),
    "a cell in a cell": (1, "k", [[1.0, Cell("k", items=[1.0]), 1.0]]),
    "a wrong size in a cell": (1, "k", [[1.0, 2.0, np.ones((2, 2))]]),
    "fewer cells than biases": (1, "b", [1.0, 2.0]),
    "more cells than biases": (1, "b", [1.0, 2.0, 3.0, 4.0]),
    "an integer for a bias": (1, "b", [1.0, np.int16(1), 1.0]),
    "two numbers for a bias": (1, "b", [1.0, np.ones((1, 2)), 1.0]),
    "nothing for a bias": (3, "b", [1.0, np.zeros((0, 0))]),
    "cells for logits": (2, "c", [1.0, 2.0]),
    "logits turned": (2, "c", np.ones((2, 3))),
    "fewer logits": (2, "c", np.ones((3, 1))),
    "more logits": (2, "c", np.ones((3, 3))),
    "text for logits": (2, "c", "fast"),
    "cells for units": (4, "W", [1.0]),
    "a row for biases of units": (4, "b", np.ones((1, 4))),
    "no kernels": (1, "k", None),
    "no logits": (2, "c", None),
    "no scale": (3, "beta", None),
    "no units": (4, "W", None),
}


@pytest.mark.parametrize("name", BAD)
def test_a_rate_for_a_weight_that_does_not_fit(acnn_session, name):
    number, weight, value = BAD[name]
    alpha = rates()
    setattr(alpha.layers[number], weight, value)
    message, _ = step(acnn_session, alpha)
    assert message.startswith(f"layer {number + 1}: alpha for {weight}")


@pytest.mark.parametrize("name", ["ffW", "ffb"])
@pytest.mark.parametrize("value", [None, "fast", [1.0], np.ones((5, 5)), np.int32(1)], ids=repr)
def test_a_rate_for_the_output_that_does_not_fit(acnn_session, name, value):
    alpha = rates()
    setattr(alpha, name, value)
    assert step(acnn_session, alpha)[0].startswith(f"layer 6: alpha for {name} is ")


LAYERS = {
    "none": lambda layers: None,
    "the input layer alone": lambda layers: layers[:1],
    "up to the first": lambda layers: layers[:2],
    "all but the last": lambda layers: layers[:4],
    "a number for the last": lambda layers: [*layers[:4], 0.5],
    "a number for the first": lambda layers: [layers[0], 0.5, *layers[2:]],
    "one more": lambda layers: [*layers, layers[1]],
    "a number for the input layer": lambda layers: [0.5, *layers[1:]],
}


@pytest.mark.parametrize("name", LAYERS)
def test_layers_of_the_rates(acnn_session, name):
    alpha = rates()
    alpha.layers = LAYERS[name](alpha.layers)
    outcome = step(acnn_session, alpha)
    assert isinstance(outcome, dict) == (name in ("one more", "a number for the input layer"))


def test_options_without_a_rate(acnn_session):
    assert "alpha" in same_outcome(acnn_session, acnnapplygrads, made(), Opts(batchsize=1.0))[0]


def test_the_net_that_was_given_stays_as_it_is():
    net = made()
    acnnapplygrads(net, Opts(alpha=1.0))
    acnnapplygrads(net, Opts(alpha=rates()))
    fields = net_fields(net)
    assert fields.keys() == before().keys()
    assert changed(fields) == set()


def test_the_input_layer_has_no_weights(acnn_session):
    net = made()
    net.layers[0].trainable, net.layers[0].b = True, [1.0]
    assert "layers{1}.b{1}" in same_outcome(acnn_session, acnnapplygrads, net, Opts(alpha=1.0))
