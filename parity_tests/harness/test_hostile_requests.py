"""Green verdicts that would be false, and damage: what the harness must not be taken in by."""

import errno
import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from both_sides.deadline import within
from dltparity import cli, fingerprint, run
from dltparity.cases import files
from dltparity.cases.standard import Case, standard
from dltparity.commands import list as list_command
from dltparity.comparison.verdict import judge
from dltparity.errors import RequestError
from dltparity.exit_codes import KEPT, NOT_MEASURED, WRONG_REQUEST
from dltparity.jobs import workers
from dltparity.octave.errors import OctaveDied
from dltparity.original import cache
from dltparity.paths import matlab_ref
from dltparity.traces import recording
from dltparity.traces.port import port_trace

SMALL = Case("small", "2c3-2s", 8, 8, images=4, batchsize=2)

# Partial runs


def ran(folder, *patterns):
    chosen = [word for pattern in patterns for word in ("--case", pattern)]
    return cli.main(["run", "--reference", "recorded", *chosen, "--out", str(folder)])


def test_a_partial_report_says_so_in_its_first_line(tmp_path, capsys):
    assert ran(tmp_path, "kernel-1") == KEPT
    first = (tmp_path / "parity.md").read_text().splitlines()[0]
    assert first == "# Parity report of chosen cases only: `kernel-1`"
    assert json.loads((tmp_path / "parity.json").read_text())["chosen"] == ["kernel-1"]
    assert "PASS of chosen cases (kernel-1):" in capsys.readouterr().out


def test_case_may_be_given_several_times(tmp_path):
    assert ran(tmp_path, "kernel-1", "one-*") == KEPT
    content = json.loads((tmp_path / "parity.json").read_text())
    names = {case["name"] for case in content["cases"]}
    assert {"kernel-1", "one-map", "one-output"} <= names
    assert content["chosen"] == ["kernel-1", "one-*"]


def test_a_pattern_that_names_no_case_is_refused_beside_one_that_does(tmp_path, capsys):
    assert ran(tmp_path, "kernel-1", "kernal-2") == WRONG_REQUEST
    assert "no case matches 'kernal-2'" in capsys.readouterr().err


# Comparisons of NaN with NaN


def test_a_comparison_of_nan_with_nan_is_not_judged(monkeypatch, tmp_path, capsys):
    lost = replace(SMALL, alpha=float("nan"), name="lost")
    path = tmp_path / "case.json"
    files.save(path, lost)

    class Here:
        name, blas, note, session = "acnn", "reference", "", None

        def __init__(self, *_):
            self.test = run.cnntest

        has = promise = lambda self, case: "bit"
        why_not = lambda self, case: None  # noqa: E731
        trace = lambda self, case: port_trace(case)  # noqa: E731
        provenance = lambda self: {}  # noqa: E731

    monkeypatch.setattr(run, "open_reference", Here)
    words = ["run", "--reference", "acnn", "--case-file", str(path), "--out", str(tmp_path)]
    assert cli.main(words) != KEPT
    content = json.loads((tmp_path / "parity.json").read_text())
    assert not content["cases"]
    (entry,) = content["not_judged"]
    assert "values are NaN on both sides" in entry["reason"]
    assert "not judged: lost against acnn" in capsys.readouterr().out


def test_a_case_that_declares_special_values_is_judged():
    trace = port_trace(replace(SMALL, alpha=float("nan"), special=True))
    result = judge(replace(SMALL, special=True), "acnn", "reference", "bit", trace, trace)
    assert result.nan > result.values / 2
    assert not result.vacuous
    undeclared = judge(SMALL, "acnn", "reference", "bit", trace, trace)
    assert undeclared.vacuous and undeclared.verdict == "pass"


def test_nan_is_counted_in_digests_of_recordings_too(tmp_path):
    trace = port_trace(replace(standard()[0], images=2, batchsize=2))
    trace["ff.o"] = np.full((40, 40), np.nan)
    recording.save(tmp_path / "r.npz", {"ff.o": trace["ff.o"]}, {})
    stored, _ = recording.load(tmp_path / "r.npz")
    assert isinstance(stored["ff.o"], recording.Digest)
    result = judge(SMALL, "recorded", "reference", "bit", stored, trace, figures=False)
    assert result.nan == 1600


# What could not be measured is no broken promise


def raising(error):
    def command(args):
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "wording"),
    [
        (OctaveDied("Octave was ended by SIGKILL"), "Octave failed: Octave was ended by SIGKILL"),
        (OSError(errno.ENOSPC, "No space left on device", "a.npz"), "a.npz: No space left"),
        (MemoryError(), "there is not enough memory"),
        (ZeroDivisionError("division by zero"), "a mistake of dltparity itself"),
    ],
)
def test_what_could_not_be_measured_is_4(monkeypatch, capsys, error, wording):
    monkeypatch.setattr(list_command, "command", raising(error))
    assert cli.main(["list"]) == NOT_MEASURED
    assert wording in capsys.readouterr().err


