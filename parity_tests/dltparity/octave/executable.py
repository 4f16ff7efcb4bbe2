"""Which Octave is started."""

import os
import shlex
import shutil
import subprocess

from .errors import NoOctave

_REMEDY = "install it (Debian and Ubuntu: apt install octave) or set OCTAVE_EXECUTABLE"
_SECONDS = 60


def find_octave() -> str:
    """Return the command line of an Octave that answers.

    Returns
    -------
    str
        $OCTAVE_EXECUTABLE if that is set, else octave-cli, else octave.

    Raises
    ------
    NoOctave
        If there is none, or it does not start.
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
    try:
        answer = subprocess.run(
            [*parts, "--norc", "--no-gui", "--eval", "disp(OCTAVE_VERSION)"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoOctave(f"{command} does not start as Octave ({error}): {_REMEDY}") from None
    if not answer.stdout[:1].isdigit():
        raise NoOctave(f"{command} does not answer like Octave: {_REMEDY}")
    return command
