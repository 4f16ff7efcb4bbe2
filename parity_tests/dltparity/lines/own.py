"""Line by line, a user's own function: what both sides name alike is compared."""

import inspect
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..comparison.fields import compare_field
from ..original.citations import citations
from . import steps
from .steps import CALL


@dataclass(frozen=True)
class Source:
    """Where a Python function is written, and which lines of a .m file it cites.

    Attributes
    ----------
    path : Path
        The Python file.
    file : str
        Name of the .m file.
    lines : frozenset of int
        The lines there.
    """

    path: Path
    file: str
    lines: frozenset


def source(function, file):
    """Find the lines that a Python function's file cites.

    Parameters
    ----------
    function : callable
        The function.
    file : str
        Name of the .m file, such as ``cnnff.m``.

    Returns
    -------
    Source or None
        None where its source is not at hand, or cites no line of that file.
    """
    try:
        path = Path(inspect.getsourcefile(inspect.unwrap(function)))
        lines = frozenset(each.line for each in citations(path) if each.file == file)
    except (TypeError, OSError, SyntaxError, UnicodeDecodeError):
        return None
    return Source(path, file, lines) if lines else None


def compare(reference, port, cited):
    """Compare what the cited lines did.

    Parameters
    ----------
    reference, port : list of steps.Event
        The events of each.
    cited : Source
        Which lines are compared.

    Returns
    -------
    count : int
        How many values were compared.
    first : str
        Where they first differ, in one sentence; empty where they do not.
    """
    sides = [[e for e in side if e.line in cited.lines - {CALL}] for side in (reference, port)]
    rows, divergence = steps.compare(*sides, values=_alike)
    return sum(row.values for row in rows), _wording(divergence, cited) if divergence else ""


def _wording(divergence, cited):
    place = f"{cited.file}:{divergence.line}"
    if divergence.python:
        place += f" ({cited.path.name}:{divergence.python})"
    row = divergence.row
    if row.problem:
        return f"{place}: {f'{row.field}: ' if row.field else ''}{row.problem}"
    index = ", ".join(map(str, row.index))
    return f"{place}: {row.field}({index}) is {row.reference} in Octave, {row.port} in Python"


def _alike(theirs, ours):
    """Compare what both sides name: Python has names of its own, and vectors without a direction.

    Its indices count from 0: whole numbers of a variable that are all one off are no difference.
    """
    for path, value in theirs.items():
        if path in ours:
            mine = ours[path]
            if mine.shape != value.shape and _vector(mine) and mine.size == value.size:
                mine = mine.reshape(value.shape)
            yield compare_field(path, value, value if _one_off(path, mine, value) else mine)


def _vector(array):
    return array.ndim == 2 and 1 in array.shape


def _one_off(path, mine, value):
    if "." in path or mine.shape != value.shape or not mine.size or mine.dtype.kind not in "iuf":
        return False
    off = mine.astype(float) - value.astype(float)
    return bool(np.isin(off.flat[0], (-1, 1)) and (off == off.flat[0]).all() and _whole(value))


def _whole(value):
    return bool((value == np.floor(value)).all())
