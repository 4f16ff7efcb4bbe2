"""Targets that do not fit the outputs: acnnloss and acnntest refuse them as their .m files do."""

import numpy as np
import pytest

from acnn.refusals import IN, F, S
from both_sides.functions import refusal_of, unlike
from dltcnn import Net, OctaveRandom
from dltcnn.acnn.acnnloss import acnnloss
from dltcnn.functions import acnnbp, acnnff, acnnsetup, acnntest
from dltparity.cases.shorthand import build

X = unlike(8, 8, 5) ** 2
Y = np.array([[0.0, 1, 0, 1, 1]])

TARGETS = {
    "more rows": np.ones((2, 5)),
    "fewer columns": np.ones((1, 4)),
    "integers": np.ones((1, 5), np.int8),
    "unsigned": np.ones((1, 5), np.uint8),
    "below": np.array([[0, 1, -0.5, -3, 1]]),
    "above": np.array([[0, 1, 1.5, -3, 1]]),
}


CALLS = {
    "acnnbp": ("acnnbp(acnnff(net, in.x), in.z);", lambda net, z: acnnbp(acnnff(net, X), z)),
    "acnntest": ("acnntest(net, in.x, in.z);", lambda net, z: acnntest(net, X, z)),
}


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize("function", CALLS)
@pytest.mark.parametrize("name", TARGETS)
def test_targets_that_do_not_fit_the_outputs(acnn_session, name, function, activation):
    layers, z = (IN, S, F), TARGETS[name]
    in_octave, in_port = CALLS[function]
    acnn_session.give("net", {"layers": list(layers), "activation": activation})
    acnn_session.give("in", {"x": X, "y": Y, "z": z})
    acnn_session.eval("rand('state', 1); net = acnnsetup(net, in.x, in.y);")
    net = acnnsetup(Net(build(layers), activation=activation), X, Y, OctaveRandom(1))
    if name in REFUSED_BY[function, activation]:
        assert refusal_of(in_port, net, z) == refusal_of(acnn_session.eval, in_octave)
    else:
        acnn_session.eval(in_octave)
        in_port(net, z)


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
