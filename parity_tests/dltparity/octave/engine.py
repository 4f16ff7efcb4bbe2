"""oct2py's Octave process, without those of oct2py's habits that would get in the way."""

import contextlib
import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .errors import Gone, NoOctave
from .executable import find_octave
from .processes import kill

# Without these, leaving a session can write octave-workspace into the working folder.
_OPTIONS = '--norc --eval "sighup_dumps_octave_core(0);" --persist'
_SECONDS = 60  # for Octave to start; it takes less than one


def open_session(folder: Path) -> Any:
    """Start Octave.

    Parameters
    ----------
    folder : pathlib.Path
        Where values travel, as files.

    Returns
    -------
    oct2py.Oct2Py
        The session.

    Raises
    ------
    NoOctave
        If Octave does not start, or is not ready in time.
    """
    executable = find_octave()
    core, kernel = _import_oct2py()
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
        raise Gone

    def refuse(prompt: str) -> str:
        raise Gone("it asked for input or stopped in its debugger, and nobody answers")

    core.OctaveEngine = Engine
    try:
        with _deadline(core, kernel, executable):
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
    finally:
        core.OctaveEngine = plain
    session.restart = gone  # else a death is answered by a session on the wrong BLAS
    session._handle_stdin = refuse
    return session


@contextlib.contextmanager
def _deadline(core: Any, kernel: Any, executable: str) -> Iterator[None]:
    """End an Octave that is not ready in time, whatever it prints meanwhile."""
    import pexpect

    plain, started, late = kernel.REPLWrapper, [], threading.Event()

    def spawn(command: str, *arguments: Any, **options: Any) -> Any:
        child = pexpect.spawnu(command, echo=False, codec_errors="ignore", encoding="utf-8")
        started.append(child)
        return plain(child, *arguments, **options)

    def expire() -> None:
        late.set()
        for child in started:
            kill(child.pid)

    watchdog = threading.Timer(_SECONDS, expire)
    watchdog.daemon = True
    kernel.REPLWrapper = spawn
    watchdog.start()
    try:
        yield
    except BaseException as error:
        for child in started:
            kill(child.pid)
            child.close(force=True)
        if late.is_set():
            how = f"was not ready within {_SECONDS:g} s and was ended"
            raise NoOctave(f"{executable} {how}") from None
        if isinstance(error, core.Oct2PyError | pexpect.ExceptionPexpect | OSError):
            raise NoOctave(
                f"{executable} does not start as a session: it ended, or does not answer as Octave "
                "does"
            ) from None
        raise
    finally:
        watchdog.cancel()
        kernel.REPLWrapper = plain


def _import_oct2py() -> tuple[Any, Any]:
    """Import oct2py and its kernel, without the session that importing it starts."""
    try:
        from octave_kernel import kernel
    except ImportError as error:
        raise NoOctave(f"oct2py is missing ({error}): pip install dltcnn[parity]") from None
    if "oct2py" in sys.modules:
        import oct2py.core

        return oct2py.core, kernel
    engine = kernel.OctaveEngine
    kernel.OctaveEngine = None
    try:
        # It prints the traceback of the session that could not start.
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            import oct2py.core
    finally:
        kernel.OctaveEngine = engine
    oct2py.core.OctaveEngine = engine
    return oct2py.core, kernel
