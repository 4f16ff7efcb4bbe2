"""Git as a subprocess: it never asks, and never takes longer than it is given."""

import contextlib
import os
import signal
import subprocess

from ..errors import RequestError

# What Git sets for its hooks would redirect commands, even those that name their own folder.
_HOOK_VARIABLES = {"GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"}
_NO_QUESTIONS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "LC_ALL": "C",
}


class GitError(RequestError):
    """Git is missing, failed or took too long; the message says which."""


def git(*arguments: str, seconds: float = 60) -> bytes:
    """Run Git.

    Parameters
    ----------
    *arguments : str
        What follows ``git``.
    seconds : float
        When to give up.

    Returns
    -------
    bytes
        What it wrote to its standard output.

    Raises
    ------
    GitError
        If it is missing, fails or takes longer.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in _HOOK_VARIABLES}
    try:
        process = subprocess.Popen(
            ["git", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=inherited | _NO_QUESTIONS,
            start_new_session=True,  # no terminal for ssh to ask on, and one group to end
        )
    except OSError as error:
        raise GitError(f"git does not start, is it installed? ({error.strerror})") from None
    try:
        output, complaints = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise GitError(f"no answer within {seconds:g} s") from None
    finally:
        _end(process)
    if process.returncode:
        raise GitError(_reason(complaints.decode(errors="replace"), process.returncode))
    return output


def _end(process: subprocess.Popen) -> None:
    """End Git together with its helpers, which would outlive it."""
    if process.returncode is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _reason(complaints: str, code: int) -> str:
    """Return the line of Git's complaints that says why it failed."""
    lines = [line.strip() for line in complaints.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith("fatal: ")]
    return (fatal or lines or [f"git ended with {code}"])[0].removeprefix("fatal: ")
