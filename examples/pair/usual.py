"""The usual counterparts of some of MATLAB's functions, as people write them."""

import numpy as np
from scipy.signal import lfilter


def _axis(x):
    """Return the first dimension that is not 1, along which MATLAB works."""
    return next((d for d, length in enumerate(x.shape) if length != 1), 0)


def sort(x):
    """Sort, and say where each value was."""
    axis = _axis(x)
    order = np.argsort(x, axis=axis, kind="stable")
    return np.take_along_axis(x, order, axis), order + 1.0


def cumsum(x):
    """Sum up to each value."""
    return np.cumsum(x, axis=_axis(x))


def diff(x):
    """Subtract neighbours."""
    return np.diff(x, axis=_axis(x))


def circshift(x, n):
    """Move the values round by n places."""
    return np.roll(x, int(n[0, 0]), axis=_axis(x))


def kron(a, b):
    """Multiply each value of a by b."""
    return np.kron(a, b)


def filter(b, a, x):
    """Filter with a rational transfer function."""
    return lfilter(b.ravel(), a.ravel(), x, axis=_axis(x))


def fix(x):
    """Round towards zero."""
    return np.trunc(x)


def mean(x):
    """Take the mean."""
    return x.mean(axis=_axis(x), keepdims=True)


def std(x):
    """Take the standard deviation."""
    return x.std(axis=_axis(x), keepdims=True, ddof=1) if x.size > 1 else np.zeros((1, 1))


def polyfit(x, y, n):
    """Fit a polynomial."""
    return np.polyfit(x.ravel(), y.ravel(), int(n[0, 0])).reshape(1, -1)


def conv(a, b):
    """Convolve two rows."""
    return np.convolve(a.ravel(), b.ravel()).reshape(1, -1)


def trapz(x, y):
    """Integrate by trapezoids."""
    return np.array([[np.trapezoid(y.ravel(), x.ravel())]])


def interp1(x, y, xi):
    """Interpolate linearly."""
    return np.interp(xi.ravel(), x.ravel(), y.ravel()).reshape(xi.shape)


def rounded(x):
    """Round to whole numbers."""
    return np.round(x)


def mod(x, y):
    """Take the remainder."""
    with np.errstate(all="ignore"):
        return np.mod(x, y)


def unique(x):
    """Sort the values, each once."""
    return np.unique(x).reshape(1, -1)


def histc(x, edges):
    """Count the values in each bin."""
    return np.histogram(x.ravel(), edges.ravel())[0].astype(float).reshape(1, -1)
