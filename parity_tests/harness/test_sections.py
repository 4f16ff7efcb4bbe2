"""The report's further sections: what is gathered, what breaks a promise, what is out of date."""

import json
from types import SimpleNamespace

import pytest

from dltparity import fingerprint, parity_report, sections
from dltparity.errors import RequestError
from dltparity.paths import matlab_ref
from dltparity.report import mutation, sweep
from dltparity.run import Comparison
from dltparity.seal import sealed

NOW = {"port": "1", "harness": "2", "tests": "3"}
SWEEP = {
    "family": "cnn",
    "depends_on": NOW,
    "verdict": "pass",
    "date": "2026-01-01 00:00 UTC",
    "seconds": 60,
    "nets": 3,
    "seed": 0,
    "reference": "acnn",
    "blas": "reference",
    "single": 1,
    "special": 1,
    "values": 100,
    "different": 0,
    "nan": 0,
    "vacuous": 0,
    "failing": [],
}
BROKEN = {"verdict": "fail", "different": 5}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(fingerprint, "everything", lambda: NOW)


SURVIVOR = {"line": 3, "before": "a + b  # f.m:1", "after": "a - b  # f.m:1", "reason": None}


def gathered(folder, names=("recorded",), whole=True):
    """Gather the sections of a run that compared nothing."""
    return sections.gather(sections.Context(Comparison([], [], {}), names, folder, whole))


def stored(tmp_path, **changes):
    (tmp_path / "sweep.json").write_text(json.dumps(sealed(SWEEP | changes)))
    return gathered(tmp_path)


def test_recordings_alone_show_the_limits_and_what_is_stored(tmp_path):
    found = gathered(tmp_path)
    shown = {name for name, content in found.items() if content}
    assert shown == {
        *("limits", "sweep", "sweep-acnn", "engines", "speed"),
        *("mutation", "mutation-oracles", "mutation-recordings"),
    }
    assert not sections.broken(found)
    assert len(sections.render(found)) == len(shown)
    assert "Not run: `make mutation`" in mutation.render(found["mutation"])
    assert "Not run: `dltparity sweep --nets 2000" in sweep.render(found["sweep"])
    acnn = sweep.render(found["sweep-acnn"])
    assert "## Random nets of the acnn functions\n\nNot run: `dltparity sweep --family acnn" in acnn
    assert "3 random nets" in sweep.render(stored(tmp_path)["sweep"])


def test_some_cases_alone_have_no_other_sections(tmp_path):
    assert gathered(tmp_path, ["original"], whole=False) == {"not_judged": [], "accuracy": {}}


def test_a_broken_sweep_counts_as_long_as_nothing_has_changed(tmp_path):
    assert not sections.broken(stored(tmp_path))
    assert sections.broken(stored(tmp_path, **BROKEN)) == ["sweep"]
    shown = sweep.render(stored(tmp_path)["sweep"])
    assert "Measured before" not in shown
    for changed, wording in (
        ({"port": "0", "harness": "2"}, "port"),
        ({"port": "1", "harness": "2"}, ""),  # no test has run in it
        ({"port": "1"}, "harness"),
        ({}, "harness, port"),
        (NOW | {"octave": "7"}, "octave"),
    ):
        old = stored(tmp_path, depends_on=changed, **BROKEN)
        assert bool(sections.broken(old)) is (not wording)
        assert (f"**Measured before these changed: {wording}.**" in sweep.render(old["sweep"])) is (
            bool(wording)
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"different": 5},
        {"nets": 0},
        {"values": 0},
        {"failing": [{"net": 1}]},
        {"verdict": "fail"},
    ],
)
def test_a_sweep_whose_figures_do_not_fit_each_other_is_refused(tmp_path, changes):
    with pytest.raises(RequestError, match=r"sweep\.json.*do not fit each other"):
        stored(tmp_path, **changes)


@pytest.mark.parametrize("changes", [{"different": 5}, {"seed": 8}, {"depends_on": {}}])
def test_a_stored_result_that_a_hand_has_changed_is_refused(tmp_path, changes):
    (tmp_path / "sweep.json").write_text(json.dumps(sealed(SWEEP) | changes))
    with pytest.raises(RequestError, match=r"sweep\.json.*changed after it was written"):
        gathered(tmp_path)


