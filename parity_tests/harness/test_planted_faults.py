"""Faults planted into the port and into traces: the comparison must name the right field first.

The reference here is the port's own clean trace, so no Octave is needed.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from both_sides.planted_faults import broken_port
from dltparity.cases.standard import Case
from dltparity.comparison.result import CaseResult
from dltparity.comparison.rows import compare, first_divergence
from dltparity.comparison.verdict import judge
from dltparity.traces.port import port_trace
from dltparity.traces.trace import flow_order

# As many maps below as above, so that a swapped index still runs.
CASE = Case("planted", "3c5-2s-3c3-2s", 20, 24, images=12, batchsize=4, seed=5)

FAULTS = {
    "swapped index D[i] in the first layer's sensitivities": (
        "cnnbp",
        "expand(above.d[j], row(",
        "expand(above.d[j - 1], row(",
        "bp.layers{4}.d{1}",
        "cnnbp.m:26",
    ),
    "swapped index in the kernel gradients": (
        "cnnbp",
        'layer.d[j], "valid")',
        'layer.d[i], "valid")',
        "bp.layers{2}.dk{1}{2}",
        "cnnbp.m:44",
    ),
    "C-order flatten": (
        "cnnff",
        "reshape(last.a[j], sa[0] * sa[1], sa[2])",
        "last.a[j].reshape(sa[0] * sa[1], sa[2])",
        "ff.fv",
        "cnnff.m:34",
    ),
    "output bias never updated": (
        "cnnapplygrads",
        "net.ffb = net.ffb - opts.alpha @ net.dffb",
        "net.ffb = net.ffb",
        "apply.ffb",
        "cnnapplygrads.m:14",
    ),
    "loss smoothed with a tenth": (
        "cnntrain",
        "0.01 * net.L",
        "0.1 * net.L",
        "trained.rL",
        "cnntrain.m:22",
    ),
    "missing rotation of the kernel": (
        "cnnbp",
        "rot180(above.k[i][j])",
        "above.k[i][j]",
        "bp.layers{3}.d{1}",
        "cnnbp.m:34",
    ),
    "missing flip of the images": (
        "cnnbp",
        "flipall(below.a[i])",
        "below.a[i]",
        "bp.layers{2}.dk{1}{1}",
        "cnnbp.m:44",
    ),
    "transposed kernel index, forward": (
        "cnnff",
        "layer.k[i][j]",
        "layer.k[j % len(layer.k)][i]",
        "ff.layers{2}.a{2}",
        "cnnff.m:17",
    ),
    "transposed kernel index, backward": (
        "cnnbp",
        "rot180(above.k[i][j])",
        "rot180(above.k[j][i])",
        "bp.layers{3}.d{1}",
        "cnnbp.m:34",
    ),
    "missing division by the batch": (
        "cnnbp",
        "net.dffW = net.od @ net.fv.T / size(net.od, 2)",
        "net.dffW = net.od @ net.fv.T",
        "bp.dffW",
        "cnnbp.m:50",
    ),
    "loss divided by the number of outputs": (
        "cnnbp",
        "size(net.e, 2)  # cnnbp.m:7",
        "size(net.e, 1)  # cnnbp.m:7",
        "bp.L",
        "cnnbp.m:7",
    ),
}


@pytest.fixture(scope="module")
def clean():
    """The port's trace without a fault."""
    return port_trace(CASE)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_port_is_named(clean, fault):
    module, right, wrong, field, line = FAULTS[fault]
    with broken_port(module, right, wrong):
        trace = port_trace(CASE)
    result = judge(CASE, "original", "reference", "bit", clean, trace)
    assert result.verdict == "fail"
    first = result.as_dict()["first_divergence"]
    assert (first["field"], first["line"]) == (field, line)


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # it names the field too
def test_a_bias_trained_under_another_spelling_is_a_field_too_many(clean):
    with broken_port("cnnapplygrads", "net.ffb = net.ffb", "net.fb = net.ffb"):
        trace = port_trace(CASE)
    result = judge(CASE, "original", "reference", "bit", clean, trace)
    problems = {row.field: row.problem for row in result.broken}
    assert problems["apply.fb"] == "the reference does not set this field"
    assert "apply.ffb" in problems


