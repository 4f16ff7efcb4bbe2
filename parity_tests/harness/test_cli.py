"""The command: its exit codes, what it refuses, and what it leaves behind. No Octave is needed."""

import json

import pytest

from dltcnn import MatlabError, __version__
from dltparity import cli, machine, run
from dltparity.cases.standard import standard
from dltparity.traces import recording
from dltparity.traces.port import port_trace
from dltparity.traces.references import Recordings

CASE = "kernel-1"


@pytest.fixture
def without_octave(monkeypatch):
    """A machine without Octave."""
    monkeypatch.setenv("OCTAVE_EXECUTABLE", "no-octave-here")


@pytest.fixture
def without_original(monkeypatch, tmp_path):
    """A machine without the original's files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def reports(tmp_path):
    """A folder with earlier reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("parity.md", "parity.json"):
        (folder / name).write_text("earlier")
    return folder


def untouched(folder):
    return {path.name: path.read_text() for path in folder.iterdir()} == {
        "parity.md": "earlier",
        "parity.json": "earlier",
    }


def recorded(folder, case=CASE):
    return cli.main(["run", "--reference", "recorded", "--case", case, "--out", str(folder)])


def test_kept_promises_are_0(reports):
    assert recorded(reports) == 0
    content = json.loads((reports / "parity.json").read_text())
    assert content["schema"] == 1
    assert content["verdict"] == "pass"
    names = ["parity.html", "parity.json", "parity.md", "provenance.md"]
    assert sorted(path.name for path in reports.iterdir()) == ["accuracy.md", "cases.md", *names]
    assert content["command"] == f"dltparity run --case {CASE} --reference recorded --out {reports}"


def test_the_json_is_the_contract(reports):
    recorded(reports, "kernel-?")
    content = json.loads((reports / "parity.json").read_text())
    assert {"schema", "verdict", "provenance", "totals", "cases"} <= content.keys()
    totals = content["totals"]
    assert totals["cases"] == len(content["cases"]) == 6
    assert [case["engine"] for case in content["cases"]] == ["lines", "compiled"] * 3
    for name in ("fields", "values", "different_values"):
        assert totals[name] == sum(case[name] for case in content["cases"])
    assert totals["values"] > 30_000
    assert {
        *("name", "reference", "blas", "class", "promise", "fields", "values", "different_values"),
        *("max_abs", "max_ulp_of_scale", "max_bound_ratio", "first_divergence", "verdict"),
    } <= content["cases"][0].keys()


def broken(monkeypatch):
    monkeypatch.setattr(run, "port_trace", lambda *given: changed(port_trace(*given)))


def changed(trace):
    return trace | {"bp.dffW": trace["bp.dffW"] * 1.5}


def test_a_broken_promise_is_1_and_both_reports_name_it(reports, monkeypatch, capsys):
    broken(monkeypatch)
    assert recorded(reports) == 1
    content = json.loads((reports / "parity.json").read_text())
    first = content["cases"][0]["first_divergence"]
    assert content["verdict"] == "fail"
    assert (first["field"], first["line"], first["index"]) == ("bp.dffW", "cnnbp.m:50", [1, 1])
    assert float.fromhex(first["port"]) == 1.5 * float.fromhex(first["reference"])
    text = (reports / "parity.md").read_text()
    assert "Verdict: FAIL" in text
    assert "`bp.dffW`" in text and first["port"] in text
    wording = (
        "FAIL kernel-1 (recorded, reference BLAS, lines): bp.dffW(1, 1), set by cnnbp.m:50: 0x"
    )
    assert wording in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "wording"),
    [
        (["--case", "no-such"], "no case matches 'no-such'"),
        (["--data", "/nowhere"], "there is no file or folder /nowhere"),
        (["--out", __file__ + "/deeper"], "cannot be written to"),
        (["--out", __file__], "cannot be written to"),
    ],
)
def test_wrong_requests_are_2_and_one_sentence(reports, arguments, wording, capsys):
    out = [] if "--out" in arguments else ["--out", str(reports)]
    assert cli.main(["run", "--reference", "recorded", *arguments, *out]) == 2
    error = capsys.readouterr().err
    assert wording in error and error.count("\n") == 1
    assert untouched(reports)


@pytest.mark.parametrize("words", [["--reference", "none"], ["--require", "torch"], ["--bla"]])
def test_words_that_it_does_not_know_are_2(words):
    with pytest.raises(SystemExit) as error:
        cli.main(["run", *words])
    assert error.value.code == 2


@pytest.mark.parametrize(
    "words", [["--reference", "original"], ["--require", "original"], ["--require", "octave"]]
)
def test_a_required_reference_that_is_missing_is_3(
    words, without_octave, without_original, reports, capsys
):
    assert cli.main(["run", *words, "--case", CASE, "--out", str(reports)]) == 3
    error = capsys.readouterr().err
    assert "was asked for and is not" in error and error.count("\n") == 1
    assert untouched(reports)


def test_recording_needs_the_original(without_original, tmp_path, capsys):
    assert cli.main(["record", "--case", CASE, "--out", str(tmp_path)]) == 3
    assert "run dltparity fetch" in capsys.readouterr().err


def test_a_case_without_a_recording_is_3(monkeypatch, tmp_path, reports, capsys):
    (tmp_path / "recordings").mkdir()
    monkeypatch.setattr("dltparity.traces.references.matlab_ref", lambda: tmp_path)
    assert recorded(reports) == 3
    assert "there is no recording of kernel-1" in capsys.readouterr().err
    assert untouched(reports)


