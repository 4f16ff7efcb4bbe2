"""dltparity doctor: what it finds, in broken installations too; it never hangs nor raises."""

import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dltparity import cli
from dltparity.doctor import examine, probes
from dltparity.doctor.rows import MISSING, OK, OPTIONAL, Row
from dltparity.octave import blas_probe
from dltparity.octave.blas import NoBlas

ROWS = [
    *("Python", "packages", "Octave", "C compiler", "compiled engine", "original", "recordings"),
    *("extras", "output", "reference BLAS", "system BLAS"),
]


@pytest.fixture
def doctor(monkeypatch, capsys):
    """Run the command here: exit code, and rows by name."""

    def run():
        code = cli.main(["doctor", "--json"])
        content = json.loads(capsys.readouterr().out)
        assert content["ready"] is (code == 0)
        return code, {row["name"]: row for row in content["rows"]}

    return run


@pytest.fixture
def no_octave(monkeypatch):
    monkeypatch.setenv("OCTAVE_EXECUTABLE", "no-octave-here")


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.octave
def test_here_make_parity_can_run_and_the_blas_was_asked(doctor):
    code, rows = doctor()
    assert (code, list(rows)) == (0, ROWS)
    assert all(row["next"] == "" for row in rows.values() if row["state"] == OK)
    assert sys.executable in rows["Python"]["found"]
    assert "numpy 2." in rows["packages"]["found"]
    assert "promised: bound" in rows["system BLAS"]["found"]
    if rows["reference BLAS"]["state"] == OK:
        assert rows["reference BLAS"]["found"].count(blas_probe.SEQUENTIAL) == 2


def test_without_octave_the_recordings_serve(doctor, no_octave):
    code, rows = doctor()
    assert code == 0
    octave = rows["Octave"]
    assert octave["state"] == OPTIONAL and "no-octave-here was not found" in octave["found"]
    assert rows["recordings"]["state"] == OK
    assert rows["reference BLAS"]["found"] == "not asked"


def test_an_octave_that_hangs_is_ended(doctor, monkeypatch, tmp_path):
    monkeypatch.setattr(examine, "PROBES", {**examine.PROBES, "octave": (("Octave",), 1)})
    monkeypatch.setattr(examine, "_GRACE", 1)
    monkeypatch.setenv("OCTAVE_EXECUTABLE", script(tmp_path / "octave", "exec sleep 60"))
    begin = time.monotonic()
    code, rows = doctor()
    assert time.monotonic() - begin < 40
    assert (code, rows["Octave"]["state"]) == (0, OPTIONAL)  # the recordings serve
    assert rows["Octave"]["found"] == "no answer within 1 s"


def test_an_octave_whose_sessions_die_keeps_parity_from_running(doctor, monkeypatch, tmp_path):
    answers = 'case "$*" in *disp*) echo 9.1.0;; *) exit 3;; esac'
    monkeypatch.setenv("OCTAVE_EXECUTABLE", script(tmp_path / "octave", answers))
    code, rows = doctor()
    assert (code, rows["Octave"]["state"], rows["reference BLAS"]["state"]) == (3, OK, MISSING)
    assert "does not start as a session" in rows["reference BLAS"]["found"]


def test_nothing_is_left_of_a_doctor_that_is_interrupted(monkeypatch, capsys):
    started = []
    start = examine._start

    def kept(name):
        started.append(start(name))
        return started[-1]

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(examine, "_start", kept)
    monkeypatch.setattr(examine, "_answered", interrupted)
    assert cli.main(["doctor"]) == 2
    assert len(started) == 5 and all(each.poll() is not None for each in started)
    assert "interrupted" in capsys.readouterr().err


