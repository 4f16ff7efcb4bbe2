"""acnnff alone, against its .m file: every field that it sets, every class, every refusal."""

import numpy as np
import pytest

from acnn.nets import NETS, A, C, X, Y, set_up, stirred
from both_sides.acnn import same_outcome
from dltcnn import Layer
from dltcnn.functions import acnnff


def ready(rng, name, y=Y, **fields):
    """A net of `NETS` with weights of all kinds, and images for it."""
    layers, shape = NETS[name]
    x = rng.standard_normal(shape)
    return stirred(set_up(*layers, x=x, y=y, **fields)), x


FEATURES = {
    "more": ([], (4, 5, 3), (4, 6, 3)),
    "fewer": ([], (4, 5, 3), (3, 5, 3)),
    "as many as outputs": ([], (4, 5, 3), (1, 3, 3)),
    "more after a layer": ([Layer("c", **C)], (4, 5, 3), (5, 6, 2)),
    "fewer for units": ([Layer("a", **A), Layer("f", units=4)], (4, 5, 3), (2, 2, 7)),
    "more for units": ([Layer("s", scale=2), Layer("f", units=4)], (4, 6, 3), (6, 6, 4)),
    "fewer after two layers": ([Layer("c", **C), Layer("s", scale=1)], (4, 5, 3), (3, 4, 5)),
    "more of channels": ([], (4, 5, 2, 3), (4, 6, 2, 3)),
}


@pytest.mark.parametrize("name", FEATURES)
def test_images_of_another_size_than_the_weights_are_for(acnn_session, rng, name):
    layers, shape, later = FEATURES[name]
    net = set_up(*layers, x=rng.random(shape))
    message, line = same_outcome(acnn_session, acnnff, net, rng.random(later))
    assert " features reach it, expected " in message
    assert line == "acnnff.m:105"


def test_the_same_features_in_another_size_are_taken(acnn_session):
    net = set_up(Layer("f", units=2), x=X[:4, :6])
    assert "o" in same_outcome(acnn_session, acnnff, net, X[:6, :4])


@pytest.mark.parametrize("later", [(4, 5), (3, 5), (5, 5), (4, 4), (4, 6), (5, 4), (1, 20), (1, 1)])
@pytest.mark.parametrize("rest", [(), (1,), (3,), (2, 1), (2, 3)], ids=str)
def test_images_of_another_size_than_the_means(acnn_session, rng, later, rest):
    shape = (4, 5, *rest)
    net = set_up(x=rng.random(shape), normalize="pixel")
    outcome = same_outcome(acnn_session, acnnff, net, rng.random((*later, *rest)))
    assert isinstance(outcome, dict) == (later == (4, 5))


@pytest.mark.parametrize("later", [(1, 2, 3), (2, 1, 3), (2, 2, 3), (2, 3, 3)], ids=str)
@pytest.mark.parametrize("mu", [(1, 1), (1, 2), (2, 1), (2, 3), (0, 0), (0, 3)], ids=str)
def test_means_of_any_size(acnn_session, rng, mu, later):
    net = set_up(x=rng.random(later))
    net.mu, net.sigma = np.full(mu, 0.5), np.full(mu, 2.0)
    outcome = same_outcome(acnn_session, acnnff, net, rng.random(later))
    assert isinstance(outcome, dict) == (mu in ((1, 1), later[:2]))


@pytest.mark.parametrize("options", [{}, {"normalize": "set"}, {"normalize": "pixel"}], ids=str)
@pytest.mark.parametrize("name", NETS)
def test_every_field(acnn_session, rng, name, options):
    net, x = ready(rng, name, **options)
    assert "o" in same_outcome(acnn_session, acnnff, net, x)


CLASSES = {
    "single": lambda x: x.astype(np.float32),
    "logical": lambda x: x > 0,
    "uint8": lambda x: np.clip(100 * x + 50, 0, 255).astype(np.uint8),
    "int8": lambda x: np.clip(100 * x, -128, 127).astype(np.int8),
    "int64": lambda x: (100 * x).astype(np.int64),
    "NaN and Inf": lambda x: np.where(x > 1, np.nan, np.where(x < -1, -np.inf, x)),
    "signed zeros": lambda x: np.where(x > 0, 0.0, -0.0),
}
SOME = (
    *("no layers", "no layers and channels", "one image", "a window of channels", "a table"),
    *("a window of one pixel", "a kernel for each pair", "units of channels"),
)


@pytest.mark.parametrize("options", [{}, {"normalize": "pixel"}], ids=str)
@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("given", CLASSES)
def test_images_of_every_class(acnn_session, rng, name, options, given):
    net, x = ready(rng, name, **options)
    same_outcome(acnn_session, acnnff, net, CLASSES[given](x))


@pytest.mark.parametrize("name", NETS)
def test_single_weights(acnn_session, rng, name):
    net, x = ready(rng, name)
    for layer in net.layers[1:]:
        for weight in ("W", "c"):
            if weight in vars(layer):
                setattr(layer, weight, getattr(layer, weight).astype(np.float32))
    net.ffb = net.ffb.astype(np.float32)
    assert same_outcome(acnn_session, acnnff, net, x)["o"].dtype == np.float32


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize("classes", [1, 3])
def test_the_activation_of_the_output(acnn_session, rng, activation, classes):
    net, x = ready(rng, "units after units", Y[:classes], activation=activation)
    assert same_outcome(acnn_session, acnnff, net, x)["o"].shape == (classes, 2)


@pytest.mark.parametrize("name", NETS)
def test_another_number_of_images_than_before(acnn_session, rng, name):
    net, x = ready(rng, name)
    net = acnnff(net, x)
    more = np.concatenate([x] * 3, axis=x.ndim - 1) if x.ndim > 2 else np.stack([x] * 3, axis=2)
    assert same_outcome(acnn_session, acnnff, net, more)["o"].shape[1] > net.o.shape[1]


@pytest.mark.parametrize("name", ["a table", "a kernel for each pair", "units after units"])
def test_the_net_that_was_given_stays_as_it_is(rng, name):
    net, x = ready(rng, name)
    before = vars(net).keys()
    acnnff(net, x)
    assert vars(net).keys() == before
    assert "fv" not in before
    assert not any(layer.a for layer in net.layers)


def test_an_unknown_engine_is_refused(rng):
    net, x = ready(rng, "a table")
    with pytest.raises(ValueError, match="engine='quick' was given: expected"):
        acnnff(net, x, engine="quick")
