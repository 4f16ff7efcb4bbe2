"""Elementary functions, by the C library's that Octave calls."""

import numpy as np
from scipy.special import expit, xlogy

from .classes import DOUBLE, SINGLE, operand


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
    x = operand(x)
    return xlogy(x.dtype.type(1), x)


def logistic(x):
    """Return ``1 ./ (1 + exp(-x))`` of double or single."""
    # scipy's expit calls the same libm exp that Octave calls; numpy's exp is another one.
    return expit(x)


def floor(x):
    """Return ``floor(x)``."""
    x = operand(x)
    return np.floor(x) if x.dtype.kind == "f" else x


def abs_(x):
    """Return ``abs(x)``."""
    return np.abs(operand(x))


def sign(x):
    """Return ``sign(x)``."""
    return np.sign(operand(x))


def sqrt(x):
    """Return ``sqrt(x)``, NaN where MATLAB's is complex."""
    return np.sqrt(x)


def rem(x, y):
    """Return ``rem(x, y)``."""
    return np.fmod(x, y)


def double(x):
    """Return ``double(x)``."""
    return operand(x).astype(DOUBLE)