def test_without_octave_the_recordings_serve_and_the_report_says_so(without_octave, reports):
    assert cli.main(["run", "--case", CASE, "--out", str(reports)]) == 0
    content = json.loads((reports / "parity.json").read_text())
    assert [case["reference"] for case in content["cases"]] == ["recorded"] * 2
    assert "GNU Octave is not here" in content["provenance"]["notes"]


def test_another_libm_is_judged_by_bound_and_the_report_says_so(monkeypatch, reports):
    monkeypatch.setattr(machine, "libm_fingerprint", lambda: "another")
    assert recorded(reports, "[ks]*-single") == 0
    content = json.loads((reports / "parity.json").read_text())
    assert {case["promise"] for case in content["cases"]} == {"bound"}
    assert 0 < max(case["max_bound_ratio"] for case in content["cases"]) <= 1
    assert [case["name"] for case in content["not_judged"]] == ["special-values-single"]
    text = (reports / "parity.md").read_text()
    assert "since exp has other bits" in text
    assert "Not judged here" in text


def test_another_libm_does_not_excuse_a_fault(monkeypatch, reports):
    monkeypatch.setattr(machine, "libm_fingerprint", lambda: "another")
    broken(monkeypatch)
    assert recorded(reports) == 1


def test_where_nothing_is_promised_nothing_passes(monkeypatch, reports):
    monkeypatch.setattr(machine, "libm_fingerprint", lambda: "another")
    assert recorded(reports, "special-values*") == 1
    assert json.loads((reports / "parity.json").read_text())["verdict"] == "fail"


def test_every_standard_case_has_a_recording():
    folder = recorded_names()
    assert folder == {case.name for case in standard()}


def recorded_names():
    from dltparity.paths import matlab_ref

    return {path.stem for path in (matlab_ref() / "recordings").glob("*.npz")}


def test_a_missing_package_is_2_and_names_the_extra(monkeypatch, reports, capsys):
    def missing(*_):
        raise ModuleNotFoundError("No module named 'tabulate'", name="tabulate")

    monkeypatch.setattr(run, "plan", missing)
    assert recorded(reports) == 2
    assert capsys.readouterr().err == (
        "dltparity: tabulate is not installed: pip install 'dltcnn[parity]'\n"
    )
    assert untouched(reports)


@pytest.mark.parametrize("error", [MatlabError("some words"), IndexError("deep\ninside")])
def test_a_port_that_raises_is_a_failed_case_with_a_report(error, monkeypatch, reports, capsys):
    def trace(case, test, engine):
        raise error

    monkeypatch.setattr(run, "port_trace", trace)
    assert recorded(reports, "kernel-2*") == 1
    content = json.loads((reports / "parity.json").read_text())
    assert [case["verdict"] for case in content["cases"]] == ["fail"] * 4
    problem = content["cases"][0]["first_divergence"]["problem"]
    assert problem.startswith(f"the port raised {type(error).__name__}: ")
    assert problem in (reports / "parity.md").read_text()


@pytest.mark.parametrize(
    "words",
    [
        ["--reference", "acnn", "--require", "original"],
        ["--reference", "recorded", "--require", "original"],
        ["--reference", "recorded", "--require", "octave"],
        ["--reference", "recorded", "--blas", "system"],
    ],
)
def test_contradictions_are_2(words, reports, capsys):
    assert cli.main(["run", *words, "--out", str(reports)]) == 2
    assert "leave one of them out" in capsys.readouterr().err
    assert untouched(reports)


@pytest.mark.parametrize("name", ["parity.md", "parity.json"])
def test_a_report_that_cannot_be_replaced_leaves_the_others(name, reports, capsys):
    (reports / name).unlink()
    (reports / name).mkdir()
    assert recorded(reports) == 2
    assert "earlier files are untouched" in capsys.readouterr().err
    other = {"parity.md": "parity.json", "parity.json": "parity.md"}[name]
    assert (reports / other).read_text() == "earlier"
    assert len(list(reports.iterdir())) == 2


def test_an_empty_pattern_matches_nothing(reports):
    assert recorded(reports, "") == 2


@pytest.mark.parametrize(
    "change", [{"commit": "0" * 40}, {"blas": "system"}, {"libm_fingerprint": None}]
)
def test_a_recording_of_something_else_is_no_reference(change, monkeypatch, reports):
    plain = recording.load
    monkeypatch.setattr(recording, "load", lambda path: with_provenance(plain(path), change))
    assert recorded(reports) == (0 if "libm_fingerprint" in change else 2)
    if "libm_fingerprint" in change:
        cases = json.loads((reports / "parity.json").read_text())["cases"]
        assert [case["promise"] for case in cases] == ["bound"] * 2


def with_provenance(loaded, change):
    trace, provenance = loaded
    return trace, {**provenance, **change}


def test_the_provenance_is_that_of_the_recordings_used(monkeypatch, reports):
    plain = recording.load
    monkeypatch.setattr(
        recording, "load", lambda path: with_provenance(plain(path), {"cpu": path.stem})
    )
    assert recorded(reports, "kernel-2*") == 0
    provenance = json.loads((reports / "parity.json").read_text())["provenance"]
    assert provenance["recorded"]["cpu"] == "kernel-2; kernel-2-single"


def test_every_recording_is_met():
    recordings = Recordings()
    cases = [case for case in standard() if case.source == "random"]
    for case in cases:
        if recordings.why_not(case) is None:
            assert run.against(recordings, case, port_trace(case)).verdict == "pass", case.name
    assert len(cases) > 40


def test_real_digits_are_learnt_as_the_original_learnt_them():
    (case,) = (case for case in standard() if case.name == "digits")
    trace = port_trace(case)
    assert run.against(Recordings(), case, trace).verdict == "pass"
    assert trace["test.er"].item() < 0.3
    assert trace["trained.rL"].shape == (1, 751)


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"dltcnn {__version__}\n"
