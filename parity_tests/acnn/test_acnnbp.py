"""acnnbp alone, against its .m file: every field that it sets, every class of targets."""

import numpy as np
import pytest

from acnn.nets import NETS, A, C, X, Y, set_up, stirred
from both_sides.acnn import same_outcome
from dltcnn import Layer
from dltcnn.functions import acnnbp, acnnff
from dltparity.comparison.fields import different_bits


def ready(rng, name, classes=3, **fields):
    """A net of `NETS` after acnnff with weights of all kinds, and targets for it."""
    layers, shape = NETS[name]
    x, y = rng.standard_normal(shape), Y[:classes]
    count = x.shape[-1] if x.ndim > 2 else 1
    return acnnff(stirred(set_up(*layers, x=x, y=y, **fields)), x), y[:, :count]


@pytest.mark.parametrize("classes", [1, 3])
@pytest.mark.parametrize("name", NETS)
def test_every_field(acnn_session, rng, name, classes):
    fields = same_outcome(acnn_session, acnnbp, *ready(rng, name, classes))
    assert {"L", "e", "od", "fvd", "dffW", "dffb"} <= fields.keys()


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize("name", ["no layers", "a table", "a penalty", "units after units"])
def test_the_activation_of_the_output(acnn_session, rng, activation, name):
    net, y = ready(rng, name, activation=activation)
    assert "dffW" in same_outcome(acnn_session, acnnbp, net, y)


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize("kind", ["c", "a", "s", "f"])
def test_the_activation_of_a_layer(acnn_session, rng, activation, kind):
    options = {"c": C, "a": A, "s": {"scale": 2, "trainable": True}, "f": {"units": 3}}[kind]
    layers = [Layer("c", **C), Layer(kind, **options, activation=activation)]
    if kind != "f":
        layers.append(Layer("c", outputmaps=2, kernelsize=1))
    x = rng.random((5, 7, 4))
    net = acnnff(stirred(set_up(*layers, x=x)), x)
    assert "fvd" in same_outcome(acnn_session, acnnbp, net, Y[:, :4])


TARGETS = {
    "single": Y.astype(np.float32),
    "logical": Y > 0,
    "bytes": Y.astype(np.uint8),
    "between": Y / 3 + 0.25,
    "too few rows": Y[:2],
    "too many columns": np.ones((3, 7)),
    "above": Y * 1.5,
    "below": Y - 0.5,
    "NaN": Y * np.nan,
}


@pytest.mark.parametrize("given", TARGETS)
@pytest.mark.parametrize("name", ["a table", "units after units"])
def test_targets_of_every_kind(acnn_session, rng, name, given):
    net, y = ready(rng, name)
    same_outcome(acnn_session, acnnbp, net, TARGETS[given][:, : y.shape[1]])


CLASSES = {
    "single": lambda x: x.astype(np.float32),
    "logical": lambda x: x > 0.5,
    "uint8": lambda x: (200 * x).astype(np.uint8),
    "NaN": lambda x: np.where(x > 0.9, np.nan, x),
}


@pytest.mark.parametrize("given", CLASSES)
@pytest.mark.parametrize("kind", ["c", "a", "s", "f"])
def test_images_of_every_class(acnn_session, rng, kind, given):
    options = {"c": C, "a": A, "s": {"scale": 2, "trainable": True}, "f": {"units": 3}}[kind]
    x = CLASSES[given](rng.random((4, 6, 3)))
    net = acnnff(stirred(set_up(Layer(kind, **options), x=x)), x)
    same_outcome(acnn_session, acnnbp, net, Y[:, :3])


@pytest.mark.parametrize("name", NETS)
def test_a_second_pass_leaves_nothing_of_the_first(acnn_session, rng, name):
    net, y = ready(rng, name)
    first = same_outcome(acnn_session, acnnbp, net, 1 - y)
    second = same_outcome(acnn_session, acnnbp, acnnbp(net, 1 - y), y)
    alone = same_outcome(acnn_session, acnnbp, net, y)
    assert first.keys() == second.keys() == alone.keys()
    assert not any(different_bits(second[path], alone[path]).any() for path in alone)


def test_another_number_of_images_than_before(acnn_session):
    layers = [Layer("c", **C), Layer("a", **A)]
    net = acnnff(stirred(set_up(*layers, x=X)), X)
    net = acnnbp(net, Y)
    again = acnnff(net, X[:, :, :2])
    assert "dffW" in same_outcome(acnn_session, acnnbp, again, Y[:, :2])


@pytest.mark.parametrize("name", ["a table", "a kernel for each pair", "units after units"])
def test_the_net_that_was_given_stays_as_it_is(rng, name):
    net, y = ready(rng, name)
    before = set(vars(net))
    acnnbp(net, y)
    assert set(vars(net)) == before
    assert not any(layer.d or layer.dk or layer.db for layer in net.layers)


def test_an_unknown_engine_is_refused(rng):
    net, y = ready(rng, "a table")
    with pytest.raises(ValueError, match="engine='quick' was given: expected"):
        acnnbp(net, y, engine="quick")
