"""Numbers as text, as MATLAB writes them into its messages."""

import math
from textwrap import dedent

import numpy as np

from .classes import operand, size
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
    line = ""
    for part in parts:
        rows = [part] if isinstance(part, str) else _rows(part)
        if len(rows) > 1:
            width = max(map(len, rows))
            raise MatlabError(
                f"horizontal dimensions mismatch (1x{len(line)} vs {len(rows)}x{width})"
            )
        line += rows.pop()
    return line


def _rows(x):
    """Return the lines of ``num2str(x)``: of a matrix one for each row, of nothing an empty one."""
    x = operand(x)
    x = x.reshape(size(x)).astype(float)
    numbers = np.moveaxis(x, 0, -1).ravel(order="F")
    form = _format(x)
    texts = [format(number, form) for number in numbers]
    count = x.shape[1] * (x.ndim - 1)  # in a line, whatever the number of pages
    lines = ["".join(texts[k : k + count]) for k in range(0, len(texts), max(count, 1))]
    lines = [line.replace("nan", "NaN").replace("inf", "Inf") for line in lines]
    return dedent("\n".join(lines)).split("\n")


def _format(x):
    """Choose one format for all numbers: wide enough, with at least 5 digits for fractions."""
    valid = np.isfinite(x)
    digits = math.floor(math.log10(np.abs(x[valid]).max(initial=1)))
    if digits > 15 or (x[valid] % 1).any():
        digits = min(digits + 5, 16)
        return f"{digits + 7}.{digits}g"
    return f"{digits + 3 if valid.all() else max(digits + 3, 5)}.0f"


def sprintf_g(x, digits=6):
    """Return ``sprintf('%.<digits>g', x)``."""
    return f"{x:.{digits}g}".replace("nan", "NaN").replace("inf", "Inf")


def mat2str(x):
    """Return ``mat2str(x)`` of numbers, logicals or text."""
    if isinstance(x, str):
        return f'"{x}"'
    x = np.asarray(x)
    x = x.reshape(size(x))
    if x.dtype.kind == "b":
        texts = np.where(x, "true", "false")
    else:
        texts = np.vectorize(_as_text, otypes=[str])(x)
    if x.size == 0:
        return "[]"
    rows = [" ".join(row) for row in texts]
    return rows[0] if x.size == 1 else f"[{';'.join(rows)}]"


def _as_text(number):
    return f"{number:.15g}".replace("nan", "NaN").replace("inf", "Inf")
