"""The sweep of the acnn functions without Octave: the port, sound or not, is the reference."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest

from dltcnn import MatlabError
from dltparity import run
from dltparity.cases.random_acnn import FEATURES, features, random_acnn
from dltparity.cli import main
from dltparity.exit_codes import BROKEN, KEPT, WRONG_REQUEST
from dltparity.sweep import acnn_job, job
from dltparity.traces.acnn import port_trace

SETTINGS = job.Settings(3, "acnn", family="acnn")


@pytest.fixture
def reference(monkeypatch):
    """Let a function of the port's trace stand for Octave."""

    def stand(change):
        monkeypatch.setattr(job, "_reference", lambda settings: SimpleNamespace(session=None))
        monkeypatch.setattr(run, "plan", lambda *args: None)
        monkeypatch.setattr(
            acnn_job, "octave_trace", lambda session, case: change(port_trace(case))
        )

    return stand


def off_by_a_bit(trace):
    """A reference whose output weights differ in their last place after the second step."""
    path = "step2.ffW"
    return trace | {path: np.nextafter(trace[path], 9)}


def test_nets_of_different_sweeps_differ():
    names = {random_acnn(seed).name for seed in (0, 1, 1_000_000, 1_000_001)}
    assert len(names) == 4


def test_a_net_that_is_the_same_passes(reference):
    reference(lambda trace: trace)
    found = job.do(SETTINGS, 5)
    case = random_acnn(3_000_005)
    assert found["verdict"] == "pass"
    assert found["values"] == sum(value.size for value in port_trace(case).values())
    assert set(found["has"]) == features(case) <= FEATURES


def test_one_bit_fails_and_is_named(reference):
    reference(off_by_a_bit)
    found = job.do(SETTINGS, 5)
    assert found["verdict"] == "fail"
    assert found["different"] > 0
    assert found["first"]["field"] == "step2.ffW"
    assert found["drawn"]["seed"] == 3_000_005
    assert "shrunk" not in found


def test_a_field_that_is_missing_fails(reference):
    reference(lambda trace: {path: v for path, v in trace.items() if path != "trained.rL"})
    found = job.do(SETTINGS, 5)
    assert found["first"]["problem"] == "the reference does not set this field"


def test_what_both_sides_refuse_has_not_been_run(reference, monkeypatch):
    reference(lambda trace: trace)

    def refuse(case):
        raise MatlabError("no")

    monkeypatch.setattr(acnn_job, "port_trace", refuse)
    monkeypatch.setattr(acnn_job, "octave_trace", lambda session, case: refuse(case))
    found = job.do(SETTINGS, 5)
    assert (found["verdict"], found["values"]) == ("fail", 0)
    assert "no, the port" in found["first"]["problem"]


@pytest.mark.parametrize(("change", "code"), [(lambda t: t, KEPT), (off_by_a_bit, BROKEN)])
def test_the_command_counts_what_the_nets_have(reference, tmp_path, capsys, change, code):
    reference(change)
    words = ["sweep", "--family", "acnn", "--nets", "4", "--seed", "3", "--out", str(tmp_path)]
    assert main(words) == code
    printed = capsys.readouterr().out
    assert "## Random nets of the acnn functions\n" in printed
    assert "4 random nets of sweep 3 against acnn" in printed
    assert "layer i 4" in printed
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["family"] == "acnn"
    assert (
        "to draw it again: dltparity.cases.random_acnn.random_acnn(3000000)" in printed
    ) == bool(code)
    assert bool(re.search(r"\| net +\| seed +\| layers", printed)) == bool(code)
    assert bool(re.search(r"\| 0 +\| 3000000 \| i-", printed)) == bool(code)
    assert "shrunk" not in printed


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        (["--reference", "original"], "the original does not take these nets"),
        (["--seed", "4001"], "expected at most 1000000 nets and a seed of at most 4000"),
        (["--nets", "1000001"], "expected at most 1000000 nets and a seed of at most 4000"),
    ],
)
def test_what_it_cannot_do_is_refused(capsys, words, wording):
    assert main(["sweep", "--family", "acnn", *words]) == WRONG_REQUEST
    assert wording in capsys.readouterr().err


def test_the_largest_seed_is_one_of_octaves():
    case = random_acnn(4000 * 1_000_000 + 999_999)
    assert case.seed < 2**32
    assert port_trace(case)