def test_a_full_disk_is_4(monkeypatch, tmp_path, capsys):
    def full(self, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert ran(tmp_path, "kernel-1") == NOT_MEASURED
    assert "No space left on device" in capsys.readouterr().err


class DeadWorker:
    """Stands for the context of processes that end at once."""

    def recv(self):
        raise EOFError


def test_a_dead_worker_is_4(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(fingerprint, "everything", dict)
    received = workers._received
    monkeypatch.setattr(workers, "_received", lambda connection: received(DeadWorker()))
    monkeypatch.setattr(run, "plan", lambda *given: None)
    words = ["sweep", "--reference", "acnn", "--nets", "1", "--jobs", "2"]
    assert cli.main([*words, "--out", str(tmp_path)]) == NOT_MEASURED
    assert "a worker process has ended unexpectedly" in capsys.readouterr().err


# Damaged recordings


def npz(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return content.getvalue()


def npy(header):
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(80)


def meta(**content):
    kept = io.BytesIO()
    np.save(kept, np.array(json.dumps(content)))
    return kept.getvalue()


DAMAGED = {
    "torn header": npz(__meta__=npy("{'descr': '<f8', 'shape': (2,")),
    "unclosed text": npz(__meta__=npy("{'descr': '''<f8")),
    "huge": npz(__meta__=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (10**0, 9**0)}")),
    "beyond memory": npz(
        __meta__=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,)}")
    ),
    "no meta": npz(float64=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}")),
    "no fields": npz(__meta__=meta(provenance={})),
    "fields of another kind": npz(__meta__=meta(provenance={}, fields=[3])),
    "a class that is not there": npz(
        __meta__=meta(provenance={}, fields=[["a", "float64", [1], None]])
    ),
    "meta is a list": npz(__meta__=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}")),
    "empty": b"",
    "zip only": npz(),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_recording_is_refused_in_one_sentence(tmp_path, kind):
    path = tmp_path / "a.npz"
    path.write_bytes(DAMAGED[kind])
    with pytest.raises(RequestError, match=r"a\.npz cannot be read as a recording") as error:
        recording.load(path)
    assert "restore it from version control" in str(error.value)


@pytest.mark.parametrize("seed", range(40))
def test_a_recording_with_one_wrong_byte_is_refused_or_differs(tmp_path, seed):
    whole = (matlab_ref() / "recordings" / "kernel-1.npz").read_bytes()
    rng = np.random.default_rng(seed)
    broken = bytearray(whole)
    broken[rng.integers(len(whole))] ^= 1 << rng.integers(8)
    path = tmp_path / "a.npz"
    path.write_bytes(bytes(broken))
    try:
        trace, provenance = recording.load(path)
    except RequestError:
        return
    assert isinstance(provenance, dict) and trace.keys() == port_trace(_kernel_1()).keys()


def _kernel_1():
    return next(case for case in standard() if case.name == "kernel-1")


# Case files of any size


@pytest.mark.parametrize(
    "changes",
    [
        {"layers": "9999999c1"},
        {"layers": "2c3-" * 30_000 + "2s"},
        {"layers": f"{'9' * 5000}c1"},
        {"rows": 10**9},
        {"images": 10**12},
        {"classes": 10**9},
        {"batchsize": 10**9, "images": 10**9},
        {"epochs": 10**9},
    ],
)
def test_a_case_file_of_any_size_is_refused(tmp_path, changes):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(files.as_dict(SMALL) | changes))
    with within(60), pytest.raises(RequestError, match=r"case\.json"):
        files.load(path)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, json.dumps(files.as_dict(SMALL)) + " " * 200_000], ids=["deep", "long"]
)
def test_a_case_file_that_is_too_deep_or_too_long_is_refused(tmp_path, text):
    path = tmp_path / "case.json"
    path.write_text(text)
    with pytest.raises(RequestError, match=r"case\.json cannot be read as a case file"):
        files.load(path)


# Sources that have no end


@pytest.mark.parametrize("kind", ["fifo", "device", "folder"])
def test_fetch_does_not_wait_for_a_file_that_has_no_end(tmp_path, kind):
    first = cache.pinned().files[0].path
    path = tmp_path / first
    path.parent.mkdir(parents=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    wording = "Is a directory" if kind == "folder" else "it is a pipe or a device"
    with within(60), pytest.raises(cache.UpstreamError, match=rf"cannot be read from .*{wording}"):
        cache.fetch(str(tmp_path))
