"""One GNU Octave session on a known BLAS; the only importer of oct2py.

Values go in and out as variables with Octave's own class and size, errors come with their message
and line, and a session that hangs or dies is ended and starts again, empty, on the next call.
"""

import contextlib
import errno
import io
import os
import shutil
import signal
import sys
import tempfile
import threading
import warnings
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import numpy as np

from ..paths import matlab_ref
from . import blas, encoding
from .blas import BLAS, NoBlas
from .errors import NoOctave, OctaveDied, OctaveError, innermost
from .executable import find_octave
from .workspace import Workspace

__all__ = ["NoBlas", "NoOctave", "Octave", "OctaveDied", "OctaveError"]

_STARTING = threading.Lock()
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
# Without these, leaving a session can write octave-workspace into the working folder.
_OPTIONS = '--norc --eval "sighup_dumps_octave_core(0);" --persist'


class _Gone(Exception):  # noqa: N818
    """The connection to Octave is over."""


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
        blas: str = "reference",
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
        """Return Octave's `version`, `blas`, `lapack` and canonical `host`."""
        self._ready()
        return {key: self._about[key] for key in ("version", "blas", "lapack", "host")}

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
        folder = Path(tempfile.mkdtemp(prefix="dltparity-", dir=_MEMORY))
        try:
            changes = {
                "OCTAVE_HISTFILE": os.devnull,
                "OCTAVE_CLI_OPTIONS": None,  # would replace _OPTIONS
                "OCTAVE_PATH": None,  # a user's function must not stand in for Octave's
                "TERM": "dumb",  # octave_kernel sets it and leaves it so
                **blas.variables(self._blas),
            }
            with _STARTING, blas.environment(changes), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # forkpty in a process with BLAS threads
                self._session = _open_session(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
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
        self._about = {key: encoding.untext(value) for key, value in about.items()}
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
            _kill(child.pid)

        watchdog = threading.Timer(self._timeout, expire)
        watchdog.daemon = True
        watchdog.start()
        try:
            return self._session.feval(
                function, *arguments, nout=nout, stream_handler=lambda _: None
            )
        except Oct2PyError as error:
            raise OctaveError(str(error)) from None
        except (_Gone, ExceptionPexpect, OSError) as error:
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
    if lost or (isinstance(error, _Gone) and str(error)):
        return f"was ended: {error}"
    if child.signalstatus is not None:
        return f"was ended by {signal.Signals(child.signalstatus).name}"
    return f"left with exit status {child.exitstatus}"


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _end_session(owner: int, session: Any, folder: Path) -> None:
    """End Octave and its children; a forked copy of the owner must not."""
    if os.getpid() != owner:
        return
    child = session._engine.repl.child
    if not child.terminated:
        _kill(child.pid)
    session.exit()
    shutil.rmtree(folder, ignore_errors=True)


def _import_oct2py() -> Any:
    """Import oct2py without the session of its own that importing it starts."""
    if "oct2py" in sys.modules:
        import oct2py.core

        return oct2py.core
    try:
        from octave_kernel import kernel
    except ImportError as error:
        raise NoOctave(f"oct2py is missing ({error}): pip install dltcnn[parity]") from None
    engine = kernel.OctaveEngine
    kernel.OctaveEngine = None
    try:
        # It prints the traceback of the session that could not start.
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import oct2py.core
    finally:
        kernel.OctaveEngine = engine
    oct2py.core.OctaveEngine = engine
    return oct2py.core


def _own_folders() -> tuple[str, str]:
    """Return the folders of the functions that stand between Python and the user's code."""
    return str(matlab_ref() / "probes"), str(Path(sys.modules["oct2py"].__file__).parent)


def _open_session(folder: Path) -> Any:
    """Start Octave through oct2py, without those of its habits that would get in the way."""
    executable = find_octave()
    core = _import_oct2py()
    plain = core.OctaveEngine

    class Engine(plain):
        def _get_temp_dir(self) -> str:
            return str(folder)  # the original's lives until Python ends

        def _validate_executable(self, executable: str) -> str:
            return ""  # find_octave did, and lets nothing reach the terminal

        def _interrupt(self, *_: Any, **__: Any) -> str:
            raise KeyboardInterrupt  # the original swallows it and reads an old answer

        def _cleanup(self) -> None:
            self.repl.terminate()  # the original also deletes ./octave-workspace

    def gone() -> None:
        raise _Gone

    def refuse(prompt: str) -> str:
        raise _Gone("it asked for input or stopped in its debugger, and nobody answers")

    core.OctaveEngine = Engine
    try:
        session = core.Oct2Py(
            core.Oct2PySettings(
                executable=executable,
                temp_dir=str(folder),
                timeout=None,
                convert_to_float=False,
                keep_matlab_shapes=True,
                backend="disable",
                auto_show=False,
                extra_cli_options=_OPTIONS,
                load_octaverc=False,
            )
        )
    except core.Oct2PyError as error:
        how = str(error).partition("\n")[0]  # what follows is the state of the connection
        raise NoOctave(f"{executable} does not start as a session: {how}") from None
    finally:
        core.OctaveEngine = plain
    session.restart = gone  # else a death is answered by a session on the wrong BLAS
    session._handle_stdin = refuse
    return session
