"""The report's further sections: what is gathered, what breaks a promise, what is out of date."""

import json

import pytest

from dltparity import evidence, fingerprint
from dltparity.errors import RequestError
from dltparity.report import as_markdown, mutation, sweep

SWEEP = {
    "port": fingerprint.port(),
    "verdict": "pass",
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


def stored(tmp_path, **changes):
    (tmp_path / "sweep.json").write_text(json.dumps(SWEEP | changes))
    return evidence.gather(["recorded"], tmp_path)


def test_recordings_alone_show_the_limits_and_what_is_stored(tmp_path):
    assert set(evidence.gather(["recorded"], tmp_path)) == {"limits"}
    assert set(stored(tmp_path)) == {"limits", "sweep"}
    assert set(stored(tmp_path)) <= set(as_markdown.SECTIONS)


def test_a_broken_sweep_counts_as_long_as_it_is_of_this_port(tmp_path):
    assert not evidence.broken(stored(tmp_path))
    assert evidence.broken(stored(tmp_path, verdict="fail")) == ["sweep"]
    old = stored(tmp_path, verdict="fail", port="0" * 16)
    assert not evidence.broken(old)
    assert sweep.STALE in sweep.render(old["sweep"])
    assert sweep.STALE not in sweep.render(stored(tmp_path)["sweep"])
    assert sweep.STALE == mutation.STALE


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
