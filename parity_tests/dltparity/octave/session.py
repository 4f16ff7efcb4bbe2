"""One GNU Octave session on a known BLAS.

Values go in and out as variables with Octave's own class and size, errors come with their message
and line, and a session that hangs or dies is ended and starts again, empty, on the next call.
"""

import errno
import os
import signal
import sys
import threading
import warnings
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import numpy as np

from .. import scratch
from ..paths import matlab_ref
from . import blas, encoding
from .blas import BLAS, REFERENCE, NoBlas
from .engine import open_session
from .errors import Gone, NoOctave, OctaveDied, OctaveError, innermost
from .executable import executable_of, find_octave
from .processes import kill
from .workspace import Workspace

__all__ = ["NoBlas", "NoOctave", "Octave", "OctaveDied", "OctaveError"]

_STARTING = threading.Lock()


class Octave(Workspace):
    """One Octave session, for one thread, to be used in a ``with`` block.

    Parameters
    ----------
    blas : str
        The BLAS that Octave runs on: a key of `blas.BLAS`.
    paths : iterable of path-like
        Folders put on Octave's path, the first one foremost.
    timeout : float
        Seconds after which a call is ended together with the Octave process.

    Raises
    ------
    NoOctave, NoBlas
        On entering, if there is no Octave or not on that BLAS.
    ValueError
        If a path is not a folder, or there is no such BLAS.
    """

    def __init__(
        self,
        blas: str = REFERENCE,
        paths: Iterable[str | os.PathLike[str]] = (),
        timeout: float = 600.0,
    ):
        if blas not in BLAS:
            expected = " or ".join(f'"{name}"' for name in BLAS)
            raise ValueError(f"blas is {blas!r}; expected {expected}")
        self._blas = blas
        self._paths = [Path(path).resolve() for path in paths]
        for path in self._paths:
            if not path.is_dir():
                raise ValueError(f"{path} is not a folder, so it cannot go on Octave's path")
        self._timeout = timeout
        self._owner: tuple[int, threading.Thread] | None = None
        self._session: Any = None
        self._end: Any = None
        self._about: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._owner = (os.getpid(), threading.current_thread())
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the session; nothing of it is left behind. Closing twice does nothing."""
        self._owner = None
        self._stop()

    def info(self) -> dict[str, str]:
        """Describe Octave: name -> text.

        Returns
        -------
        dict of str to str
            Its `version`, `blas`, `lapack`, canonical `host`, the folder of its own functions
            (`core`), its `executable` and the `sha256 of the executable`.
        """
        self._ready()
        return dict(self._about)

    def _ready(self) -> None:
        """Refuse another thread; start again after a death."""
        if self._owner is None:
            raise RuntimeError("the Octave session is closed: use it inside a with block")
        if self._owner != (os.getpid(), threading.current_thread()):
            raise RuntimeError(
                f"this Octave session belongs to {self._owner[1].name} of process "
                f"{self._owner[0]}, the call came from {threading.current_thread().name} of "
                f"process {os.getpid()}: open one session in each thread"
            )
        if self._session is None:
            self._start()

    def _call(self, probe: str, *arguments: Any) -> Any:
        self._ready()
        return self._run(probe, *arguments)

    def _start(self) -> None:
        folder = scratch.make()
        try:
            changes = {
                "OCTAVE_HISTFILE": os.devnull,
                "OCTAVE_CLI_OPTIONS": None,  # would replace ours
                "OCTAVE_PATH": None,  # a user's function must not stand in for Octave's
                "TERM": "dumb",  # octave_kernel sets it and leaves it so
                **blas.variables(self._blas),
            }
            with _STARTING, blas.environment(changes), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # forkpty in a process with BLAS threads
                self._session = open_session(folder)
        except BaseException:
            scratch.remove(folder)
            raise
        self._end = weakref.finalize(self, _end_session, os.getpid(), self._session, folder)
        try:
            self._set_up(folder / "work")
        except BaseException:
            self._stop()
            raise

    def _set_up(self, work: Path) -> None:
        work.mkdir()
        self._feval("addpath", str(matlab_ref() / "probes"), nout=0)
        paths = "\n".join(map(str, self._paths))
        about = self._run("dlt_start", encoding.text(str(work)), encoding.text(paths))
        about = {key: encoding.untext(value) for key, value in about.items()}
        if about.pop("norc") != "1":
            raise NoOctave(
                f"{find_octave()} drops --norc, so that a start-up file could change what Octave "
                "computes: let OCTAVE_EXECUTABLE name Octave, or a script that hands on all that "
                "it is given"
            )
        self._about = about | executable_of(int(about.pop("pid")))
        blas.require(self._blas, self._about["blas"])

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._session = self._end = None

    def _run(self, probe: str, *arguments: Any) -> Any:
        reply = self._feval("dlt_call", probe, *arguments, nout=1)
        if not np.all(reply["ok"]):
            message = encoding.untext(reply["message"])
            skipped = (*_own_folders(), self._about.get("core", str(matlab_ref())))
            line = innermost(message, encoding.untext(reply["frames"]), skipped)
            raise OctaveError(message, line, encoding.untext(reply["identifier"]))
        return reply["value"]

    def _feval(self, function: str, *arguments: Any, nout: int) -> Any:
        """Call a function of Octave under the watchdog; its printing is dropped."""
        from oct2py import Oct2PyError
        from pexpect import ExceptionPexpect

        child = self._session._engine.repl.child
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            kill(child.pid)

        watchdog = threading.Timer(self._timeout, expire)
        watchdog.daemon = True
        watchdog.start()
        try:
            return self._session.feval(
                function, *arguments, nout=nout, stream_handler=lambda _: None
            )
        except Oct2PyError as error:
            raise OctaveError(str(error)) from None
        except (Gone, ExceptionPexpect, OSError) as error:
            self._stop()
            cause = _cause(child, error)
            if expired.is_set():
                cause = f"did not answer within {self._timeout:g} s and was ended"
            raise OctaveDied(
                f"Octave {cause}; the next call starts the session again, with an empty workspace"
            ) from None
        except BaseException:
            self._stop()
            raise
        finally:
            watchdog.cancel()


def _cause(child: Any, error: Exception) -> str:
    """Say why a session is over, from the error or from how its process ended."""
    lost = isinstance(error, OSError) and error.errno != errno.EIO
    if lost or (isinstance(error, Gone) and str(error)):
        return f"was ended: {error}"
    if child.signalstatus is not None:
        return f"was ended by {signal.Signals(child.signalstatus).name}"
    return f"left with exit status {child.exitstatus}"


def _end_session(owner: int, session: Any, folder: Path) -> None:
    """End Octave and its children; a forked copy of the owner must not."""
    if os.getpid() != owner:
        return
    child = session._engine.repl.child
    if not child.terminated:
        kill(child.pid)
    session.exit()
    scratch.remove(folder)


def _own_folders() -> tuple[str, str]:
    """Return the folders of the functions that stand between Python and the user's code."""
    return str(matlab_ref() / "probes"), str(Path(sys.modules["oct2py"].__file__).parent)
