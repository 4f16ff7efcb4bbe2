"""The sweep without Octave: drawing, shrinking, case files, the campaign."""

import json
from dataclasses import replace

import numpy as np
import pytest

from both_sides.planted_faults import broken_port
from dltcnn.functions import cnntest
from dltparity import fingerprint
from dltparity.cases import files
from dltparity.cases.random_cnn import wide_case
from dltparity.cases.shorthand import parse
from dltparity.cases.standard import Case, standard
from dltparity.comparison.verdict import judge
from dltparity.errors import RequestError
from dltparity.octave.errors import OctaveError
from dltparity.sweep import campaign, job
from dltparity.sweep.shrink import shrink
from dltparity.traces.port import port_trace

# Drawing


def test_the_nets_of_a_sweep_are_wide():
    cases = [wide_case(0, number) for number in range(400)]
    assert {case.x_class for case in cases} >= {"float64", "float32", "uint8", "int8", "bool"}
    assert {case.y_class for case in cases} == {"float64", "float32", "bool"}
    assert {case.batchsize for case in cases} >= set(range(2, 13))
    assert max(case.batchsize for case in cases) > 280
    steps = [case.epochs * case.images // case.batchsize for case in cases]
    assert max(steps) > 1000 and sorted(steps)[-20] < 1000
    assert max(case.images for case in cases) > 2000
    assert {1, 2, 10} < {case.classes for case in cases}
    assert {0.0, -0.5, float("inf")} < {case.alpha for case in cases}
    assert 0.3 < np.mean([case.special for case in cases]) < 0.5
    layers = [layer for case in cases for layer in case.spec]
    assert {layer["scale"] for layer in layers if layer["type"] == "s"} == {1, 2, 3, 4}
    assert {layer["kernelsize"] for layer in layers if layer["type"] == "c"} == set(range(1, 12))
    assert max(layer.get("outputmaps", 1) for layer in layers) > 95
    assert max(len(case.spec) for case in cases) == 8
    assert len({(case.layers, case.seed) for case in cases}) == 400


def test_a_net_depends_on_its_number_and_the_sweeps_seed_only():
    assert wide_case(3, 7) == wide_case(3, 7)
    assert len({wide_case(3, 7), wide_case(3, 8), wide_case(4, 7)}) == 3


# Shrinking


def test_a_case_is_shrunk_to_what_the_fault_needs():
    big = Case(
        "big", "3c5-2s-4c3-3s-2c2", 46, 40, classes=17, images=24, x_class="uint8", seed=5,
        batchsize=8, epochs=3, alpha=0.02, special=True, y_class="float32",
    )  # fmt: skip

    def fails(case):
        below, runs = 1, False
        for layer in case.spec:
            runs |= layer["type"] == "s" and layer["scale"] == 3 and below == 2
            below = layer.get("outputmaps", below)
        return runs

    small = shrink(replace(big, layers="3c5-2s-2c3-3s-2c2"), fails)
    assert small.layers == "2c1-3s"
    assert (small.rows, small.cols, small.classes, small.batchsize) == (3, 3, 1, 2)
    assert (small.images, small.epochs, small.alpha, small.special) == (2, 1, 1.0, False)
    assert (small.x_class, small.y_class, small.seed) == ("float64", "float64", 5)
    assert shrink(big, lambda case: False) == big


def test_what_the_fault_needs_is_kept():
    case = wide_case(0, 1)
    needed = replace(case, layers="2c3-2s", rows=8, cols=12, special=True, classes=5)
    small = shrink(needed, lambda each: each.special and each.classes >= 3 and each.cols > 4)
    assert (small.special, small.classes, small.cols) == (True, 3, 5)


# A planted fault


class Clean:
    """A reference that is the port without the fault."""

    name, blas, test = "original", "reference", cnntest

    def trace(self, case):
        return CLEAN(case)

    def promise(self, case):
        return "bit"


CLEAN = port_trace
ONLY_SCALE_3_AND_TWO_MAPS = (
    "cnnbp",
    "error / above.scale**2",
    "error / (above.scale**2 * (1 + 2**-52 * (above.scale == 3 and len(layer.a) == 2)))",
)


@pytest.fixture
def faulty(monkeypatch):
    """A port with a fault that only shows with scale 3 and two maps, and a clean reference."""

    def trace(case, test):
        with broken_port(*ONLY_SCALE_3_AND_TWO_MAPS):
            return CLEAN(case)

    monkeypatch.setattr(job, "port_trace", trace)
    monkeypatch.setattr(job, "_reference", lambda settings: Clean())


def test_a_fault_with_scale_3_and_two_maps_is_found_within_200_nets(faulty):
    settings = job.Settings(0, "original")
    results = (job.do(settings, number) for number in range(200))
    found = next(result for result in results if result["verdict"] == "fail")
    assert found["different"]
    assert found["first"]["line"].startswith("cnnbp.m:")
    small = found["shrunk"]
    assert len(parse(small["layers"])) == 3
    assert small["layers"] == "2c1-3s"
    replayed = files.from_dict({k: v for k, v in small.items() if k != "schema"}, "")
    assert job.outcome(Clean(), replayed).kind == job.FAIL
    assert judge(replayed, "", "", "bit", CLEAN(replayed), CLEAN(replayed)).verdict == "pass"


# Refusals and errors on one side or on both


class Saying:
    """A reference that raises."""

    test = cnntest

    def __init__(self, *errors):
        self.errors = list(errors)

    def trace(self, case):
        raise self.errors.pop(0)


REFUSED = Case("refused", "2c3-2c3", 8, 8, images=4, batchsize=2)
WORDS = "structure has no member 'scale'"


@pytest.mark.parametrize(
    ("case", "errors", "kind", "problem"),
    [
        (REFUSED, [OctaveError(WORDS, "cnnbp.m:26")], "refused", "both refuse it"),
        (REFUSED, [OctaveError(WORDS, "cnnbp.m:32")], "fail", "says cnnbp.m:32"),
        (replace(REFUSED, layers="2c3-2s"), [OctaveError("x", "f.m:1")], "fail", "port runs it"),
    ],
)
def test_both_sides_must_refuse_in_the_same_words(case, errors, kind, problem):
    found = job.outcome(Saying(*errors), case)
    assert found.kind == kind
    assert problem in found.problem


def test_a_refusal_of_the_port_alone_is_a_failure(monkeypatch):
    monkeypatch.setattr(
        job, "_reference", lambda settings: Saying(*[OctaveError("no", "f.m:1")] * 900)
    )
    monkeypatch.setattr(job, "port_trace", lambda *given: 1 / 0)
    found = job.do(job.Settings(0, "original"), 0)
    assert found["verdict"] == "fail"
    assert "the port says ZeroDivisionError" in found["first"]["problem"]
    assert parse(found["shrunk"]["layers"]) == ({"type": "i"},)


def test_a_drawn_net_that_both_refuse_has_not_been_run(monkeypatch):
    monkeypatch.setattr(job, "wide_case", lambda campaign, number: REFUSED)
    monkeypatch.setattr(
        job, "_reference", lambda settings: Saying(*[OctaveError(WORDS, "cnnbp.m:26")] * 9)
    )
    assert job.do(job.Settings(0, "original"), 0)["verdict"] == "fail"


# Case files


@pytest.mark.parametrize(
    "case", [*standard(), wide_case(1, 2), replace(wide_case(1, 2), alpha=-np.inf)]
)
def test_a_case_survives_its_file(tmp_path, case):
    files.save(tmp_path / "sub" / "case.json", case)
    assert files.load(tmp_path / "sub" / "case.json") == case


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "cannot be read as a case file"),
        ("[]", 'expected an object with "schema": 1'),
        ('{"schema": 2}', 'expected an object with "schema": 1'),
        ('{"schema": 1, "name": "a"}', "missing: layers"),
        ('{"schema": 1, "name": "a", "layers": "", "row": 1}', "unknown: row"),
        ('{"schema": 1, "name": "a", "layers": "", "rows": "8"}', "rows is '8', expected int"),
        ('{"schema": 1, "name": "a", "layers": "2x"}', "layer '2x'"),
        ('{"schema": 1, "name": "a", "layers": "", "rows": 0}', "must be at least 1"),
        ('{"schema": 1, "name": "a", "layers": "", "x_class": "big"}', "big"),
    ],
)
def test_what_is_no_case_file_is_refused(tmp_path, content, words):
    path = tmp_path / "case.json"
    path.write_text(content)
    with pytest.raises(RequestError, match=r"case\.json") as error:
        files.load(path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


# The campaign


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(fingerprint, "everything", lambda: {"port": "1"})


def test_a_sweep_resumes_and_grows(tmp_path, monkeypatch):
    done = []

    def do(settings, number):
        done.append(number)
        if len(done) == 4:
            raise KeyboardInterrupt
        return RESULT | {"net": number}

    monkeypatch.setattr(job, "do", do)
    settings = job.Settings(0, "acnn")
    with pytest.raises(KeyboardInterrupt):
        campaign.sweep(settings, 5, tmp_path, progress=lambda results, *_: results)
    found = campaign.sweep(settings, 7, tmp_path, progress=lambda results, *_: results)
    assert done == [0, 1, 2, 3, 3, 4, 5, 6]
    assert (found["nets"], found["values"], found["verdict"]) == (7, 70, "pass")
    assert json.loads((tmp_path / "summary.json").read_text()) == found


PARTS = "port", "harness", "references", "octave", "python", "machine"


@pytest.mark.parametrize("part", PARTS)
def test_results_of_another_state_are_not_resumed(tmp_path, monkeypatch, part):
    state = dict.fromkeys(PARTS, "1")
    monkeypatch.setattr(fingerprint, "everything", lambda: state)
    monkeypatch.setattr(job, "do", lambda settings, number: RESULT | {"net": number})
    settings = job.Settings(0, "acnn")
    campaign.sweep(settings, 1, tmp_path, progress=lambda results, *_: results)
    state = state | {part: "2"}
    with pytest.raises(RequestError, match=rf"results\.jsonl is of another run \({part} differ\)"):
        campaign.sweep(settings, 2, tmp_path, progress=lambda results, *_: results)


RESULT = {
    "verdict": "pass",
    "values": 10,
    "different": 0,
    "nan": 0,
    "vacuous": False,
    "class": "double",
    "special": False,
    "seconds": 0.5,
}


def test_failing_nets_get_case_files(tmp_path, monkeypatch):
    case = wide_case(0, 5)
    small = replace(case, name="sweep-0-5-shrunk", layers="")
    failing = RESULT | {
        "verdict": "fail",
        "first": {"field": "bp.e"},
        "case": files.as_dict(case),
        "shrunk": files.as_dict(small),
    }
    monkeypatch.setattr(job, "do", lambda settings, number: failing | {"net": number})
    found = campaign.sweep(job.Settings(0, "acnn"), 1, tmp_path, progress=lambda r, *_: r)
    assert found["verdict"] == "fail"
    assert files.load(tmp_path / "failing" / "sweep-0-5.json") == case
    assert files.load(tmp_path / "failing" / "sweep-0-5-shrunk.json") == small
