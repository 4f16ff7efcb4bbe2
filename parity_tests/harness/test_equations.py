"""The equation ledger: complete, every row measured, and able to fail."""

import itertools
import re

import numpy as np
import pytest

from dltcnn.functions import acnnff
from dltparity.cli import main
from dltparity.comparison.acnn_rows import compare_acnn
from dltparity.equations import ledger, measure
from dltparity.equations.cases import CASES
from dltparity.equations.oracles import autograd
from dltparity.equations.oracles.measure import _relative
from dltparity.equations.table import EQUATIONS
from dltparity.errors import ReferenceMissingError
from dltparity.exit_codes import BROKEN, KEPT, MISSING_REFERENCE
from dltparity.paths import matlab_ref
from dltparity.report.equations import render
from dltparity.traces.acnn import is_trained, port_trace, prepared
from dltparity.traces.trace import field_name


@pytest.fixture(scope="module")
def bits(acnn_session):
    """Every case, compared with Octave."""
    return {name: measure.bits(acnn_session, case) for name, case in CASES.items()}


@pytest.fixture(scope="module")
def content(bits):
    """The measured ledger."""
    return measure.judged(bits)


def test_the_ledger_lists_e1_to_e28_and_p1_to_p4_in_order():
    ids = [*(f"E{n}" for n in range(1, 29)), *(f"P{n}" for n in range(1, 5))]
    assert [equation.id for equation in EQUATIONS] == ids
    kinds = {equation.id: equation.kind for equation in EQUATIONS if equation.kind != "computed"}
    assert kinds == {"E12": "oracle", "E20": "oracle", "E18": "constraint"}


@pytest.mark.parametrize("equation", EQUATIONS, ids=lambda equation: equation.id)
def test_no_row_of_kind_computed_is_empty(equation, content):
    row = next(row for row in content["rows"] if row["id"] == equation.id)
    assert row["cases"]
    assert row["values"] > 0
    assert row["different_values"] == 0
    assert row["verdict"] == "pass"
    if equation.kind == "computed":
        assert row["places"]
        for place in row["places"]:
            assert re.fullmatch(r"acnn\w+\.m:\d+ \(\w+\)", place["m"])
            assert re.fullmatch(r"acnn\w+\.py:\d+ \(\w+\)", place["python"])
    figures = [figure for figure in row["oracles"].values() if figure != "not run"]
    assert figures
    assert max(figures) <= 1e-12


def test_every_gradient_has_complex_steps_and_direct_sums(content):
    for row in content["rows"]:
        if row["kind"] == "computed" and row["formula"].startswith(("∂", "δ")):
            assert {"complex step", "direct sum", "autograd"} <= row["oracles"].keys(), row["id"]


def test_every_gradient_and_weight_is_what_an_equation_computes():
    there, measured = set(), set()
    for name, case in CASES.items():
        last = f"layers{{{len(case.layers)}}}.d{{"  # its sensitivities are fvd, cut into maps
        for path in port_trace(case):
            stage, field = path.split(".", 1)
            counts = GRADIENT.search(field) or is_trained(field, case.layers)
            if stage == "step1" and counts and not field.startswith(last):
                kind = case.layers[int(field[7]) - 1]["type"] if "layers" in field else ""
                there.add((kind, field_name(path)))
                rows = [e for e in EQUATIONS if ledger.selects(e, field, case.layers)]
                if any(name in equation.cases for equation in rows):
                    measured.add((kind, field_name(path)))
    assert len(there) == 5 + 5 + 8 + 5 + 6  # of c, s, a, f and the output
    assert there == measured


GRADIENT = re.compile(r"\b(d|dk|db|dbeta|dc|dA|dW|dffW|dffb|od|fvd)(\{\d+\})*$")


def test_every_tag_in_the_m_files_is_an_equation():
    known = {equation.id for equation in EQUATIONS}
    for path in (matlab_ref() / "acnn").glob("*.m"):
        found = re.findall(r"%[^\n]*?\b([EP]\d+)\b", path.read_text(encoding="utf-8"))
        assert set(found) <= known


def test_a_broken_field_fails_its_row(monkeypatch, bits, acnn_session):
    def broken(case):
        trace = port_trace(case)
        path = "step2.layers{2}.dk{1}{1}"
        trace[path] = np.nextafter(trace[path], 1)
        return trace

    monkeypatch.setattr(measure, "port_trace", broken)
    worse = measure.bits(acnn_session, CASES["notes"])
    rows = {row["id"]: row for row in measure.judged(bits | {"notes": worse})["rows"]}
    assert rows["E13"]["verdict"] == "fail"
    assert rows["E13"]["different_values"] > 0
    assert rows["E6"]["verdict"] == "pass"


def test_a_missing_field_fails_its_row(bits):
    theirs = {"setup.od": np.zeros((1, 1))}
    lacking = bits["notes"] | compare_acnn(theirs, {})
    rows = {row["id"]: row for row in measure.judged(bits | {"notes": lacking})["rows"]}
    assert [id_ for id_, row in rows.items() if row["verdict"] == "fail"] == ["E6"]


