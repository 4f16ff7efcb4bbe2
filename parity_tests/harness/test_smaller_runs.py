"""A run that compares less than the stored report holds leaves it. No Octave is needed."""

import json

import pytest

from dltparity import cli
from dltparity.parity_report import lacks


def recorded(folder, case):
    return cli.main(["run", "--reference", "recorded", "--case", case, "--out", str(folder)])


def names(file):
    return {case["name"] for case in json.loads(file.read_text())["cases"]}


def test_fewer_cases_go_elsewhere_and_it_is_said(tmp_path, capsys):
    assert recorded(tmp_path, "kernel-2*") == 0
    before = (tmp_path / "parity.md").read_bytes()
    capsys.readouterr()
    assert recorded(tmp_path, "kernel-2") == 0
    assert (tmp_path / "parity.md").read_bytes() == before
    assert names(tmp_path / "parity.json") == {"kernel-2", "kernel-2-single"}
    assert names(tmp_path / "local" / "parity.json") == {"kernel-2"}
    printed = capsys.readouterr().out
    assert f"see {tmp_path / 'local' / 'parity.md'}" in printed
    assert "since it holds more (1 case against recorded (reference))" in printed


def test_as_many_cases_replace_it(tmp_path, capsys):
    assert recorded(tmp_path, "kernel-2") == 0
    assert recorded(tmp_path, "kernel-2*") == 0
    assert names(tmp_path / "parity.json") == {"kernel-2", "kernel-2-single"}
    assert not (tmp_path / "local").exists()
    assert "holds more" not in capsys.readouterr().out


def content(*cases):
    return {
        "cases": [dict(zip(("name", "reference", "blas"), each, strict=True)) for each in cases]
    }


ORIGINAL, ACNN = ("a", "original", "reference"), ("a", "acnn", "reference")


@pytest.mark.parametrize(
    ("stored", "lacking"),
    [
        (content(ORIGINAL, ACNN), "1 case against original (reference)"),  # no original any more
        (content(("a", "acnn", "system")), "1 case against acnn (system)"),  # another BLAS
        (content(ACNN, ("b", "acnn", "reference")), "1 case against acnn (reference)"),
        (content(ACNN), ""),
        ({"cases": [{}]}, ""),
        ([], ""),
    ],
)
def test_references_count_as_cases_do(stored, lacking, tmp_path):
    (tmp_path / "parity.json").write_text(json.dumps(stored))
    assert lacks(content(ACNN), tmp_path / "parity.json") == lacking


def test_what_cannot_be_read_holds_nothing(tmp_path):
    assert lacks(content(ACNN), tmp_path / "none.json") == ""
    (tmp_path / "parity.json").write_text("earlier")
    assert lacks(content(ACNN), tmp_path / "parity.json") == ""
