"""The promise `bound` lets rounding pass and names a fault, on traces whole or recorded."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from dltcnn.cnn.cnnff import cnnff as cnnff_by_lines
from dltcnn.functions import acnntest
from dltcnn.matlab import operators
from dltparity.cases.standard import Case
from dltparity.comparison.bound import Error, errors, ratios
from dltparity.comparison.verdict import judge
from dltparity.traces import recording
from dltparity.traces.port import port_trace
from dltparity.traces.trace import field_name
from harness.test_planted_faults import CASE, FAULTS, broken_port

SINGLE = replace(CASE, name="planted-single", x_class="float32")
FF = ("ffW", "ffb")
ONE_OUTPUT = Case("one", "2c3-2s", 8, 8, classes=1, seed=3)


@pytest.fixture(scope="module")
def clean():
    """The port's trace without a fault."""
    return port_trace(CASE)


def judged(reference, port, case=CASE):
    return judge(case, "original", "system", "bound", reference, port)


def moved(trace, field, by):
    """Move every value of one field by a share of it."""
    return trace | {field: trace[field] * (1 + by)}


@pytest.fixture(scope="module", params=[CASE, SINGLE], ids=lambda case: case.name)
def two_orders(request):
    """A case, and what the port gives for it with sums in Octave's order and in others."""

    used = set()

    def reversed_valid(a, b):
        used.add("convn")
        z = plain(a[::-1, ::-1], b[::-1, ::-1])
        return np.ascontiguousarray(z[::-1, ::-1])

    def library(a, b):
        if 1 in (np.size(a), np.size(b)):
            return product(a, b)
        used.add("mtimes")
        cls = np.float64 if request.param is CASE else np.float32
        return a.astype(cls) @ b.astype(cls)

    product = operators.mtimes
    convolution = sys.modules["dltcnn.matlab.convn"]  # the room has its function there
    plain = convolution._convn_valid
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(convolution, "_convn_valid", reversed_valid)
        patch.setattr(convolution, "_sum_rows", lambda x: np.sum(x[::-1], axis=0))
        patch.setattr(operators, "mtimes", library)
        other = port_trace(request.param)
    assert used == {"convn", "mtimes"}
    return request.param, port_trace(request.param), other


@pytest.mark.parametrize("case", [CASE, SINGLE, ONE_OUTPUT], ids=lambda case: case.name)
def test_a_trace_keeps_the_promise_with_itself_in_every_field(case):
    trace = port_trace(case)
    result = judged(trace, trace, case)
    assert result.verdict == "pass"
    fields = {row.field for row in result.rows if not row.field.startswith("setup.")}
    unbound = {field_name(field) for field in fields - result.ratios.keys()}
    assert unbound <= {"b", "outputmaps", "kernelsize", "scale"}
    assert 0.5 < max(result.ratios.values()) <= 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_port_is_named(clean, fault):
    module, right, wrong, field, line = FAULTS[fault]
    with broken_port(module, right, wrong):
        trace = port_trace(CASE)
    result = judged(clean, trace)
    assert result.verdict == "fail"
    first = result.as_dict()["first_divergence"]
    assert (first["field"], first["line"]) == (field, line)


def test_sums_in_another_order_keep_the_promise(two_orders):
    case, one, other = two_orders
    result = judged(other, one, case)
    assert result.different > result.values / 10
    assert result.verdict == "pass"


@pytest.mark.parametrize(
    "field",
    ["ff.layers{2}.a{2}", "bp.layers{3}.d{1}", "bp.dffW", "apply.ffW", "trained.o", "trained.rL"],
)
def test_a_field_that_is_a_little_off_is_named(clean, field):
    result = judged(clean, moved(clean, field, 1e-11))
    assert result.as_dict()["first_divergence"]["field"] == field


@pytest.mark.parametrize("field", ["setup.ffW", "setup.layers{2}.k{1}{2}"])
def test_what_no_rounding_reaches_is_held_to_the_bit(clean, field):
    one_ulp = clean | {field: np.nextafter(clean[field], 9)}
    assert [row.field for row in judged(clean, one_ulp).broken] == [field]


def test_a_wrong_batch_in_the_training_is_named(clean):
    wrong = clean["train.ffW"].copy()
    wrong[:, :, 2:] *= 1 + 1e-9
    broken = {row.field for row in judged(clean, clean | {"train.ffW": wrong}).broken}
    assert "train.ffW" in broken


def test_the_misclassified_set_may_differ_only_where_outputs_are_that_close(clean):
    bad = clean["test.bad"].ravel()
    other = np.setdiff1d(np.arange(1, CASE.test_y.shape[1] + 1), bad)[:1]
    larger = np.union1d(bad, other).astype(float)[None]
    share = np.array([[larger.size / CASE.test_y.shape[1]]])
    result = judged(clean, clean | {"test.bad": larger, "test.er": share})
    assert [row.field for row in result.broken] == ["test.bad"]
    tied = clean | {f"trained.{name}": np.zeros_like(clean[f"bp.d{name}"]) for name in FF}
    other = tied | {"test.bad": larger, "test.er": share}
    assert ratios(CASE, "original", tied, other, {})["test.bad"] == 0


