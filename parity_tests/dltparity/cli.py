"""The command dltparity."""

import argparse
import contextlib
import errno
import os
import signal
import sys
import threading
from importlib import import_module
from pkgutil import iter_modules

import dltcnn

from . import commands
from .errors import ReferenceMissingError, RequestError
from .exit_codes import MISSING_REFERENCE, NOT_MEASURED, WRONG_REQUEST
from .octave.blas import NoBlas
from .octave.errors import NoOctave, OctaveDied, OctaveError

# Package -> the extra that brings it, where that is not `parity`.
_EXTRAS = {"matplotlib": "plot"}
# Of folders of our own for the work: those of reports say which of them it is.
_FULL = {errno.ENOSPC, errno.EDQUOT}
_ENDINGS = ("SIGTERM", "SIGHUP")  # what is open is closed as after Ctrl-C; Windows has not both


def main(argv=None):
    """Run the command.

    Parameters
    ----------
    argv : list of str, optional
        The arguments; those of the process by default.

    Returns
    -------
    int
        Exit code: 0 all promises kept, 1 one broken, 2 the request was wrong, 3 a required
        reference is missing, 4 it could not be measured.
    """
    try:
        with _endings(), contextlib.redirect_stdout(_Patient(sys.stdout)):
            args = _parser().parse_args(argv)
            return args.command(args)
    except RequestError as error:
        return _refuse(error, WRONG_REQUEST)
    except (ReferenceMissingError, NoOctave, NoBlas) as error:
        return _refuse(error, MISSING_REFERENCE)
    except (OctaveDied, OctaveError) as error:
        return _refuse(f"Octave failed: {error}", NOT_MEASURED)
    except KeyboardInterrupt:
        return _refuse("interrupted; earlier reports are untouched", WRONG_REQUEST)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return _refuse(f"{error.strerror}: {error.filename or 'make room'}", NOT_MEASURED)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(error.name, "parity")
        return _refuse(
            f"{error.name} is not installed: pip install 'dltcnn[{extra}]'", WRONG_REQUEST
        )


@contextlib.contextmanager
def _endings():
    """Let signals that end a process raise KeyboardInterrupt for the length of a block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {each: signal.getsignal(each) for each in known}
    try:
        for each in known:
            if before[each] is not signal.SIG_IGN:  # as nohup has it
                signal.signal(each, signal.default_int_handler)
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class _Patient:
    """Standard output whose reader may leave: the work and its exit code stay the same."""

    def __init__(self, stream):
        self._stream = stream

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, text):
        """Write text, each line at once."""
        try:
            written = self._stream.write(text)
            self._stream.flush()
            return written
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            return len(text)


def _refuse(error, code):
    print(f"dltparity: {error}", file=sys.stderr)
    return code


def _parser():
    parser = argparse.ArgumentParser(
        prog="dltparity",
        description="Runs DeepLearnToolbox's network in Octave and its port side by side.",
        epilog="exit codes: 0 all promises kept, 1 one broken, 2 the request was wrong, "
        "3 a required reference is missing, 4 it could not be measured",
    )
    parser.add_argument("--version", action="version", version=f"dltcnn {dltcnn.__version__}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in _commands():
        name = module.__name__.rpartition(".")[2]
        described = subparsers.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        module.arguments(described)
        described.set_defaults(command=module.command)
    return parser


def _commands():
    """Import the modules in `commands/` that are commands, those with an `ORDER`, in its order."""
    found = [
        import_module(f"{commands.__name__}.{module.name}")
        for module in iter_modules(commands.__path__)
    ]
    return sorted((each for each in found if hasattr(each, "ORDER")), key=lambda each: each.ORDER)
