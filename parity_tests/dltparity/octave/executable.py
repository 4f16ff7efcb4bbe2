"""Which Octave is started."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import threading
from pathlib import Path

from .errors import NoOctave
from .processes import kill

_REMEDY = "install it (Debian and Ubuntu: apt install octave) or set OCTAVE_EXECUTABLE"
_SECONDS = 60
_LONGEST = 4096  # bytes of an answer; a version has some ten
LOWEST = 7, 1  # what the port was held against; earlier ones were not tried


def find_octave(seconds: float | None = None) -> str:
    """Return the command line of an Octave that answers.

    Parameters
    ----------
    seconds : float, optional
        How long to wait for its answer; a minute by default.

    Returns
    -------
    str
        $OCTAVE_EXECUTABLE if that is set, else octave-cli, else octave.

    Raises
    ------
    NoOctave
        If there is none, it does not start, or is older than `LOWEST`.
    """
    wanted = os.environ.get("OCTAVE_EXECUTABLE", "")
    try:
        parts = [wanted] if shutil.which(wanted) else shlex.split(wanted)
    except ValueError as error:
        raise NoOctave(f"OCTAVE_EXECUTABLE={wanted!r} is not a command: {error}") from None
    parts = parts or [shutil.which("octave-cli") or shutil.which("octave") or ""]
    if not shutil.which(parts[0]):
        raise NoOctave(f"Octave is missing ({wanted or 'octave-cli'} was not found): {_REMEDY}")
    command = shlex.join(parts)
    version = re.fullmatch(
        rb"(\d+)\.(\d+)\.[\w.+~-]+\s*", _answer(parts, command, seconds or _SECONDS)
    )
    if version is None:
        raise NoOctave(f"{command} does not answer like Octave: {_REMEDY}")
    if tuple(map(int, version.groups())) < LOWEST:
        raise NoOctave(
            f"{command} is Octave {version[0].decode().strip()}: expected {LOWEST[0]}.{LOWEST[1]} "
            f"or later, {_REMEDY}"
        )
    return command


def _answer(parts: list[str], command: str, seconds: float) -> bytes:
    """Ask for the version; neither a long answer nor a late one is waited for."""
    asked = [*parts, "--norc", "--no-gui", "--eval", "disp(OCTAVE_VERSION)"]
    late = threading.Event()
    try:
        with subprocess.Popen(
            asked,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:

            def expire() -> None:
                late.set()
                kill(process.pid)

            watchdog = threading.Timer(seconds, expire)
            watchdog.daemon = True
            watchdog.start()
            answer = process.stdout.read(_LONGEST)
            if len(answer) == _LONGEST:
                kill(process.pid)
                return answer
            process.wait()
            watchdog.cancel()
    except OSError as error:
        raise NoOctave(
            f"{command} does not start as Octave ({error.strerror}): {_REMEDY}"
        ) from None
    if late.is_set():
        raise NoOctave(f"{command} did not answer within {seconds:g} s: {_REMEDY}")
    if process.returncode:
        raise NoOctave(
            f"{command} does not start as Octave (exit status {process.returncode}): {_REMEDY}"
        )
    return answer


def executable_of(pid: int) -> dict[str, str]:
    """Describe the file that a process runs.

    Parameters
    ----------
    pid : int
        The process.

    Returns
    -------
    dict of str to str
        `executable`, and the `sha256 of the executable`; "unknown" where the system does not say.
    """
    try:
        path = Path(f"/proc/{pid}/exe").resolve(strict=True)
        return {
            "executable": str(path),
            "sha256 of the executable": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
    except OSError:
        found = "unknown", "unknown"
    return dict(zip(("executable", "sha256 of the executable"), found, strict=True))
