"""The command dltparity."""

import argparse
import contextlib
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from . import commands
from .errors import NotMeasuredError, ReferenceMissingError, RequestError
from .exit_codes import MEANINGS, MISSING_REFERENCE, NOT_MEASURED, WRONG_REQUEST
from .octave.blas import NoBlas
from .octave.errors import NoOctave, OctaveDied, OctaveError
from .say import Say
from .signals import Ended, tidy

# Package -> the extra that brings it, where that is not `parity`.
_EXTRAS = {"matplotlib": "plot"}
_CODES = "\n".join(f"  {code}  {meaning}" for code, meaning in MEANINGS.items())
_EPILOG = f"""dltparity COMMAND --help shows the options of a command, and examples.
Begin with: dltparity doctor

exit codes:
{_CODES}"""
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
        Exit code, as `exit_codes` has them; 128 and more: a signal ended it.
    """
    try:
        with tidy(), contextlib.redirect_stdout(_Patient(sys.stdout)):
            argv = sys.argv[1:] if argv is None else argv
            args = parser(argv).parse_args(argv)
            args.say = Say(args.json, args.quiet)
            with args.say.redirected():
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


def parser(argv=()):
    """Make the parser of the command.

    Parameters
    ----------
    argv : sequence of str
        The arguments: only the command that they name is imported, so that one whose packages are
        missing keeps no other from starting.

    Returns
    -------
    argparse.ArgumentParser
        It sets `command`, `json` and `quiet`.
    """
    made = argparse.ArgumentParser(
        prog="dltparity",
        description="Runs DeepLearnToolbox's network in Octave and its port side by side.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action=_Version, nargs=0, help="say the version and exit")
    made.add_argument(
        "--print-completion",
        action=_Completion,
        choices=["bash", "zsh"],
        help="print the script that completes commands and options in this shell, and exit",
    )
    subparsers = made.add_subparsers(required=True, metavar="COMMAND")
    for module in _commands(argv):
        described = subparsers.add_parser(
            module.__name__.rpartition(".")[2],
            help=module.SUMMARY,
            description=module.SUMMARY,
            epilog="examples:\n" + "\n".join(f"  {each}" for each in module.EXAMPLES),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(described)
        described.add_argument(
            "--json", action="store_true", help="the result as JSON on standard output, alone"
        )
        described.add_argument(
            "--quiet", action="store_true", help="say only what is broken, and the verdict"
        )
        described.set_defaults(command=module.command)
    return made


class _Version(argparse.Action):
    def __call__(self, parser, *_):
        import dltcnn  # imports numpy, which a broken installation may lack

        print(f"dltcnn {dltcnn.__version__}")
        parser.exit()


class _Completion(argparse.Action):
    def __call__(self, parser, namespace, shell, *_):
        import shtab

        for each in _options(parser):
            if each.type is Path or each.metavar in ("PATH", "SOURCE"):
                each.complete = shtab.DIRECTORY if each.metavar == "DIR" else shtab.FILE
        print(shtab.complete(parser, shell))
        parser.exit()


def _options(parser):
    """List the options and arguments of a parser and of all its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from _options(each)


def _commands(argv):
    """Import the command that the arguments begin with; all in their order where there is none.

    Commands are the modules in `commands/` that have an `ORDER`.
    """
    names = [module.name for module in iter_modules(commands.__path__)]
    wanted = [name for name in names if name in argv[:1]] or names
    found = [import_module(f"{commands.__name__}.{name}") for name in wanted]
    if not any(hasattr(each, "ORDER") for each in found):
        return _commands(())
    return sorted((each for each in found if hasattr(each, "ORDER")), key=lambda each: each.ORDER)
