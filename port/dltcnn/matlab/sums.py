"""MATLAB's sums, means and maxima, in Octave's order."""

import numpy as np

from .classes import floating, operand, size
from .operators import rdivide


def sum_(x, dim=None):
    """Return ``sum(x(:))``, or ``sum(x, dim)`` along the 1-based `dim`: upwards from +0."""
    x = floating(x)
    if dim is None:
        total = np.add.accumulate(x.ravel(order="F"))
        return total[-1] + x.dtype.type(0) if x.size else x.dtype.type(0)
    return _along(np.add, x, int(dim) - 1) + x.dtype.type(0)


def _along(operator, x, axis):
    """Return what an operator makes of all elements along a dimension, one after the other."""
    if x.shape == (0, 0):
        x = x.reshape(0, 1)  # in Octave sum([], 1) is 0, and prod([]) is 1
    x = _with_dimension(x, axis)
    if not x.shape[axis]:
        shape = *x.shape[:axis], 1, *x.shape[axis + 1 :]
        return np.full(shape, operator.identity, x.dtype)
    return operator.accumulate(x, axis=axis).take([-1], axis=axis)


def _with_dimension(x, axis):
    """Return `x` with dimensions of 1 after its own, up to a dimension that it is to have."""
    return x.reshape(x.shape + (1,) * (axis + 1 - x.ndim))


def mean(x, dim):
    """Return ``mean(x, dim)`` along the 1-based `dim`: its sum runs upwards from +0."""
    return rdivide(sum_(x, dim), size(x, dim))


def cumsum(x, dim):
    """Return ``cumsum(x, dim)`` along the 1-based `dim`."""
    return np.add.accumulate(floating(x), axis=dim - 1)


def prod(x):
    """Return ``prod(x)``: a number for a vector, else along the first dimension that is not 1."""
    x = np.atleast_2d(floating(x))
    found = _along(np.multiply, x, int(np.argmax(np.not_equal(x.shape, 1))))
    return found.ravel()[0] if found.size == 1 else found


def all_(x):
    """Return ``all(x(:))``."""
    return operand(x).all()


def any_(x):
    """Return ``any(x(:))``."""
    return operand(x).any()


def max_(x, dim=None):
    """Return ``[m, i] = max(x, [], dim)`` with 0-based `i`.

    Along the 1-based `dim`, else along the first dimension of another size than 1. NaN is ignored,
    the first of ties wins, and i is 0 where everything is NaN.
    """
    x = np.atleast_2d(operand(x))
    axis = dim - 1 if dim else int(np.argmax(np.not_equal(x.shape, 1)))
    x = _with_dimension(x, axis)
    if not x.size:
        shape = [min(n, 1) if k == axis else n for k, n in enumerate(x.shape)]
        return np.zeros(shape, x.dtype), np.zeros(shape)
    nan = np.isnan(x)
    top = np.where(nan, -np.inf, x).max(axis=axis, keepdims=True)
    i = np.argmax(~nan & (x == top), axis=axis, keepdims=True)
    return np.take_along_axis(x, i, axis), i


def find(x):
    """Return the 0-based places of the true elements of logical `x`: a row of a row, else a column.

    For one false element ``zeros(0, 0)``.
    """
    found = np.flatnonzero(np.ravel(x, order="F"))
    if np.size(x) == 1 and not found.size:
        return np.zeros((0, 0), found.dtype)
    *before, _ = size(x)
    return found if before == [1] else found[:, None]
