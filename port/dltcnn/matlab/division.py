"""MATLAB's `/` and `^` on whole arrays, and sizes as arrays: for odd scales and kernel sizes."""

import numpy as np
from scipy.linalg import lstsq

from .classes import operand, result_class, size, unsupported
from .errors import MatlabError
from .operators import mtimes, rdivide, times, transpose

_NOTHING = ((0, 0), (1, 0))


def mpower2(x):
    """Return ``x ^ 2`` of a number or a square matrix; of an empty array ``zeros(0, 0)``."""
    if np.size(x) == 1:
        return times(x, x)
    x, exponent = operand(x), np.zeros(())  # only its class and its size count
    if x.dtype.kind in ("i", "u"):
        raise unsupported("^", x, exponent)
    if not x.size:
        return np.zeros((0, 0), result_class("^", x, exponent))
    columns, rows = transpose(x).shape
    if columns != rows:
        raise MatlabError(
            "for x^y, only square matrix arguments are permitted and one argument must be scalar."
            "  Use .^ for elementwise power."
        )
    return mtimes(x, x)


def mrdivide(a, b):
    """Return ``a / b``; for several numbers in `b` the least-squares solution of ``z * b = a``.

    That solution has LAPACK's rounding, perhaps not Octave's. It only decides whether a map size
    or a number of batches is whole, and no weight is computed from it.
    """
    a, b = operand(a), operand(b)
    cls = result_class("/", a, b)
    if b.size == 1:
        return rdivide(a, b)
    if cls.kind in ("i", "u"):
        raise unsupported("/", a, b)
    a, b = transpose(a), transpose(b)
    (columns, m), (columns_of_b, n) = a.shape, b.shape
    if columns != columns_of_b:
        raise MatlabError(
            f"operator /: nonconformant arguments (op1 is {m}x{columns}, op2 is {n}x{columns_of_b})"
        )
    if np.isnan(b).any():
        return np.full((m, n), np.nan, cls)
    if not (a.size and b.any()) or np.isinf(b).any():
        return np.zeros((m, n), cls)
    if not np.isfinite(a).all():
        return np.full((m, n), np.nan, cls)
    return lstsq(b.astype(cls), a.astype(cls), lapack_driver="gelsd")[0].T


def row(*parts):
    """Return ``[parts]`` side by side; an empty 0x0 or 1x0 part is left out."""
    if all(isinstance(part, int | float | np.number) for part in parts):
        return np.array([parts], float)
    total, *others = (np.atleast_2d(operand(part)) for part in parts)
    for part in others:
        if size(total) in _NOTHING:
            total = part
        elif size(part) not in _NOTHING:
            if (total.shape[0], *total.shape[2:]) != (part.shape[0], *part.shape[2:]):
                raise MatlabError(f"horizontal dimensions mismatch ({size(total)} vs {size(part)})")
            total = np.concatenate([total, part], axis=1)
    return total
