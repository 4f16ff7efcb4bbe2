"""acnnnumgradcheck: it finds nothing where nothing is wrong, and says what is wrong and where."""

import numpy as np
import pytest

from acnn.nets import X, Y, mixed, set_up, small
from both_sides.acnn import same_outcome
from dltcnn import Layer
from dltcnn.functions import acnnbp, acnnff, acnnnumgradcheck
from dltparity.traces.trace import net_fields

SMALL_X, SMALL_Y = X[:3, :3, :2], Y[:2, :2]


def tiny(*layers, **fields):
    """A net with gradients, few weights and targets that need no range."""
    net = set_up(*layers, x=SMALL_X, y=SMALL_Y, activation="linear", **fields)
    return acnnbp(acnnff(net, SMALL_X), SMALL_Y)


def check(session, net, *tolerance):
    return same_outcome(session, acnnnumgradcheck, net, SMALL_X, SMALL_Y, *tolerance)


KINDS = {
    "no layers": [],
    "c": [Layer("c", outputmaps=2, kernelsize=(2, 3), activation="tanh")],
    "a": [Layer("a", outputmaps=2, kernelsize=(3, 2), penalty="entropy", lam=0.3)],
    "s": [Layer("s", scale=3, trainable=True)],
    "average": [Layer("s", scale=3)],
    "f": [Layer("f", units=2)],
    "c-s-f": [
        Layer("c", outputmaps=1, kernelsize=2),
        Layer("s", scale=2, trainable=True),
        Layer("f", units=1),
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_difference(acnn_session, kind):
    assert 0 < check(acnn_session, tiny(*KINDS[kind]), 1e-6)["value"] < 1e-7


def test_a_difference_of_the_tolerance_is_allowed_and_none_above(acnn_session):
    net = tiny(*KINDS["f"])
    worst = check(acnn_session, net)["value"].item()
    assert check(acnn_session, net, worst)["value"] == worst
    assert "more than" in check(acnn_session, net, np.nextafter(worst, 0))[0]


def test_the_default_tolerance(acnn_session):
    net = tiny(*KINDS["f"])
    net.dffb[1, 0] += 0.9e-8
    assert check(acnn_session, net)["value"] > 0.8e-8
    net.dffb[1, 0] += 0.2e-8
    assert check(acnn_session, net)[0].startswith("layer 3: the gradient of ffb(2) is ")


def wrong(net, path, value):
    """Give one element of a gradient another value."""
    *parts, last = path
    for part in parts:
        net = getattr(net, part) if isinstance(part, str) else net[part]
    net[last] = value


WRONG = {
    "layer 2: the gradient of k{1}{1}(3)": ("layers", 1, "dk", 0, 0, (0, 1)),
    "layer 2: the gradient of k{1}{2}(1)": ("layers", 1, "dk", 0, 1, (0, 0)),
    "layer 2: the gradient of b{2}(1)": ("layers", 1, "db", 1),
    "layer 3: the gradient of c(2)": ("layers", 2, "dc", (1, 0)),
    "layer 3: the gradient of k{2}{1}(1)": ("layers", 2, "dk", 1, 0, (0, 0)),
    "layer 4: the gradient of beta{1}(1)": ("layers", 3, "dbeta", 0),
    "layer 5: the gradient of W(2)": ("layers", 4, "dW", (1, 0)),
    "layer 5: the gradient of b(2)": ("layers", 4, "db", (1, 0)),
    "layer 6: the gradient of ffW(4)": ("dffW", (1, 1)),
    "layer 6: the gradient of ffb(2)": ("dffb", (1, 0)),
}
EVERY_KIND = (
    Layer("c", outputmaps=2, kernelsize=2),
    Layer("a", outputmaps=1, kernelsize=1),
    Layer("s", scale=2, trainable=True),
    Layer("f", units=2),
)


@pytest.mark.parametrize("where", WRONG)
def test_the_gradient_that_is_wrong(acnn_session, where):
    net = tiny(*EVERY_KIND)
    wrong(net, WRONG[where], 7.0)
    assert check(acnn_session, net)[0].startswith(f"{where} is 7, a central difference ")


@pytest.mark.parametrize("value", [1.23456789123, -3.0, 1e-5, np.inf, np.nan])
def test_how_far_a_gradient_is_off(acnn_session, value):
    net = tiny(*KINDS["f"])
    net.dffb[1, 0] = value
    message, line = check(acnn_session, net, 1.23456789e-7)
    assert message.endswith(", more than 1.23e-07")
    assert line == "acnnnumgradcheck.m:48"


def test_the_first_wrong_gradient_is_named(acnn_session):
    net = tiny(*EVERY_KIND)
    for path in WRONG.values():
        wrong(net, path, 7.0)
    assert check(acnn_session, net)[0].startswith(next(iter(WRONG)))


def test_the_check_needs_gradients(acnn_session):
    message, _ = same_outcome(acnn_session, acnnnumgradcheck, small(), X[:5, :5], Y)
    assert message == "the net has no gradients: run acnnff and acnnbp first"


def test_weights_of_the_input_layer_are_no_weights(acnn_session):
    net = tiny(*KINDS["f"])
    net.layers[0].beta, net.layers[0].trainable = [1.0], True
    message, line = check(acnn_session, net)
    assert message == "layer 1: trainable was given, a layer 'i' takes channels"
    assert line == "acnncheck.m:47"


def test_the_net_that_was_given_stays_as_it_is():
    net = tiny(*EVERY_KIND)
    before = net_fields(net.copy())
    acnnnumgradcheck(net, SMALL_X, SMALL_Y)
    after = net_fields(net)
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[path], after[path]) for path in before)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("penalty", ["l1", "entropy"])
def test_central_differences_agree(penalty, shared):
    x = X[:5, :5]
    net = acnnbp(acnnff(mixed(penalty, shared=shared, x=x), x), Y)
    assert 0 < acnnnumgradcheck(net, x, Y) <= 1e-8
