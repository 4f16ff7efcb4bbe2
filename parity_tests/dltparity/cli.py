"""The command dltparity."""

import argparse
import contextlib
import os
import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules

import dltcnn

from . import commands
from .errors import NotMeasuredError, ReferenceMissingError, RequestError
from .exit_codes import MISSING_REFERENCE, NOT_MEASURED, WRONG_REQUEST
from .octave.blas import NoBlas
from .octave.errors import NoOctave, OctaveDied, OctaveError
from .signals import Ended, tidy

# Package -> the extra that brings it, where that is not `parity`.
_EXTRAS = {"matplotlib": "plot"}
_UNTOUCHED = "earlier reports are untouched"


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
        reference is missing, 4 it could not be measured, 128 and more a signal ended it.
    """
    try:
        with tidy(), contextlib.redirect_stdout(_Patient(sys.stdout)):
            args = _parser().parse_args(argv)
            return args.command(args)
    except RequestError as error:
        return _refuse(error, WRONG_REQUEST)
    except (ReferenceMissingError, NoOctave, NoBlas) as error:
        return _refuse(error, MISSING_REFERENCE)
    except (OctaveDied, OctaveError) as error:
        return _refuse(f"Octave failed: {error}", NOT_MEASURED)
    except (NotMeasuredError, MemoryError) as error:
        return _refuse(str(error) or "there is not enough memory", NOT_MEASURED)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{name}{error.strerror or error}", NOT_MEASURED)
    except KeyboardInterrupt:
        return _refuse(f"interrupted; {_UNTOUCHED}", WRONG_REQUEST)
    except Ended as error:
        return _refuse(f"ended by {error.signal.name}; {_UNTOUCHED}", error.code)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(error.name, "parity")
        return _refuse(
            f"{error.name} is not installed: pip install 'dltcnn[{extra}]'", WRONG_REQUEST
        )
    except Exception:  # Python's own exit code would be that of a broken promise
        traceback.print_exc()
        return _refuse("this is a mistake of dltparity itself; nothing was measured", NOT_MEASURED)


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
