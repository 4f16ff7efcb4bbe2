"""The report's further sections: what is gathered, what breaks a promise, what is out of date."""

import json

import pytest

from dltparity import port_state
from dltparity import sections as evidence
from dltparity.errors import RequestError
from dltparity.report import as_markdown, mutation, sweep

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


def stored(tmp_path, **changes):
    (tmp_path / "sweep.json").write_text(json.dumps(SWEEP | changes))
    return evidence.gather(["recorded"], tmp_path)


def test_recordings_alone_show_the_limits_and_what_is_stored(tmp_path):
    found = evidence.gather(["recorded"], tmp_path)
    assert set(found) == {"limits", "sweep", "sweep-acnn", "mutation"}
    assert set(found) <= set(as_markdown.SECTIONS)
    assert not evidence.broken(found)
    assert "Not run: `make mutation`" in mutation.render(found["mutation"])
    assert "Not run: `dltparity sweep --nets 2000" in sweep.render(found["sweep"])
    acnn = sweep.render(found["sweep-acnn"])
    assert "## Random nets of the acnn functions\n\nNot run: `dltparity sweep --family acnn" in acnn
    assert "3 random nets" in sweep.render(stored(tmp_path)["sweep"])


def test_a_broken_sweep_counts_as_long_as_it_is_of_this_port(tmp_path):
    assert not evidence.broken(stored(tmp_path))
    assert evidence.broken(stored(tmp_path, verdict="fail")) == ["sweep"]
    old = stored(tmp_path, verdict="fail", port="0" * 16)
    assert not evidence.broken(old)
    assert sweep.STALE in sweep.render(old["sweep"])
    assert sweep.STALE not in sweep.render(stored(tmp_path)["sweep"])


def test_a_sweep_of_the_acnn_functions_is_of_their_files_too(tmp_path):
    assert port_state.port("acnn") != port_state.port()
    for port, current in ((port_state.port("acnn"), True), (port_state.port(), False)):
        content = SWEEP | {"family": "acnn", "port": port}
        (tmp_path / "sweep-acnn.json").write_text(json.dumps(content))
        found = evidence.gather(["recorded"], tmp_path)["sweep-acnn"]
        assert found["current"] is current
        assert "acnn functions" in sweep.render(found)


def test_a_score_of_other_files_names_them_and_does_not_count(tmp_path):
    content = {
        **{"verdict": "fail", "tool": "cosmic-ray", "version": "8", "mutants": 10, "killed": 9},
        **{"equivalent": 0, "score": 0.9, "score_without_equivalents": 0.9, "not_measured": []},
        "idle_excuses": [],
        "stages": {"stored traces": 9},
        "files": [
            {
                **{"file": "util", "source": port_state.source("util"), "date": "today"},
                **{"mutants": 10, "left": [SURVIVOR]},
            }
        ],
    }
    (tmp_path / "mutation.json").write_text(json.dumps(content))
    found = evidence.gather(["recorded"], tmp_path)
    assert evidence.broken(found) == ["mutation"]
    assert "Measured on other files" not in mutation.render(found["mutation"])
    content["files"][0]["source"] = "0" * 16
    (tmp_path / "mutation.json").write_text(json.dumps(content))
    found = evidence.gather(["recorded"], tmp_path)
    assert not evidence.broken(found)
    text = mutation.render(found["mutation"])
    assert "Measured on other files than these: util.py" in text
    assert "90.00%" in text
    assert "| util.py:3 | `a + b`" in text


@pytest.mark.parametrize("text", ["{", "[]", "{}"])
def test_a_stored_result_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "mutation.json").write_text(text)
    with pytest.raises(RequestError, match=r"mutation\.json.*make mutation"):
        evidence.gather(["recorded"], tmp_path)


@pytest.mark.parametrize(
    ("sections", "says"),
    [
        ({}, []),
        ({"lines": {"functions": [{"function": "f", "verdict": "fail"}]}}, ["lines of f"]),
        (
            {"soundness": {"determinism": [{"same": False}], "gradient_test": None}},
            ["determinism"],
        ),
        (
            {"soundness": {"determinism": [], "gradient_test": {"outcome": "no"}}},
            ["the original's own gradient test"],
        ),
    ],
)
def test_what_breaks_a_promise_is_named(sections, says):
    assert evidence.broken(sections) == says
