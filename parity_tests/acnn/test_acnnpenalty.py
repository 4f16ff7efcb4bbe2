"""acnnpenalty and acnnactivation alone, against their .m files."""

import numpy as np
import pytest

from both_sides.functions import assert_same, unlike
from dltcnn import Layer, Net
from dltcnn.acnn.acnnactivation import acnnactivation
from dltcnn.acnn.acnnpenalty import acnnpenalty
from dltcnn.acnn.acnnsoftmax import acnnsoftmax
from dltparity.octave.values import matlab_array

LOGITS = {
    "some": 2 * unlike(4, 3),
    "single": unlike(2, 5).astype(np.float32),
    "one map": unlike(1, 2),
    "one output": unlike(3, 1),
    "underflow": np.array([[0.0, 5], [-800, 1], [1, -900]]),
    "not finite": np.array([[0.0, np.inf, 1], [np.nan, 1, -np.inf]]),
}
OPTIONS = (
    *({}, {"lam": 0.3}, {"lam": 0.3, "penalty": "l1"}, {"lam": 0.3, "penalty": "entropy"}),
    *({"lam": 1.0, "penalty": "entropy"}, {"penalty": "entropy"}),
    {"lam": 0.3, "penalty": "l2"},  # put in after the check: any other name is the entropy
)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("logits", LOGITS)
def test_a_penalty_and_its_gradients(acnn_session, logits, options):
    layer = Layer("a", **options)
    layer.c = LOGITS[logits]
    code = "[result.omega, result.dA, result.dc] = acnnpenalty(in.layer);"
    theirs = acnn_session.compute(code, {"layer": layer})
    found = map(matlab_array, acnnpenalty(layer))
    assert_same(theirs, dict(zip(("omega", "dA", "dc"), found, strict=True)))


@pytest.mark.parametrize("logits", LOGITS)
def test_a_softmax_and_its_logarithm(acnn_session, logits):
    code = "[result.A, result.lnA] = acnnsoftmax(in.c);"
    theirs = acnn_session.compute(code, {"c": LOGITS[logits]})
    assert_same(theirs, dict(zip(("A", "lnA"), acnnsoftmax(LOGITS[logits]), strict=True)))


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