def test_a_result_of_an_earlier_version_is_none(tmp_path):
    (tmp_path / "sweep.json").write_text(json.dumps(SWEEP))
    assert "not_run" in gathered(tmp_path)["sweep"]


def score(tmp_path, depends_on=NOW, **changes):
    """Store the mutation score of one file, and gather it."""
    file = {"file": "util.sigm", "source": "0", "date": "today", "depends_on": depends_on}
    content = {
        **{"kind": "tests", "verdict": "fail"},
        **{"tool": "cosmic-ray", "version": "8", "mutants": 10, "killed": 9},
        **{"equivalent": 0, "score": 0.9, "score_without_equivalents": 0.9, "not_measured": []},
        "idle_excuses": [],
        "stages": {"stored traces": 9},
        "files": [file | {"mutants": 10, "found": {"stored traces": 9}, "left": [SURVIVOR]}],
    }
    (tmp_path / "mutation.json").write_text(json.dumps(sealed(content | changes)))
    return gathered(tmp_path)


def test_a_score_of_today_counts(tmp_path):
    found = score(tmp_path)
    assert sections.broken(found) == ["mutation"]
    text = mutation.render(found["mutation"])
    assert "Measured before" not in text
    assert "| util/sigm.py:3 | `a + b`" in text


@pytest.mark.parametrize("part", NOW)  # with the tests, which judge
def test_a_score_of_another_state_is_shown_as_such_and_does_not_count(tmp_path, part):
    found = score(tmp_path, NOW | {part: "0"})
    assert not sections.broken(found)
    text = mutation.render(found["mutation"])
    assert f"Measured before these changed: {part}.** `make mutation`" in text
    assert "90.00%" in text


@pytest.mark.parametrize(
    "changes",
    [
        {"mutants": 0},
        {"mutants": 9},
        {"killed": 10},
        {"score": 0.96},
        {"files": []},
        {"files": [], "mutants": 0, "killed": 0, "score": 1.0, "verdict": "pass"},
    ],
)
def test_a_score_whose_figures_do_not_fit_each_other_is_refused(tmp_path, changes):
    with pytest.raises(RequestError, match=r"mutation\.json.*do not fit each other"):
        score(tmp_path, **changes)


def test_the_stored_reports_can_be_read():
    folder = matlab_ref().parent / "reports"
    if not folder.is_dir():
        pytest.skip("installed without the reports")
    found = gathered(folder)
    stored = {path.stem for path in folder.glob("*.json")} - {"parity", "bench"}  # bench: speed
    assert stored <= {*found}
    assert not [name for name in stored if "not_run" in found[name]]
    assert len(sections.render(found)) == 8
    content = json.loads((folder / "parity.json").read_text())
    assert parity_report.render(content)[0].startswith("# Parity report")


@pytest.mark.parametrize("text", ["{", "[]", '{"seal": 1}', "[" * 100_000])
def test_a_stored_result_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "mutation.json").write_text(text)
    with pytest.raises(RequestError, match=r"mutation\.json.*make mutation"):
        gathered(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({}, []),
        ({"lines": {"functions": [{"function": "f", "verdict": "fail"}]}}, ["lines of f"]),
        (
            {"determinism": {"determinism": [{"same": False}], "gradient_test": None}},
            ["determinism"],
        ),
        (
            {"determinism": {"determinism": [], "gradient_test": {"outcome": "no"}}},
            ["the original's own gradient test"],
        ),
    ],
)
def test_what_breaks_a_promise_is_named(content, says):
    assert sections.broken(content) == says


def test_there_is_one_verdict():
    passed, failed = (SimpleNamespace(verdict=verdict) for verdict in ("pass", "fail"))
    broken = {"determinism": {"determinism": [{"same": False}], "gradient_test": None}}
    for results, gathered, verdict in (
        ([passed], {}, "pass"),
        ([passed, failed], {}, "fail"),
        ([passed], broken, "fail"),
        ([], {}, "fail"),
    ):
        report = parity_report.Report(Comparison(results, [], {}), gathered)
        assert report.verdict == verdict
