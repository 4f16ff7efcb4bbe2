"""acnnpenalty and acnnactivation alone, against their .m files."""

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import Layer, Net
from dltcnn.acnn.acnnactivation import acnnactivation
from dltcnn.acnn.acnnpenalty import acnnpenalty
from dltcnn.acnn.acnnsoftmax import acnnsoftmax
from dltparity.traces.trace import matlab_array

RNG = np.random.default_rng(8)
LOGITS = {
    "some": 2 * RNG.standard_normal((4, 3)),
    "single": RNG.standard_normal((2, 5)).astype(np.float32),
    "one map": RNG.standard_normal((1, 2)),
    "one output": RNG.standard_normal((3, 1)),
    "underflow": np.array([[0.0, 5], [-800, 1], [1, -900]]),
    "not finite": np.array([[0.0, np.inf, 1], [np.nan, 1, -np.inf]]),
}
OPTIONS = (
    *({}, {"lam": 0.3}, {"lam": 0.3, "penalty": "l1"}, {"lam": 0.3, "penalty": "entropy"}),
    *({"lam": 1.0, "penalty": "entropy"}, {"penalty": "entropy"}),
)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("logits", LOGITS)
def test_a_penalty_and_its_gradients(acnn_session, logits, options):
    layer = Layer("a", **options)
    layer.c = LOGITS[logits]
    acnn_session.eval("clear('in', 'r');")
    acnn_session.assign(
        "in", {f"s.{key}": value for key, value in options.items()} | {"s.c": layer.c}
    )
    acnn_session.eval("[r.omega, r.dA, r.dc] = acnnpenalty(in.s);")
    found = map(matlab_array, acnnpenalty(layer))
    assert_same(acnn_session.fields("r"), dict(zip(("omega", "dA", "dc"), found, strict=True)))


@pytest.mark.parametrize("logits", LOGITS)
def test_a_softmax_and_its_logarithm(acnn_session, logits):
    acnn_session.assign("in", {"c": LOGITS[logits]})
    acnn_session.eval("clear('r'); [r.A, r.lnA] = acnnsoftmax(in.c);")
    assert_same(
        acnn_session.fields("r"), dict(zip(("A", "lnA"), acnnsoftmax(LOGITS[logits]), strict=True))
    )


@pytest.mark.parametrize(
    ("of", "name"),
    [
        *((Layer("i"), "linear"), (Layer("s", scale=2), "linear"), (Layer("c"), "sigm")),
        *((Layer("s", trainable=True), "sigm"), (Layer("a", activation="tanh"), "tanh")),
        *((Layer("i", activation="tanh"), "linear"), (Layer("s", activation="tanh"), "linear")),
        *((Layer("s", trainable=True, activation="tanh"), "tanh"), (Layer("f"), "sigm")),
        *((Net([Layer("i")]), "sigm"), (Net([Layer("i")], activation="linear"), "linear")),
    ],
    ids=repr,
)
def test_the_activation_of_a_layer_or_net(of, name):
    assert acnnactivation(of) == name
