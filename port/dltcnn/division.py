"""MATLAB's `/` and `^` on whole arrays, and sizes as arrays: for odd scales and kernel sizes."""

import numpy as np
from scipy.linalg import lstsq

from .classes import DOUBLE, operand, size, unsupported
from .errors import MatlabError
from .matlab import mtimes, rdivide, times


def mpower2(x):
    """Return ``x ^ 2`` of a number or a square matrix; of an empty array ``zeros(0, 0)``."""
    if np.size(x) == 1:
        return times(x, x)
    x = operand(x)
    if not x.size:
        return np.zeros((0, 0))
    if len(size(x)) > 2 or size(x)[0] != size(x)[1]:
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
    b = operand(b)
    if b.size == 1:
        return rdivide(a, b)
    a = operand(a)
    for x in (a, b):
        if x.dtype.kind in "iu":
            raise unsupported("/", a, b)
    sa, sb = size(a), size(b)
    if len(sa) + len(sb) > 4 or sa[1] != sb[1]:
        raise MatlabError(f"operator /: nonconformant arguments (op1 is {sa}, op2 is {sb})")
    if not b.size:
        return np.zeros((sa[0], sb[0]))
    a, b = a.reshape(sa).astype(DOUBLE), b.reshape(sb).astype(DOUBLE)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return np.full((sa[0], sb[0]), np.nan)
    return lstsq(b.T, a.T, lapack_driver="gelsd")[0].T


def row(*parts):
    """Return ``[parts]`` side by side; an empty 0x0 or 1x0 part is left out."""
    if all(isinstance(part, int | float | np.number) for part in parts):
        return np.array([parts], float)
    total = np.zeros((0, 0))
    for part in (np.atleast_2d(operand(part)) for part in parts):
        if size(total) in ((0, 0), (1, 0)):
            total = part
        elif size(part) not in ((0, 0), (1, 0)):
            if total.shape[0] != part.shape[0]:
                raise MatlabError(f"horizontal dimensions mismatch ({size(total)} vs {size(part)})")
            total = np.concatenate([total, part], axis=1)
    return total