def test_a_figure_above_the_promise_fails_its_row(monkeypatch, bits):
    honest = measure.measured

    def off(name, oracle):
        found = dict(honest(name, oracle))
        return found | {"od": 2e-12} if oracle == "complex step" else found

    monkeypatch.setattr(measure, "measured", off)
    rows = {row["id"]: row for row in measure.judged(bits)["rows"]}
    assert [id_ for id_, row in rows.items() if row["verdict"] == "fail"] == ["E6"]


def test_without_torch_the_row_says_so_and_requiring_it_fails(monkeypatch, bits):
    monkeypatch.setattr(autograd, "available", lambda: False)
    content = measure.judged(bits)
    rows = {row["id"]: row for row in content["rows"]}
    assert rows["E13"]["oracles"]["autograd"] == "not run"
    assert "autograd" not in rows["E8"]["oracles"]
    assert "autograd was not run: pip install dltcnn[oracle]" in render(content)
    with pytest.raises(ReferenceMissingError, match="PyTorch was asked for"):
        measure.gather(require_torch=True)


def test_the_section_shows_every_equation_once(content):
    text = render(content)
    for equation in EQUATIONS:
        assert len(re.findall(rf"^\| {equation.id} ", text, re.MULTILINE)) == 2
    assert text.startswith("## Equations\n\n32 of 32 equations")


def test_the_combinations_of_the_ledger_are_neither_uniform_nor_underflown():
    others = [name for name in CASES if "masked" not in name and name != "one-map"]
    mixes = [mix for name in others for mix in combinations(name)]
    assert len(mixes) == 10
    for mix in mixes:
        assert mix.min() > 1e-4
        assert np.ptp(mix) > 0.1


@pytest.mark.parametrize("name", ["masked-l1", "masked-entropy"])
def test_masked_combinations_have_weights_of_exactly_0_and_1_and_others(name):
    first, second = combinations(name)
    assert {0.0, 1.0} < set(first.flat)
    assert ((first > 0) & (first < 1)).sum() >= 4
    assert second.min() > 1e-4


def test_the_entropy_has_an_infinite_slope_where_a_map_is_kept_out_and_the_oracle_says_where():
    found = measure.expected("masked-entropy", "direct sum")["layers{3}.dA"]
    logits = CASES["masked-entropy"].put["layers{3}.c"]
    assert np.array_equal(np.isposinf(found), np.isneginf(logits))
    assert np.isfinite(found[1, 0])  # the weight underflows, its logarithm does not


def combinations(name):
    net = acnnff(prepared(CASES[name])[0], CASES[name].x)
    return [layer.A for layer in net.layers if layer.type == "a"]


@pytest.mark.parametrize(
    ("name", "middle"), [("middle-sigm", 0.5), ("middle-tanh", 0), ("middle-linear", 0.5)]
)
def test_the_nets_of_one_output_are_judged_on_both_sides_of_the_middle_and_in_it(name, middle):
    case = CASES[name]
    o = acnnff(prepared(case)[0], case.x).o
    for given, wanted in itertools.product((-1, 0, 1), (-1, 0, 1)):
        met = (np.sign(o - middle) == given) & (np.sign(case.y - middle) == wanted)
        assert met.any(), (given, wanted)
    assert ((o > middle / 3) & (o < middle)).any() or not middle
    assert ((o > middle) & (o < 1)).any()


@pytest.mark.parametrize(
    ("value", "wanted", "off"),
    [
        ([1, np.inf], [1, np.inf], 0),
        ([1, np.inf], [1, -np.inf], np.inf),
        ([1, 5], [1, np.inf], np.inf),
        ([1, np.inf], [1, 5], np.inf),
        ([1, np.nan], [1, np.inf], np.inf),
        ([3, np.inf], [2, np.inf], 0.5),
    ],
)
def test_infinite_values_must_be_the_same_and_hide_no_difference(value, wanted, off):
    assert _relative(np.array(value), np.array(wanted, np.longdouble), None) == off


def test_a_place_is_the_line_that_carries_the_tag():
    folder = matlab_ref() / "acnn"
    for equation in EQUATIONS:
        for (file, line), place in zip(
            ledger.tagged(folder, equation.id), ledger.places(equation), strict=True
        ):
            assert place["m"].startswith(f"{file}:{line} ")
            code = (folder / file).read_text(encoding="utf-8").splitlines()[line - 1]
            assert re.search(rf"% .*\b{equation.id}\b", code)


def test_the_command_prints_the_section_and_tells_by_its_exit_code(content, monkeypatch, capsys):
    monkeypatch.setattr(measure, "gather", lambda require_torch: content)
    assert main(["equations"]) == KEPT
    assert "PASS: 32 equations" in capsys.readouterr().out
    worse = [row | {"verdict": "fail"} if row["id"] == "E5" else row for row in content["rows"]]
    monkeypatch.setattr(measure, "gather", lambda require_torch: content | {"rows": worse})
    assert main(["equations"]) == BROKEN
    assert "FAIL: E5" in capsys.readouterr().out


def test_requiring_torch_where_it_is_missing_is_a_missing_reference(monkeypatch, capsys):
    monkeypatch.setattr(autograd, "available", lambda: False)
    assert main(["equations", "--require", "torch"]) == MISSING_REFERENCE
    assert "pip install dltcnn[oracle]" in capsys.readouterr().err
