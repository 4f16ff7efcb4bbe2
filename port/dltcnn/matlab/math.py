"""Elementary functions, by the C library's that Octave calls."""

import numpy as np
from scipy.special import expit, xlogy

from .classes import DOUBLE, SINGLE, floating, operand, result_class
from .errors import MatlabError


def exp(x):
    """Return ``exp(x)`` for arguments up to 0.

    numpy's complex exp calls the C library's, as Octave does; its real one does not.
    """
    x = operand(x)
    if x.dtype == SINGLE:
        return np.ascontiguousarray(np.exp(x.astype(np.complex64)).real)
    return np.ascontiguousarray(np.exp(x.astype(np.complex128)).real)


def log(x):
    """Return ``log(x)`` for arguments of at least 0, by the C library's log."""
    x = floating(x)
    return xlogy(x.dtype.type(1), x)


def logistic(x):
    """Return ``1 ./ (1 + exp(-x))`` of double or single."""
    # scipy's expit calls the same libm exp that Octave calls; numpy's exp is another one.
    return expit(x)


def floor(x):
    """Return ``floor(x)``; of logicals double."""
    x = _number(x)
    return np.floor(x) if x.dtype.kind == "f" else x


def abs_(x):
    """Return ``abs(x)``; of logicals double, of integers saturated."""
    x = _number(x)
    if x.dtype.kind != "i":
        return np.abs(x)
    least, most = np.iinfo(x.dtype).min, np.iinfo(x.dtype).max
    return np.where(x == least, x.dtype.type(most), np.abs(x))


def sign(x):
    """Return ``sign(x)``; of logicals double."""
    return np.sign(_number(x))


def _number(x):
    x = operand(x)
    return x.astype(DOUBLE) if x.dtype.kind == "b" else x


def sqrt(x):
    """Return ``sqrt(x)``, NaN where MATLAB's is complex."""
    return np.sqrt(floating(x))


def rem(x, y):
    """Return ``rem(x, y)`` for a whole number `y`: by others Octave forgives a rounding error."""
    x, y = operand(x), operand(y)
    for each in (x, y):
        if each.dtype.kind == "b":
            kind = "bool" if each.size == 1 else "bool matrix"
            raise MatlabError(f"rem: wrong type argument '{kind}'")
    if x.dtype != y.dtype and {x.dtype.kind, y.dtype.kind} <= {*"iu"}:
        raise MatlabError(f"rem: cannot combine {x.dtype} and {y.dtype}")
    cls = result_class("rem", x, y)
    with np.errstate(all="ignore"):
        return np.fmod(x.astype(cls), y.astype(cls))


def double(x):
    """Return ``double(x)``."""
    return operand(x).astype(DOUBLE)
