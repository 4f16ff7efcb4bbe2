"""The report's further sections: what is gathered, what breaks a promise, what is out of date."""

import json
from types import SimpleNamespace

import pytest

from dltparity import parity_report, port_state, sections
from dltparity.errors import RequestError
from dltparity.paths import matlab_ref
from dltparity.report import mutation, sweep
from dltparity.run import Comparison

SWEEP = {
    "family": "cnn",
    "port": port_state.port(),
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
    "failing": [],
}


SURVIVOR = {"line": 3, "before": "a + b  # f.m:1", "after": "a - b  # f.m:1", "reason": None}


def gathered(folder, names=("recorded",), whole=True):
    """Gather the sections of a run that compared nothing."""
    return sections.gather(sections.Context(Comparison([], [], {}), names, folder, whole))


def stored(tmp_path, **changes):
    (tmp_path / "sweep.json").write_text(json.dumps(SWEEP | changes))
    return gathered(tmp_path)


def test_recordings_alone_show_the_limits_and_what_is_stored(tmp_path):
    found = gathered(tmp_path)
    shown = {name for name, content in found.items() if content}
    assert shown == {"limits", "sweep", "sweep-acnn", "mutation"}
    assert not sections.broken(found)
    assert len(sections.render(found)) == len(shown)
    assert "Not run: `make mutation`" in mutation.render(found["mutation"])
    assert "Not run: `dltparity sweep --nets 2000" in sweep.render(found["sweep"])
    acnn = sweep.render(found["sweep-acnn"])
    assert "## Random nets of the acnn functions\n\nNot run: `dltparity sweep --family acnn" in acnn
    assert "3 random nets" in sweep.render(stored(tmp_path)["sweep"])


def test_some_cases_alone_have_no_other_sections(tmp_path):
    assert gathered(tmp_path, ["original"], whole=False) == {"not_judged": [], "accuracy": {}}


def test_a_broken_sweep_counts_as_long_as_it_is_of_this_port(tmp_path):
    assert not sections.broken(stored(tmp_path))
    assert sections.broken(stored(tmp_path, verdict="fail")) == ["sweep"]
    old = stored(tmp_path, verdict="fail", port="0" * 16)
    assert not sections.broken(old)
    assert sweep.STALE in sweep.render(old["sweep"])
    assert sweep.STALE not in sweep.render(stored(tmp_path)["sweep"])


def test_a_sweep_of_the_acnn_functions_is_of_their_files_too(tmp_path):
    assert port_state.port("acnn") != port_state.port()
    for port, current in ((port_state.port("acnn"), True), (port_state.port(), False)):
        content = SWEEP | {"family": "acnn", "port": port}
        (tmp_path / "sweep-acnn.json").write_text(json.dumps(content))
        found = gathered(tmp_path)["sweep-acnn"]
        assert found["current"] is current
        assert "acnn functions" in sweep.render(found)


def score(tmp_path, file, source):
    """Store the mutation score of one file, and gather it."""
    content = {
        **{"verdict": "fail", "tool": "cosmic-ray", "version": "8", "mutants": 10, "killed": 9},
        **{"equivalent": 0, "score": 0.9, "score_without_equivalents": 0.9, "not_measured": []},
        "idle_excuses": [],
        "stages": {"stored traces": 9},
        "files": [
            {"file": file, "source": source, "date": "today", "mutants": 10, "left": [SURVIVOR]}
        ],
    }
    (tmp_path / "mutation.json").write_text(json.dumps(content))
    return gathered(tmp_path)


def test_a_score_of_these_files_counts(tmp_path):
    found = score(tmp_path, "util.sigm", port_state.source("util.sigm"))
    assert sections.broken(found) == ["mutation"]
    text = mutation.render(found["mutation"])
    assert "earlier" not in text
    assert "| util/sigm.py:3 | `a + b`" in text


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("util.sigm", "Changed since: util/sigm.py."),
        ("util", "No longer there under these names: util.py."),
        ("matlab", "No longer there under these names: matlab.py."),
    ],
)
def test_a_score_of_an_earlier_port_is_shown_as_such_and_does_not_count(tmp_path, file, says):
    found = score(tmp_path, file, "0" * 16)
    assert not sections.broken(found)
    text = mutation.render(found["mutation"])
    assert f"Measured on an earlier state of the port.** {says}" in text
    assert "90.00%" in text


def test_the_stored_reports_can_be_read():
    folder = matlab_ref().parent / "reports"
    if not folder.is_dir():
        pytest.skip("installed without the reports")
    found = gathered(folder)
    for name in ("sweep", "sweep-acnn", "mutation"):
        assert "not_run" not in found[name]
    assert len(sections.render(found)) == 4
    content = json.loads((folder / "parity.json").read_text())
    assert parity_report.render(content).startswith("# Parity report")


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
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
