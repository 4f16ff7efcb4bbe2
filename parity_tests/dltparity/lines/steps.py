"""What lines did in Octave and in Python -> rows."""

from dataclasses import dataclass, field
from itertools import groupby, zip_longest

import numpy as np

from ..comparison.fields import Row, compare_field

CALL = 0  # the line of an event that says: a function of the file is called
UNNAMED = "_"  # a loop variable that Python does not need
CONDITION = "if"  # the name under which a condition's outcome is kept


@dataclass(frozen=True)
class Event:
    """What one statement did.

    Attributes
    ----------
    line : int
        Its line in the .m file; of a Python statement, the line that it cites; or `CALL`.
    values : dict of str to numpy.ndarray
        What it set, path -> value: variables, fields, the loop variable of a `for`, the outcome
        of a condition; empty where it sets nothing.
    python : int or None
        The line in the Python file.
    """

    line: int
    values: dict
    python: int | None = None


@dataclass
class LineRow:
    """How one line of the original compares with the Python lines that cite it.

    Attributes
    ----------
    line : int
        Its number.
    python : set of int
        The lines in the Python file that did its work.
    steps : int
        How often it ran.
    values, different, bits : int
        Values compared, values that differ, and bits that differ in them.
    """

    line: int
    python: set = field(default_factory=set)
    steps: int = 0
    values: int = 0
    different: int = 0
    bits: int = 0


@dataclass(frozen=True)
class Divergence:
    """Where Octave and Python first differ.

    Attributes
    ----------
    line : int
        In the .m file.
    python : int or None
        In the Python file.
    step : int
        Which step of the function's run it is, from 1.
    row : Row
        The variable and its first value that differs, or what else is wrong.
    """

    line: int
    python: int | None
    step: int
    row: Row


def compare(reference, port, values=None):
    """Compare what the lines did, in order.

    Events that follow each other on one line of the original count as one step: a Python
    statement may do the work of two, and two may do the work of one.

    Parameters
    ----------
    reference, port : list of Event
        The events of each.
    values : callable, optional
        Yields a row for each value of a step that is compared, given both sides' values; by default
        every value of the reference.

    Returns
    -------
    rows : list of LineRow
        One for each line that ran, in the order of the file.
    divergence : Divergence or None
        The first difference. Where different lines run next, the comparison ends.
    """
    rows, first = {}, None
    pairs = zip_longest(_steps(reference), _steps(port))
    for number, (theirs, ours) in enumerate(pairs, 1):
        if theirs is None or ours is None or theirs.line != ours.line:
            first = first or _astray(number, theirs, ours)
            break
        if theirs.line == CALL:
            continue
        row = rows.setdefault(theirs.line, LineRow(theirs.line))
        row.steps += 1
        row.python.add(ours.python)
        for one in (values or _rows)(theirs.values, ours.values):
            row.values += one.values
            row.different += one.different
            if not one.same:
                row.bits += _bits(theirs.values.get(one.field), ours.values.get(one.field))
                first = first or Divergence(theirs.line, ours.python, number, one)
    return [rows[line] for line in sorted(rows)], first


def _steps(events):
    """Merge events that follow each other on one line; what is set last counts."""
    for line, group in groupby(events, key=lambda event: event.line):
        values, python = {}, None
        for event in group:
            values |= event.values
            python = event.python
        yield Event(line, values, python)


def _astray(number, theirs, ours):
    goes = [f"line {step.line}" if step else "its end" for step in (theirs, ours)]
    problem = f"the reference goes to {goes[0]}, the port to {goes[1]}"
    line = theirs.line if theirs else ours.line
    return Divergence(line, ours.python if ours else None, number, Row("", problem=problem))


def _rows(theirs, ours):
    """Compare one step's values; the port may have local variables of its own."""
    for path, value in theirs.items():
        mine = ours.get(path, ours.get(UNNAMED))
        if mine is not None:
            yield compare_field(path, value, mine, value.dtype)
        else:
            yield Row(path, problem="the port does not set it here")
    for path in ours.keys() - theirs.keys():
        if "." in path:
            yield Row(path, problem="the reference does not set it here")


def _bits(a, b):
    """Count the bits that differ, where class and size agree (a NaN has no bits of its own)."""
    if a is None or b is None or a.dtype != b.dtype or a.shape != b.shape:
        return 0
    both = [np.ascontiguousarray(x) for x in (a, b)]
    differ = np.bitwise_xor(*(x.view(f"u{x.dtype.itemsize}") for x in both))
    if a.dtype.kind == "f":
        differ[np.isnan(a) & np.isnan(b)] = 0
    return int(np.unpackbits(differ.view(np.uint8)).sum())
