"""MATLAB's sums, means and maxima, in Octave's order."""

import numpy as np

from .classes import DOUBLE, operand, size
from .operators import rdivide


def sum_(x, dim=None):
    """Return ``sum(x(:))``, or ``sum(x, dim)`` along the 1-based `dim`: upwards from +0."""
    x = operand(x)
    if dim is None:
        cls = x.dtype if x.dtype.kind == "f" else DOUBLE
        total = np.add.accumulate(x.ravel(order="F").astype(cls))
        return total[-1] + cls.type(0) if x.size else cls.type(0)
    cls = DOUBLE if x.dtype.kind == "b" else x.dtype
    axis = int(dim) - 1
    x = x.reshape(x.shape + (1,) * (axis + 1 - x.ndim)).astype(cls, copy=False)
    if not x.shape[axis]:
        return np.zeros((*x.shape[:axis], 1, *x.shape[axis + 1 :]), cls)
    return np.add.accumulate(x, axis=axis).take([-1], axis=axis) + cls.type(0)


def mean(x, dim):
    """Return ``mean(x, dim)`` along the 1-based `dim`: its sum runs upwards from +0."""
    return rdivide(sum_(x, dim), size(x, dim))


def cumsum(x, dim):
    """Return ``cumsum(x, dim)`` along the 1-based `dim`."""
    x = operand(x)
    return np.add.accumulate(x.astype(DOUBLE) if x.dtype.kind == "b" else x, axis=dim - 1)


def prod(x):
    """Return ``prod(x(:))``: one element after the other, column by column."""
    x = operand(x)
    cls = x.dtype if x.dtype.kind == "f" else DOUBLE
    if not x.size:
        return cls.type(1)
    return np.multiply.accumulate(x.ravel(order="F").astype(cls))[-1]


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
