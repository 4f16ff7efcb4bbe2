"""The command line that repeats a request."""

import argparse
import shlex
import shutil
import sys
from pathlib import Path


class _Declared(argparse.ArgumentParser):
    """Keeps what is declared on it."""

    def __init__(self):
        self.declared = []
        super().__init__(add_help=False)

    def add_argument(self, *names, **options):
        self.declared.append(super().add_argument(*names, **options))
        return self.declared[-1]


def line(name, args, declare):
    """Write the command line of a request, without what is the default.

    Parameters
    ----------
    name : str
        The command.
    args : argparse.Namespace
        What was asked for.
    declare : callable
        Declares the command's arguments on a parser.

    Returns
    -------
    str
        Quoted as a shell takes it.
    """
    parser = _Declared()
    declare(parser)
    words, last = [*program(), name], []
    for each in parser.declared:
        value = getattr(args, each.dest)
        if not each.option_strings:
            last.append(str(value))
        elif value is True:
            words.append(each.option_strings[-1])
        elif value != each.default:
            for one in value if isinstance(value, list) else [value]:
                words += _option(each.option_strings[-1], str(one))
    end = ["--"] if any(each.startswith("-") for each in last) else []
    return shlex.join([*words, *end, *last])


def _option(name, value):
    """Write an option; one word where its value would be taken for another option."""
    return [f"{name}={value}"] if value.startswith("-") else [name, value]


def program():
    """Return the words that start dltparity here as it was started.

    Returns
    -------
    list of str
        ``dltparity`` where the shell finds this one; else the way to it, from the working folder
        where it is below, so that no environment has to be active.
    """
    started = Path(sys.argv[0])
    if started.parts[-2:] == ("dltparity", "__main__.py"):
        return [_from_here(sys.executable), "-m", "dltparity"]
    found = shutil.which("dltparity")
    if started.name != "dltparity" or not started.is_file():  # another program uses `main`
        return ["dltparity"]
    if found and Path(found).samefile(started):
        return ["dltparity"]
    return [_from_here(started)]


def _from_here(path):
    """Write a path as a shell takes it from here; links stay, an environment's Python is one."""
    path, here = Path(path).absolute(), Path.cwd()
    if not path.is_relative_to(here):
        return str(path)
    path = path.relative_to(here)
    return str(path) if len(path.parts) > 1 else f"./{path}"
