"""Ending an Octave process."""

import contextlib
import os
import signal


def kill(pid: int) -> None:
    """End a process, with all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
