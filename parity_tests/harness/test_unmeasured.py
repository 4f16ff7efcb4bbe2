"""What could not be measured is no broken promise: exit code 4, whoever was at work."""

import errno
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dltcnn.functions import cnntest
from dltparity import cli, run
from dltparity.cases import images
from dltparity.cases.standard import Case
from dltparity.errors import NotMeasuredError, RequestError
from dltparity.exit_codes import NOT_MEASURED
from dltparity.files import check_writable
from dltparity.jobs.log import Log
from dltparity.mnist import checkpoint, training
from dltparity.octave.errors import OctaveDied, OctaveError
from dltparity.octave.session import Octave
from dltparity.sweep import job

CASE = Case("case", "2c3-2s", 8, 8, images=4, batchsize=2)
REFUSED = replace(CASE, layers="2c3-2c3")
FULL = OSError(errno.ENOSPC, "No space left on device")
octave = pytest.mark.octave


def full(*_, **__):
    raise FULL


class Saying:
    """A reference that raises one error after the other."""

    name, blas, note, session, test = "acnn", "reference", "", None, staticmethod(cnntest)

    def __init__(self, *errors):
        self.errors = list(errors)

    has = promise = lambda self, case: "bit"
    why_not = lambda self, case: None  # noqa: E731

    def trace(self, case):
        raise self.errors.pop(0)


MACHINE = pytest.mark.parametrize("error", [FULL, MemoryError()], ids=["full disk", "no memory"])


@MACHINE
@pytest.mark.parametrize("case", [CASE, REFUSED], ids=["the port runs it", "the port refuses"])
def test_what_the_machine_refuses_is_no_failing_net_of_a_sweep(error, case):
    with pytest.raises(type(error)):
        job.outcome(Saying(error), case)


@MACHINE
def test_what_the_machine_refuses_is_no_failing_case_of_a_run(error, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(run, "open_reference", lambda *_: Saying(error))
    words = ["run", "--reference", "recorded", "--case", "kernel-1", "--out", str(tmp_path)]
    assert cli.main(words) == NOT_MEASURED
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_an_octave_that_dies_is_asked_once_more():
    words = "structure has no member 'scale'"
    found = job.outcome(Saying(OctaveDied("gone"), OctaveError(words, "cnnbp.m:26")), REFUSED)
    assert found.kind == "refused"
    with pytest.raises(OctaveDied, match="gone for good"):
        job.outcome(Saying(OctaveDied("gone"), OctaveDied("gone for good")), CASE)


# Full disks


def test_a_full_disk_is_no_wrong_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(NotMeasuredError, match="No space left on device"):
        check_writable(tmp_path)


def test_a_log_that_finds_no_room_for_itself_is_no_wrong_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "open", full)
    with (
        pytest.raises(NotMeasuredError, match="No space left on device"),
        Log(tmp_path / "log", {}),
    ):
        pass


@pytest.mark.parametrize(("number", "raised"), [(28, NotMeasuredError), (13, RequestError)])
def test_a_checkpoint_on_a_full_disk_is_no_wrong_file(tmp_path, monkeypatch, number, raised):
    def refuse(descriptor):
        raise OSError(number, os.strerror(number))

    settings = training.Settings()
    state = training.start(images.digits(), settings)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(raised, match=f"checkpoint .*{os.strerror(number)}"):
        checkpoint.save(tmp_path / "checkpoint.npz", state, settings, "")
    assert not list(tmp_path.iterdir())


# Processes that are killed, in earnest


@octave
def test_an_octave_that_is_killed_under_a_run_is_4(tmp_path, monkeypatch, capsys):
    call = Octave._call

    def killed(self, probe, *arguments):
        if probe == "dlt_assign":  # of the first case
            os.kill(int(self.eval("disp(getpid())")), signal.SIGKILL)
        return call(self, probe, *arguments)

    monkeypatch.setattr(Octave, "_call", killed)
    words = ["run", "--reference", "acnn", "--case", "kernel-1", "--out", str(tmp_path)]
    assert cli.main(words) == NOT_MEASURED
    assert "Octave failed: Octave was ended by SIGKILL" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


KILLS_A_WORKER = """
import os, signal, sys
from dltparity import cli
from dltparity.sweep import job

do = job.do
def dies(settings, number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return do(settings, number)

job.do = dies  # this module is imported by each worker too
if __name__ == "__main__":
    words = ["sweep", "--reference", "acnn", "--nets", "6", "--jobs", "2", "--out", sys.argv[1]]
    sys.exit(cli.main(words))
"""


@octave
def test_a_worker_that_is_killed_is_4_and_results_are_kept(tmp_path):
    (tmp_path / "kills.py").write_text(KILLS_A_WORKER)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "kills.py"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == NOT_MEASURED, done.stderr
    assert "a worker process has ended unexpectedly; the same command goes on" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "out" / "results.jsonl").read_bytes().count(b"\n") > 1
