"""Targets that do not fit the outputs: acnnloss and acnntest refuse them as their .m files do."""

import numpy as np
import pytest

from acnn.refusals import IN, F, S
from dltcnn import MatlabError, Net, OctaveRandom, acnnbp, acnnff, acnnsetup, acnntest
from dltcnn.acnn.acnnloss import acnnloss
from dltparity.cases.shorthand import build
from dltparity.octave.errors import OctaveError
from dltparity.traces.octave import net_struct

X = np.random.default_rng(1).random((8, 8, 5))
Y = np.array([[0.0, 1, 0, 1, 1]])

TARGETS = {
    "more rows": np.ones((2, 5)),
    "fewer columns": np.ones((1, 4)),
    "integers": np.ones((1, 5), np.int8),
    "unsigned": np.ones((1, 5), np.uint8),
    "below": np.array([[0, 1, -0.5, -3, 1]]),
    "above": np.array([[0, 1, 1.5, -3, 1]]),
}


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize(
    "function", ["acnnbp(acnnff(net, in.x), in.z);", "acnntest(net, in.x, in.z);"]
)
@pytest.mark.parametrize("name", TARGETS)
def test_targets_that_do_not_fit_the_outputs(acnn_session, name, function, activation):
    layers, z = (IN, S, F), TARGETS[name]
    net = acnnsetup(Net(build(layers), activation=activation), X, Y, OctaveRandom(1))
    acnn_session.eval("clear('in', 'net');")
    given = {f"net.{path}": value for path, value in net_struct(layers).items()}
    acnn_session.assign("in", given | {"net.activation": activation, "x": X, "y": Y, "z": z})
    acnn_session.eval("rand('state', 1); net = acnnsetup(in.net, in.x, in.y);")
    try:
        acnn_session.eval(function)
    except OctaveError as error:
        theirs = error.message, error.line
    else:
        theirs = None
    try:
        acnnbp(acnnff(net, X), z) if "acnnbp" in function else acnntest(net, X, z)
    except MatlabError as error:
        ours = error.message, error.line
    else:
        ours = None
    assert ours == theirs
    assert (theirs is None) == (name not in REFUSED_BY[function.partition("(")[0], activation])


REFUSED_BY = {
    ("acnnbp", "sigm"): TARGETS.keys(),
    ("acnnbp", "tanh"): TARGETS.keys(),
    ("acnnbp", "linear"): ["more rows", "fewer columns", "integers", "unsigned"],
    **{("acnntest", name): ["more rows", "fewer columns"] for name in ("sigm", "tanh", "linear")},
}


def test_the_loss_of_what_is_not_finite_is_not_a_number():
    net = acnnff(acnnsetup(Net(build((IN, S)), activation="linear"), X, Y, OctaveRandom(1)), X)
    net.o[:] = np.inf
    loss, e = acnnloss(net, np.full(Y.shape, np.inf))
    assert np.isnan(loss)
    assert np.isnan(e).all()
