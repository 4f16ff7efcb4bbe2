"""All rows: each probe is a process of its own, which may hang or die without harm.

It needs nothing but the standard library: it runs in broken installations too.
"""

import json
import os
import platform
import signal
import subprocess
import sys
import time

from .rows import MISSING, OK, OPTIONAL, Row, missing, ok, optional

PYTHON = (3, 11)
# Probe -> the rows that it gives, and after how many seconds it is ended.
PROBES = {
    "packages": (("packages",), 30),
    "octave": (("Octave",), 30),
    "engine": (("C compiler", "compiled engine"), 30),
    "references": (("original", "recordings"), 30),
    "extras": (("extras",), 15),
    "reference": (("reference BLAS",), 45),
    "system": (("system BLAS",), 45),
}
_BLAS = ("reference", "system")  # asked where there is an Octave
_GRACE = 5  # seconds between the request to end and the end


def examine(out):
    """Look at everything.

    Parameters
    ----------
    out : file
        Where the command writes: whether that is a terminal is one of the rows.

    Yields
    ------
    Row
        In a fixed order, as soon as it is known.
    """
    yield _python()
    quick = _settled(_probed(name for name in PROBES if name not in _BLAS))
    yield from quick
    yield _output(out)
    (octave,) = (row for row in quick if row.name == "Octave")
    if octave.state == OK:
        yield from _probed(_BLAS)
    else:
        state = MISSING if octave.state == MISSING else OPTIONAL
        yield from (Row(f"{name} BLAS", state, "not asked", "see Octave") for name in _BLAS)


def _probed(names):
    """Run probes side by side, and return their rows."""
    running, begin, rows = {name: _start(name) for name in names}, time.monotonic(), []
    try:
        for name, process in running.items():
            given, seconds = PROBES[name]
            left = max(begin + seconds - time.monotonic(), 0.1)
            rows += _answered(process, given, left, seconds)
    finally:  # Ctrl-C does not reach their sessions
        for process in running.values():
            if process.poll() is None:
                _end(process)
    return rows


def ready(rows):
    """Whether `dltparity run`, and so `make parity`, could run."""
    return all(row.state != MISSING for row in rows)


def _python():
    found = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info >= PYTHON:
        return ok("Python", found)
    wanted = ".".join(map(str, PYTHON))
    return missing("Python", found, f"use Python {wanted} or later")


def _output(out):
    github = "on" if os.environ.get("GITHUB_ACTIONS") == "true" else "off"
    if os.environ.get("NO_COLOR"):
        colours = "no (NO_COLOR is set)"
    else:
        terminal = out.isatty() and os.environ.get("TERM") != "dumb"
        colours = "yes" if terminal else "no (it is no terminal)"
    return ok("output", f"colours: {colours}; GitHub's annotations and summary: {github}")


def _start(name):
    """Start a probe with this process's way to the modules, and with the working folder out of it.

    Its output goes to a pipe that only it and its children hold: what it says is read at its end.
    """
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "dltparity.doctor.probes", name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONWARNINGS": "ignore"},
        start_new_session=os.name == "posix",
    )


def _answered(process, names, left, seconds):
    """Read the rows of a probe; a row that it did not give says why."""
    why = f"no answer within {seconds} s"
    try:
        out, err = process.communicate(timeout=left)
        why = _ended(process.returncode, err)
    except subprocess.TimeoutExpired:
        out = _end(process)
    given = {row.name: row for row in _rows(out)}
    remedy = "look at what it needs; the other rows may say more"
    return [given.get(name) or missing(name, why, remedy) for name in names]


def _end(process):
    """End a probe with its children, and return what it has said."""
    process.send_signal(signal.SIGTERM)
    try:
        return process.communicate(timeout=_GRACE)[0]
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    try:
        return process.communicate(timeout=_GRACE)[0]
    except subprocess.TimeoutExpired:  # a grandchild in a session of its own holds the pipe
        process.stdout.close()
        process.stderr.close()
        return b""


def _ended(code, err):
    if code < 0:
        return f"the probe was ended by {signal.Signals(-code).name}"
    lines = err.decode(errors="replace").strip().splitlines()
    return f"the probe failed: {lines[-1][:200]}" if lines else "the probe said nothing"


def _rows(out):
    """Read the rows among what a probe has printed: packages may print too."""
    for line in out.splitlines():
        try:
            found = json.loads(line)
            yield Row(**{name: str(found[name]) for name in ("name", "state", "found", "next")})
        except (ValueError, TypeError, KeyError):
            continue


def _settled(rows):
    """Let those be optional that another row makes up for."""
    by = {row.name: row for row in rows}
    if by["Octave"].state != MISSING:
        rows = _lower(rows, "recordings")
    elif by["recordings"].state != MISSING:  # without Octave these serve
        rows = _lower(rows, "Octave")
    if by["C compiler"].state != MISSING:
        return rows
    return _lower(rows, "C compiler", "compiled engine")


def _lower(rows, *names):
    return [
        optional(row.name, row.found, row.next)
        if row.name in names and row.state in (MISSING, OPTIONAL)
        else row
        for row in rows
    ]


def as_dict(rows):
    """Return all rows in JSON types."""
    return {"schema": 1, "ready": ready(rows), "rows": [row.as_dict() for row in rows]}