def broken(tmp_path, package, text):
    """Run the command in a process whose imports find a broken package first."""
    folder = tmp_path / "broken" / package
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "dltparity", "doctor", "--json"],
        env={**os.environ, "PYTHONPATH": str(folder.parent), "OCTAVE_EXECUTABLE": "none"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, {row["name"]: row for row in json.loads(done.stdout)["rows"]}


@pytest.mark.parametrize(
    ("package", "text", "wording"),
    [
        ("numpy", "raise ModuleNotFoundError(name='numpy')", "numpy is not installed"),
        ("numpy", "raise RuntimeError('two\\nlines')", "numpy cannot be imported (RuntimeError"),
        ("numpy", "import os; os.abort()", "ended by SIGABRT"),
        ("tabulate", "print('{}'); 1 / 0", "tabulate cannot be imported (ZeroDivisionError"),
        ("tqdm", "raise SystemExit(7)", "the probe"),
    ],
)
def test_a_broken_package_is_a_row(package, text, wording, tmp_path):
    code, rows = broken(tmp_path, package, text)
    assert (code, list(rows)) == (3, ROWS)
    assert rows["packages"]["state"] == MISSING and wording in rows["packages"]["found"]


def test_a_file_of_the_working_folder_is_not_taken_for_a_package(tmp_path):
    command = Path(sys.executable).with_name("dltparity")
    if not command.is_file():
        pytest.skip("dltparity is not installed beside this Python")
    (tmp_path / "json.py").write_text("1 / 0")
    done = subprocess.run(
        [command, "doctor", "--json"],
        env={**os.environ, "OCTAVE_EXECUTABLE": "none"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, json.loads(done.stdout)["ready"]) == (0, True)


def test_no_compiler_is_no_harm_and_an_engine_that_is_not_built_is(monkeypatch):
    def rows(compiler, engine):
        names = {"C compiler": compiler, "compiled engine": engine, "Octave": OK, "recordings": OK}
        found = examine._settled([Row(name, state, "") for name, state in names.items()])
        return [row.state for row in found][:2]

    assert rows(OK, OK) == [OK, OK]
    assert rows(OK, MISSING) == [OK, MISSING]  # where it could be built, run refuses
    assert rows(MISSING, MISSING) == [OPTIONAL, OPTIONAL]
    assert rows(MISSING, OK) == [OPTIONAL, OK]


def test_without_octave_and_recordings_nothing_can_run():
    state = {"C compiler": OK, "compiled engine": OK, "Octave": MISSING, "recordings": MISSING}
    found = examine._settled([Row(name, state, "") for name, state in state.items()])
    assert not examine.ready(found)


def test_an_unbuilt_engine_is_named(monkeypatch):
    monkeypatch.setattr("dltcnn.compiled.available", lambda: "it is not built")
    rows = {row.name: row for row in probes.engine()}
    assert rows["compiled engine"].state == MISSING
    assert rows["compiled engine"].next == "run `python -m dltcnn.compiled`"


def test_the_original_is_checked(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    original, recordings = probes.references()
    assert (original.state, recordings.state) == (OPTIONAL, OK)
    assert "dltparity fetch" in original.next


def test_recordings_of_another_libm_are_said(monkeypatch):
    monkeypatch.setattr("dltparity.machine.libm_fingerprint", lambda: "another")
    assert "judged by bound" in probes._recordings().found


def test_every_package_of_an_extra_has_the_module_that_is_looked_for():
    wanted = dict(probes._required("parity", "hdf5", "plot", "cluster", "mutation"))
    wanted = {name: least for name, least in wanted.items() if name not in ("dltcnn", "oct2py")}
    assert {"markdown-it-py", "cosmic-ray", "h5py"} <= wanted.keys()
    assert not [name for name, least in wanted.items() if probes._problem(name, least)]


def test_a_package_that_is_too_old_is_named(monkeypatch):
    monkeypatch.setattr(probes, "version", lambda name: "1.26.4")
    assert probes._problem("numpy", "2.0") == "numpy 1.26.4 is too old: expected 2.0 or later"
    assert "not installed" in probes._problem("no_such_package", "0")


class Session:
    """An Octave whose products are summed as the test wants."""

    def __init__(self, *_, **__):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def info(self):
        return {"version": "9.1.0"}


@pytest.mark.parametrize(
    ("product", "state"), [(blas_probe.SEQUENTIAL, OK), (blas_probe.OTHER, MISSING)]
)
def test_a_blas_that_only_calls_itself_reference_is_found(product, state, monkeypatch):
    monkeypatch.setattr("dltparity.octave.session.Octave", Session)
    found = {"says": "reference BLAS", "product": product, "axpy": blas_probe.SEQUENTIAL}
    monkeypatch.setattr(blas_probe, "probe", lambda session: found)
    (row,) = probes.blas("reference")
    assert row.state == state


def test_a_reference_blas_that_is_not_here_can_be_done_without(monkeypatch):
    def refuse(*_, **__):
        raise NoBlas("Octave runs on 'OpenBLAS'")

    monkeypatch.setattr("dltparity.octave.session.Octave", refuse)
    (row,) = probes.blas("reference")
    assert (row.state, row.found) == (OPTIONAL, "Octave runs on 'OpenBLAS'")
    assert "apt install libblas3" in row.next


def test_a_probe_that_prints_or_fails_is_read_all_the_same():
    out = b'noise\n{"name": 1}\n[]\n{"name": "a", "state": "ok", "found": "b", "next": ""}\n'
    assert list(examine._rows(out)) == [Row("a", "ok", "b")]
    assert examine._ended(-signal.SIGABRT, b"") == "the probe was ended by SIGABRT"
    assert examine._ended(1, b"Traceback\nKeyError: 'x'\n") == "the probe failed: KeyError: 'x'"
    assert examine._ended(0, b"") == "the probe said nothing"


@pytest.mark.parametrize(
    ("variables", "wording"),
    [
        ({}, "colours: no (it is no terminal); GitHub's annotations and summary: off"),
        ({"NO_COLOR": "1"}, "colours: no (NO_COLOR is set)"),
        ({"GITHUB_ACTIONS": "true"}, "summary: on"),
    ],
)
def test_the_output_is_described(variables, wording, monkeypatch):
    for name in ("NO_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wording in examine._output(io.StringIO()).found


def test_people_read_a_line_for_each_row(capsys, no_octave):
    assert cli.main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "ok        Python: " in printed
    assert "optional  Octave: " in printed and "next: run `make setup`" in printed
    assert printed.endswith("PASS: make parity can run here\n")