def test_one_output_is_held_to_the_test_of_its_family(clean):
    """cnntest takes the maximum along the row, acnntest asks each image: is it above the middle?"""
    traces = {"original": port_trace(ONE_OUTPUT), "acnn": port_trace(ONE_OUTPUT, test=acnntest)}
    for name, trace in traces.items():
        result = judge(ONE_OUTPUT, name, "system", "bound", trace, trace)
        assert result.verdict == "pass", name
        bad = np.arange(1.0, 1.0 + ONE_OUTPUT.test_y.shape[1])[None]
        wrong = trace | {"test.bad": bad, "test.er": np.array([[1.0]])}
        result = judge(ONE_OUTPUT, name, "system", "bound", trace, wrong)
        assert "test.bad" in [row.field for row in result.broken], name


@pytest.mark.parametrize("change", [np.float32, np.transpose])
def test_the_misclassified_set_is_a_row_of_doubles(clean, change):
    assert clean["test.bad"].size > 1
    other = clean | {"test.bad": change(clean["test.bad"])}
    assert [row.field for row in judged(clean, other).broken] == ["test.bad"]


LONG = Case("long", "2c3-2s", 8, 8, images=200, batchsize=2, epochs=1, seed=4)


@pytest.mark.parametrize("batch", range(1, 100, 14))
def test_a_jump_at_any_batch_of_a_long_training_is_named(batch):
    plain, calls = cnnff_by_lines, []

    def jumping(net, x, **_):
        calls.append(1)
        if len(calls) == 1 + batch:  # the first call is the single step
            net.ffW = net.ffW * 1.5
        return plain(net, x)

    reference = port_trace(LONG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dltparity.traces.port.cnnff", jumping)
        patch.setattr("dltparity.traces.port.cnnff_by_lines", jumping)
        trace = port_trace(LONG)
    assert len(calls) == 101
    result = judged(reference, trace, LONG)
    assert {"train.ffW", "trained.ffW"} & {row.field for row in result.broken}


@pytest.mark.parametrize("field", ["ff.o", "test.bad", "trained.rL", "train.ffW"])
def test_a_missing_field_is_a_failure_that_says_so(clean, field):
    lacking = {key: value for key, value in clean.items() if key != field}
    for reference, port in ((clean, lacking), (lacking, clean)):
        result = judged(reference, port)
        assert result.verdict == "fail"
        assert "does not set this field" in result.as_dict()["first_divergence"]["problem"]
    assert judged({}, {}).verdict == "fail"


def test_a_field_that_both_sides_get_wrong_is_named(clean):
    wrong = moved(clean, "bp.dffb", 0.5)
    first = judged(wrong, wrong).as_dict()["first_divergence"]
    assert (first["field"], first["line"]) == ("bp.dffb", "cnnbp.m:51")
    assert first["bound_ratio"] > 1e6


def test_a_share_that_is_not_the_sets_is_a_failure(clean):
    wrong = clean | {"test.er": clean["test.er"] + 1e-3}
    assert "test.er" in {row.field for row in judged(clean, wrong).broken}


def test_the_ports_error_may_be_four_times_the_references():
    assert Error(1e-16, 4e-16, 1e-17).ratio == 1
    assert Error(1e-18, 4e-17, 1e-17).ratio == 1
    assert Error(0.0, 0.0, 0.0).ratio == 0
    assert Error(0.0, 1e-300, 0.0).ratio == np.inf


def test_errors_are_measured_in_extended_precision(clean):
    found = errors(CASE, clean, moved(clean, "ff.o", 1e-15))
    assert 0 < found["ff.o"].reference < found["ff.o"].unit
    assert found["ff.o"].port == pytest.approx(1e-15 * clean["ff.o"].max(), rel=0.2)
    assert not errors(replace(CASE, special=True), clean, clean)


def recorded(trace, folder):
    path = folder / "case.npz"
    recording.save(path, trace, {"blas": "reference"})
    return recording.load(path)[0]


def test_a_recording_is_held_to_the_same_promise(clean, tmp_path, monkeypatch):
    monkeypatch.setattr(recording, "WHOLE", 40)
    kept = recorded(clean, tmp_path)
    assert sum(isinstance(value, recording.Digest) for value in kept.values()) > 30
    assert judged(kept, clean).verdict == "pass"
    for field in ("ff.layers{2}.a{2}", "train.ffW", "trained.ffW", "bp.fvd"):
        far = recorded(moved(clean, field, 1e-9), tmp_path)
        assert field in {row.field for row in judged(far, clean).broken}
    with broken_port(*FAULTS["output bias never updated"][:3]):
        assert "apply.ffb" in {row.field for row in judged(kept, port_trace(CASE)).broken}
