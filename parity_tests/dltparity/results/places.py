"""Which line of which file to look at."""

import ast
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import port_state
from ..original.citations import citations

_OF_M = re.compile(r"\b(\w+\.m):(\d+)")
_OF_PYTHON = re.compile(r"\((\w+\.py):(\d+)\)")


@dataclass(frozen=True)
class Place:
    """A line of a file.

    Attributes
    ----------
    path : Path
        The file.
    line : int
        Its line, from 1.
    """

    path: Path
    line: int


def of_port(wording):
    """Find the port's statement that cites a line of the original.

    Parameters
    ----------
    wording : str or None
        A text with the line, such as ``cnnbp.m:50``.

    Returns
    -------
    Place or None
        None where no line is named, or none of the port cites it.
    """
    found = _OF_M.search(wording or "")
    if not found:
        return None
    module = port_state.module_of(found[1].removesuffix(".m"))
    return _citing(found, [port_state.path_of(module)] if module else [])


def of_python(wording, files):
    """Find the statement of a user's Python file that a text names or whose citation it names.

    Parameters
    ----------
    wording : str or None
        A text with ``(name.py:12)``, or with the line of a .m file that such a statement cites.
    files : iterable of Path
        The user's files.

    Returns
    -------
    Place or None
        None where no line is named, or the file is not one of these.
    """
    python = [each for each in files if each.suffix == ".py"]
    found = _OF_PYTHON.search(wording or "")
    if found:
        named = [each for each in python if each.name == found[1]]
        return Place(named[0], int(found[2])) if named else None
    found = _OF_M.search(wording or "")
    return _citing(found, python) if found else None


def of_function(name, files):
    """Find where a Python function is defined: a `Place`, or None."""
    for path in files:
        if path.suffix != ".py":
            continue
        for line, defined in _defined(path):
            if defined == name:
                return Place(path, line)
    return None


def of_mfile(wording, files):
    """Find the line that a text names in the first of these .m files of its name."""
    found = _OF_M.search(wording or "")
    named = [each for each in files if found and each.name == found[1]]
    return Place(named[0], int(found[2])) if named else None


def _citing(found, files):
    for path in files:
        for each in _citations(path):
            if (each.file, each.line) == (found[1], int(found[2])):
                return Place(path, each.first)
    return None


@cache
def _citations(path):
    try:
        return citations(path)
    except (OSError, ValueError, SyntaxError):  # the file of a stored result may be gone
        return []


@cache
def _defined(path):
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return []
    return [(n.lineno, n.name) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]


def relative(place):
    """Name a place's file as a checkout has it.

    Parameters
    ----------
    place : Place or None
        A place.

    Returns
    -------
    str or None
        Its path below the checkout (``GITHUB_WORKSPACE``, else the working folder), with slashes;
        None where it is not in it.
    """
    if place is None:
        return None
    try:
        root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
        path = place.path.resolve()
    except (OSError, ValueError, RuntimeError):  # a stored result may name anything
        return None
    if not path.is_relative_to(root) or "site-packages" in path.parts:
        return None
    return path.relative_to(root).as_posix()
