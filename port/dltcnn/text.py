"""Numbers as text, as MATLAB writes them into its messages."""

import math

import numpy as np

from .classes import operand
from .errors import MatlabError


def num2str(x):
    """Return ``num2str(x)`` of a number or a row of numbers.

    Raises
    ------
    MatlabError
        If `x` has several rows.
    """
    return strings("", x)


def strings(*parts):
    """Return ``[parts]`` as text; of numbers their ``num2str``.

    Raises
    ------
    MatlabError
        If a part has several rows, in Octave's words: they do not fit beside the text.
    """
    said = ""
    for part in parts:
        rows = [part] if isinstance(part, str) else _rows(part)
        if len(rows) > 1:
            raise MatlabError(
                f"horizontal dimensions mismatch (1x{len(said)} vs {len(rows)}x{len(rows[0])})"
            )
        said += "".join(rows)
    return said


def _rows(x):
    """Return the lines of ``num2str(x)``, one for each row."""
    x = np.atleast_2d(operand(x)).astype(float)
    if not x.size:
        return []
    x = x.reshape(x.shape[0], -1, order="F")
    lines = ["".join(format(value, _format(x)) for value in line) for line in x]
    lines = [line.replace("nan", "NaN").replace("inf", "Inf") for line in lines]
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    return [line[indent:] for line in lines]


def _format(x):
    """Choose one format for all numbers: wide enough, with at least 5 digits for fractions."""
    valid = x[np.isfinite(x)]
    largest = np.abs(valid).max(initial=0)
    digits = math.floor(math.log10(largest)) if largest else 0
    if digits > 15 or (valid != np.floor(valid)).any():
        digits = min(max(digits + 5, 5), 16)
        return f"{digits + 7}.{digits}g"
    return f"{max(digits + 3, 5 if valid.size < x.size else 0)}.0f"
