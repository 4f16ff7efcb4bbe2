"""The promise `bit` for the acnn functions, on nets that nobody prepared."""

from collections import Counter

import numpy as np

from dltparity import acnn_sides
from dltparity.random_acnn import random_acnn

NETS = 200


def test_two_hundred_random_nets_have_the_references_bits(acnn_session):
    values, seen = 0, Counter()
    for seed in range(NETS):
        case = random_acnn(seed)
        theirs = acnn_sides.octave(acnn_session, case)
        rows = acnn_sides.compared(theirs, acnn_sides.python(case)).values()
        assert rows, "nothing was compared"
        assert not [row for row in rows if not row.same], case
        values += sum(row.values for row in rows)
        seen.update(features(case, theirs))
    assert values > 2_000_000
    assert seen["single"] >= NETS / 4
    rare = {feature: count for feature, count in seen.items() if count < NETS / 20}
    assert not rare
    assert len(seen) == 23, sorted(seen)


def features(case, trace):
    """Name what a case has, once each."""
    found = {layer["type"] for layer in case.layers}
    for layer, below in zip(case.layers[1:], case.layers, strict=False):
        found |= {key for key in ("maps", "trainable", "lam", "penalty") if key in layer}
        found |= {"per pair"} if layer.get("shared") is False else set()
        found |= {"shared"} if layer["type"] == "a" and layer.get("shared", True) else set()
        found |= {"average"} if layer["type"] == "s" and "trainable" not in layer else set()
        found |= {"tanh"} if layer.get("activation") == "tanh" else set()
        found |= {"rectangle"} if isinstance(layer.get("kernelsize"), tuple) else set()
        found |= {"no pooling between"} if {layer["type"], below["type"]} <= {"c", "a"} else set()
    if case.x.ndim == 4:
        found.add("channels")
    if case.x.shape[-1] == 1:
        found.add("one image")
    if case.x.shape[-1] % case.batchsize:
        found.add("smaller last batch")
    if case.y.shape[0] == 1:
        found.add("one output")
    if "normalize" in case.net:
        found.add("normalize")
    if case.per_weight:
        found.add("rate per weight")
    if trace["step3.ffW"].dtype == np.float32:
        found.add("single")
    if not all(np.isfinite(value).all() for value in trace.values()):
        found.add("not finite")
    return found
