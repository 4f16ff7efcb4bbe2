"""Numbers that say how many: what Octave makes of those that cannot."""

import math
import sys

import numpy as np

from .classes import operand
from .errors import MatlabError

TOO_LARGE = "out of memory or dimension too large for Octave's index type"


def int64(n):
    """Return the number that ``rand`` and ``randperm`` take `n` for; of several the first.

    Raises
    ------
    MatlabError
        If there is none, or it is neither whole nor infinite.
    """
    n = operand(n)
    if not n.size:
        raise MatlabError("octave_base_value::int64_value (): wrong type argument 'matrix'")
    n = float(n.T.flat[0])
    if not (n.is_integer() or math.isinf(n)):
        raise MatlabError(f"conversion of {n:g} to int64_t value failed")
    return n


def dimensions(sizes):
    """Return the sizes that ``zeros`` and ``ones`` take; a negative one counts as 0.

    Raises
    ------
    MatlabError
        If one is not a whole number, or the array would be too large.
    """
    sizes = np.ravel(sizes, order="F").tolist()
    for n in sizes:
        if not (math.isfinite(n) and float(n).is_integer()):  # isfinite refuses text
            raise MatlabError(f"conversion of {n:g} to octave_idx_type value failed")
    return bounded(max(int(n), 0) for n in sizes)


def bounded(sizes):
    """Return the sizes of an array of doubles, refused where no machine could hold it."""
    sizes = tuple(sizes)
    if not 8 * math.prod(sizes) <= sys.maxsize:  # NaN for zeros(0, Inf)
        raise MatlabError(TOO_LARGE)
    return tuple(map(int, sizes))