def test_without_a_fault_nothing_is_named(clean):
    result = judge(CASE, "original", "reference", "bit", clean, port_trace(CASE))
    assert result.verdict == "pass"
    assert result.values > 10_000
    assert result.as_dict()["first_divergence"] is None


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_one_flipped_bit_anywhere_is_named(clean, data):
    fields = sorted((f for f in clean if clean[f].size), key=flow_order)
    field = data.draw(st.sampled_from(fields))
    value = clean[field].copy(order="F")
    place = data.draw(st.integers(0, value.size - 1))
    bits = value.ravel(order="F").view(np.uint64).copy()
    bits[place] ^= np.uint64(1) << np.uint64(data.draw(st.integers(0, 63)))
    changed = bits.view(np.float64).reshape(value.shape, order="F")
    rows = compare(clean, clean | {field: changed})
    first = first_divergence(rows)
    if np.isnan(value.ravel(order="F")[place]) and np.isnan(bits.view(float)[place]):
        assert first is None
        return
    assert (first.field, first.different) == (field, 1)
    index = np.unravel_index(place, value.shape, order="F")
    assert first.index == tuple(int(n) + 1 for n in index)
    assert first.reference == float(value[index]).hex()
    assert first.port == float(changed[index]).hex()


def test_signed_zeros_count():
    reference, port = {"ff.o": np.array([[0.0]])}, {"ff.o": np.array([[-0.0]])}
    assert first_divergence(compare(reference, port)).port == "-0x0.0p+0"


def test_any_nan_equals_any_nan():
    other = np.array([[0x7FF8000000000001]], np.uint64).view(float)
    assert compare({"ff.o": np.array([[np.nan]])}, {"ff.o": other})[0].same


@pytest.mark.parametrize(
    ("port", "problem"),
    [
        ({}, "the port does not set this field"),
        ({"ff.o": np.ones((1, 2), np.float32)}, "class float64 in the reference, float32"),
        ({"ff.o": np.ones((2, 1))}, "size 1x2 in the reference, 2x1 in the port"),
    ],
)
def test_fields_classes_and_sizes_are_strict(port, problem):
    rows = compare({"ff.o": np.ones((1, 2))}, port)
    assert rows[0].problem.startswith(problem)
    assert CaseResult(CASE, "acnn", "reference", "bit", rows).verdict == "fail"


def test_a_field_that_only_the_port_has_is_a_difference():
    rows = compare({"ff.o": np.ones((1, 2))}, {"ff.o": np.ones((1, 2)), "ff.p": np.ones((1, 1))})
    assert {row.field: row.problem for row in rows} == {
        "ff.o": None,
        "ff.p": "the reference does not set this field",
    }


def test_nothing_compared_is_a_failure():
    assert CaseResult(CASE, "acnn", "reference", "bit", []).verdict == "fail"
    empty = compare({"ff.o": np.ones((0, 2))}, {"ff.o": np.ones((0, 2))})
    assert CaseResult(CASE, "acnn", "reference", "bit", empty).verdict == "fail"


def test_in_training_the_earliest_batch_is_named():
    reference = {"train.ffW": np.zeros((2, 2, 5)), "train.ffb": np.zeros((2, 1, 5))}
    port = {field: value.copy() for field, value in reference.items()}
    port["train.ffb"][0, 0, 3] = 1
    port["train.ffW"][1, 1, 2] = 1
    assert first_divergence(compare(reference, port)).field == "train.ffW"
    port["train.ffb"][1, 0, 1] = 1
    first = first_divergence(compare(reference, port))
    assert (first.field, first.index) == ("train.ffb", (2, 1, 2))
