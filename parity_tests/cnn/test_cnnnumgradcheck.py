"""cnnnumgradcheck: the original's own test on the port, and faults it must find on both sides."""

import numpy as np
import pytest

from both_sides.functions import images, layer_of, net_of, outcome_of
from dltcnn import MatlabError, Net, OctaveRandom
from dltcnn.functions import cnnbp, cnnff, cnnnumgradcheck

X, Y = images(8, 8, 3)
FAILED = "numerical gradient checking failed"


def plus(gradients, *index, by=1e-6):
    """Change one element of an array or a cell of gradients."""
    gradients[index if len(index) > 1 else index[0]] += by


# A wrong gradient, and the line that finds it: first and last of each kind.
FAULTS = {
    "first dffb": (lambda net: plus(net.dffb, 0, 0), 14),
    "last dffb": (lambda net: plus(net.dffb, 2, 0, by=-1e-6), 14),
    "first dffW": (lambda net: plus(net.dffW, 0, 0), 28),
    "last dffW": (lambda net: plus(net.dffW, 2, 7, by=-1e-6), 28),
    "first db": (lambda net: plus(net.layers[1].db, 0), 44),
    "last db": (lambda net: plus(net.layers[3].db, 1, by=-1e-6), 44),
    "first dk": (lambda net: plus(net.layers[1].dk[0][0], 0, 0), 57),
    "dk of the second map": (lambda net: plus(net.layers[1].dk[0][1], 2, 0, by=-1e-6), 57),
    "dk from the second map": (lambda net: plus(net.layers[3].dk[1][0], 0, 1), 57),
    "last dk": (lambda net: plus(net.layers[3].dk[1][1], 1, 1, by=-1e-6), 57),
}


def trained():
    """A net after cnnbp, with two convolutions."""
    return cnnbp(cnnff(net_of("2c3-2s-2c2", X, Y), X), Y)


def outcome_in_octave(session, net, x=X, y=Y):
    """The original's message and line, or None where it finds nothing."""
    session.give("in", {"net": net, "x": x, "y": y})
    return outcome_of(session.eval, "cnnnumgradcheck(in.net, in.x, in.y);") or None


def outcome_in_port(net, x=X, y=Y):
    """The port's message and line, or None where it finds nothing."""
    return outcome_of(cnnnumgradcheck, net, x, y)


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_gradient_is_refused(name):
    net, (change, line) = trained(), FAULTS[name]
    change(net)
    assert outcome_in_port(net) == (FAILED, f"cnnnumgradcheck.m:{line}")


@pytest.mark.parametrize("name", FAULTS)
def test_the_original_says_the_same(original_session, name):
    net, (change, line) = trained(), FAULTS[name]
    change(net)
    assert outcome_in_octave(original_session, net) == (FAILED, f"cnnnumgradcheck.m:{line}")


def test_right_gradients_pass_on_both_sides(original_session):
    assert outcome_in_port(trained()) is None
    assert outcome_in_octave(original_session, trained()) is None


def flat():
    """A net whose outputs are 1 whatever a weight is, so that every gradient is 0."""
    net = net_of("2c3-2s", X, Y)
    net.ffb[:] = 1000
    return cnnbp(cnnff(net, X), Y)


FIRSTS = {
    "dffb": lambda net: (net.dffb, 0, 0),
    "dffW": lambda net: (net.dffW, 0, 0),
    "db": lambda net: (net.layers[1].db, 0),
    "dk": lambda net: (net.layers[1].dk[0][0], 0, 0),
}


@pytest.mark.parametrize("name", FIRSTS)
@pytest.mark.parametrize("value", [1e-8, -1e-8, np.nextafter(1e-8, 1), np.nan])
def test_the_tolerance_itself_is_let_through(original_session, name, value):
    net = flat()
    plus(*FIRSTS[name](net), by=value)
    outcome = outcome_in_port(net)
    assert (outcome is not None) == (value > 1e-8)
    assert outcome_in_octave(original_session, net) == outcome


@pytest.mark.parametrize("shape", [(3, 1), (1, 3)])
def test_every_weight_of_a_kernel_is_looked_at(original_session, shape):
    x, y = images(3, 3, 2)
    net = net_of("1c1", x, y)
    net.layers[1].k[0][0] = np.full(shape, 0.1)  # a map of one row or column is spread out
    net = cnnbp(cnnff(net, x), y)
    net.layers[1].dk[0][0] = np.array([np.nan, np.nan, 5.0]).reshape(shape)
    outcome = outcome_in_port(net, x, y)
    assert outcome == (FAILED, "cnnnumgradcheck.m:57")
    assert outcome_in_octave(original_session, net, x, y) == outcome


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # types without a meaning
def test_only_convolutions_after_the_first_layer_are_looked_at(original_session):
    net = Net([layer_of({"type": name}) for name in "caCxs"])
    net.ffb = net.ffW = np.zeros((0, 0))
    assert outcome_in_port(net) is None
    assert outcome_in_octave(original_session, net) is None


def test_single_precision_cannot_meet_the_fixed_tolerance():
    x = X.astype(np.float32)
    net = cnnbp(cnnff(net_of("2c3-2s", x, Y), x), Y)
    with pytest.raises(MatlabError, match=FAILED):
        cnnnumgradcheck(net, x, Y)


def test_the_originals_own_net_passes():
    rng = OctaveRandom(4)
    x, y = rng.rand(28, 28 * 5).reshape((28, 28, 5), order="F"), rng.rand(10, 5)
    net = net_of("2c5-2s-2c5-2s", x, y, seed=5)
    cnnnumgradcheck(cnnbp(cnnff(net, x), y), x, y)
