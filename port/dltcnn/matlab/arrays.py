"""Arrays made, joined and brought into another shape."""

import math

import numpy as np

from .classes import DOUBLE, operand, result_class, saturated, size
from .dimensions import bounded, dimensions, int64
from .errors import MatlabError

_NOTHING = ((0, 0), (1, 0))


def zeros(*dims):
    """Return ``zeros(dims)`` or ``zeros(rows, cols)``; a negative dimension counts as 0."""
    if len(dims) == 1:
        return np.zeros(dimensions(dims[0]))
    return np.zeros(bounded(max(int64(n), 0) for n in dims))


def ones(n):
    """Return ``ones(n)``, n x n; of several numbers each is a size."""
    n = operand(n)
    if 1 not in size(n) or len(size(n)) > 2:
        raise MatlabError("ones (A): use ones (size (A)) instead")
    sizes = n.ravel().tolist()
    return np.ones(dimensions(sizes * 2 if n.size == 1 else sizes or [0, 0]))


def true(rows, cols):
    """Return ``true(rows, cols)``."""
    return np.ones(bounded(max(int64(n), 0) for n in (rows, cols)), bool)


def reshape(x, *dims):
    """Return ``reshape(x, dims)``, column by column."""
    dims = tuple(int(dim) for dim in dims)
    if math.prod(dims) != x.size:
        raise MatlabError(
            f"reshape: can't reshape {size(x)} array to {'x'.join(map(str, dims))} array"
        )
    return np.ascontiguousarray(np.reshape(x, dims, order="F"))


def repmat(x, m, n):
    """Return ``repmat(x, m, n)``."""
    x = np.atleast_2d(operand(x))
    return np.tile(x, (m, n) + (1,) * (x.ndim - 2))


def vertcat(a, b):
    """Return ``[a; b]``; a 0x0 operand is left out, and integer wins over single over double."""
    return _joined(a, b, 0, "vertical")


def horzcat(a, b):
    """Return ``[a, b]`` by the rules of `vertcat`."""
    return _joined(a, b, 1, "horizontal")


def _joined(a, b, axis, word):
    """Join two operands; those of 0x1 and 1x0, where they do not fit, are left out as 0x0 is."""
    a, b = operand(a), operand(b)
    integers = [x.dtype for x in (a, b) if x.dtype.kind in "iu"]
    if integers:  # the first one's class
        a, b = (saturated(x.astype(DOUBLE), integers[0]) for x in (a, b))
    logical = a.dtype == b.dtype == bool
    cls = a.dtype if logical else result_class("", a, b)
    a, b = (x.astype(cls, copy=False).reshape(size(x)) for x in (a, b))
    for one, other in ((a, b), (b, a)):
        if one.shape == (0, 0):
            return other.copy()
    if np.delete(a.shape, axis).tolist() == np.delete(b.shape, axis).tolist():
        return np.concatenate([a, b], axis)
    left_out = [x.shape in ((0, 1), (1, 0)) for x in (a, b)]
    if all(left_out):
        return np.zeros((0, 0), cls)
    if any(left_out) and a.ndim == b.ndim:
        return (b if left_out[0] else a).copy()
    raise MatlabError(f"{word} dimensions mismatch ({size(a)} vs {size(b)})")


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


def squeeze(x):
    """Return ``squeeze(x)``: without dimensions of 1; what is left of one dimension is a column."""
    x = operand(x)
    if len(size(x)) < 3:
        return x
    kept = [n for n in x.shape if n != 1]
    return x.reshape(kept if len(kept) > 1 else (-1, 1), order="F")


def flipdim(x, dim):
    """Return ``flipdim(x, dim)`` along the 1-based `dim`; `x` where it has no such dimension."""
    if dim % 1 or dim < 1:
        raise MatlabError("flip: DIM must be a positive integer")
    x = operand(x)
    axis = int(dim) - 1 - max(2 - x.ndim, 0)  # a vector is a row
    return x[(slice(None),) * axis + (slice(None, None, -1),)] if 0 <= axis < x.ndim else x


def append(row, value):
    """Return `row` after ``row(end + 1) = value``: an empty row takes the value's class."""
    return np.append(row, value).astype(row.dtype if row.size else np.asarray(value).dtype)
