"""MATLAB's built-ins with Octave's semantics and order of operations.

Every function gives the bits that Octave gives on the reference BLAS: sums run in Octave's order,
each product is rounded before it is added, and the class rules are MATLAB's.
"""

import math

import numpy as np

from .classes import DOUBLE, operand, result_class, saturated, size, unsupported
from .dimensions import bounded, dimensions, int64
from .errors import MatlabError, MissingFieldError


def plus(a, b):
    """Return ``a + b``."""
    return _elementwise(np.add, "+", "operator +", a, b)


def minus(a, b):
    """Return ``a - b``."""
    return _elementwise(np.subtract, "-", "operator -", a, b)


def times(a, b):
    """Return ``a .* b``."""
    return _elementwise(np.multiply, ".*", "product", a, b)


def rdivide(a, b):
    """Return ``a ./ b``."""
    return _elementwise(np.divide, "./", "quotient", a, b)


def ne(a, b):
    """Return ``a ~= b`` (logical)."""
    a, b = operand(a), operand(b)
    a, b = _conform("mx_el_ne: ", a, b)
    return a != b


def _elementwise(ufunc, symbol, name, a, b):
    """Apply an elementwise operator with MATLAB's classes and broadcasting."""
    a, b = operand(a), operand(b)
    cls = result_class(symbol, a, b)
    a, b = _conform(f"{name}: ", a, b)
    if cls.kind in "iu":
        return saturated(ufunc(a.astype(DOUBLE), b.astype(DOUBLE)), cls)
    return ufunc(a.astype(cls, copy=False), b.astype(cls, copy=False))


def _conform(prefix, a, b):
    """Check the sizes, and align the dimensions at the first one as MATLAB does."""
    if a.shape == b.shape or not (a.ndim and b.ndim):
        return a, b
    sa, sb = size(a), size(b)
    if any(p != q and 1 not in (p, q) for p, q in zip(sa, sb, strict=False)):
        raise MatlabError(f"{prefix}nonconformant arguments (op1 is {sa}, op2 is {sb})")
    ndim = max(len(sa), len(sb), a.ndim, b.ndim)
    return a.reshape(sa + (1,) * (ndim - len(sa))), b.reshape(sb + (1,) * (ndim - len(sb)))


def mtimes(a, b):
    """Return ``a * b``: the sum over the inner dimension runs upwards from +0.

    A 1x1 operand makes it elementwise, and then -0 survives.
    """
    a, b = operand(a), operand(b)
    if 1 in (a.size, b.size):
        return _elementwise(np.multiply, "*", "product", a, b)
    if "i" in (kinds := a.dtype.kind + b.dtype.kind) or "u" in kinds:
        raise unsupported("*", *(x.astype(DOUBLE) if x.dtype.kind == "b" else x for x in (a, b)))
    (m, inner), (rows, n) = _folded(a), _folded(b)
    a, b = a.reshape((m, inner), order="F"), b.reshape((rows, n), order="F")
    if inner != rows:
        raise MatlabError(
            f"operator *: nonconformant arguments (op1 is {m}x{inner}, op2 is {rows}x{n})"
        )
    cls = result_class("*", a, b)
    columns = np.ascontiguousarray(a.T, dtype=cls)
    rows_of_b = np.ascontiguousarray(b, dtype=cls)
    total, product = np.zeros((m, n), cls), np.empty((m, n), cls)
    for column, row in zip(columns, rows_of_b, strict=True):
        np.multiply(column[:, None], row, out=product)
        total += product
    return total


def sum_(x):
    """Return ``sum(x(:))``: one element after the other, column by column, from +0."""
    x = operand(x)
    cls = x.dtype if x.dtype.kind == "f" else DOUBLE
    if not x.size:
        return cls.type(0)
    return np.add.accumulate(x.ravel(order="F").astype(cls))[-1] + cls.type(0)


def mean(x, dim):
    """Return ``mean(x, dim)``: the sum along the 1-based `dim` runs upwards from +0."""
    return rdivide(sums(x, dim), size(x, dim))


def sums(x, dim):
    """Return ``sum(x, dim)``: the sum along the 1-based `dim` runs upwards from +0."""
    x = operand(x)
    x = x.astype(DOUBLE) if x.dtype.kind == "b" else x
    if not x.shape[dim - 1]:
        return np.zeros((*x.shape[: dim - 1], 1, *x.shape[dim:]), x.dtype)
    return np.add.accumulate(x, axis=dim - 1).take([-1], axis=dim - 1) + x.dtype.type(0)


def _folded(x):
    """Return the rows of `x` and its columns, which all dimensions after the first fold into."""
    rows, *rest = size(x)
    return rows, math.prod(rest)


def transpose(x):
    """Return ``x'`` as a product takes it, with all dimensions after the first folded."""
    x = operand(x)
    return x.reshape(_folded(x), order="F").T


def istrue(x):
    """Whether ``if x`` goes into its body: where `x` has elements and all are true."""
    return bool(np.size(x) and np.all(x))


def rem(x, y):
    """Return ``rem(x, y)``."""
    return np.fmod(x, y)


def sqrt(x):
    """Return ``sqrt(x)``, NaN where MATLAB's is complex."""
    return np.sqrt(x)


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


def flipdim(x, dim):
    """Return ``flipdim(x, dim)`` along the 1-based `dim`."""
    return np.flip(x, dim - 1)


def numel(cells):
    """Return ``numel(cells)`` of a cell array; one that nobody filled is a missing field."""
    if not cells:
        raise MissingFieldError(cells.name)
    return len(cells)


def append(row, value):
    """Return `row` after ``row(end + 1) = value``: an empty row takes the value's class."""
    return np.append(row, value).astype(row.dtype if row.size else np.asarray(value).dtype)


def reshape(x, *dims):
    """Return ``reshape(x, dims)``, column by column."""
    dims = tuple(int(dim) for dim in dims)
    if math.prod(dims) != x.size:
        raise MatlabError(
            f"reshape: can't reshape {size(x)} array to {'x'.join(map(str, dims))} array"
        )
    return np.ascontiguousarray(np.reshape(x, dims, order="F"))


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
    cls = result_class("", a, b)
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


def repmat(x, m, n):
    """Return ``repmat(x, m, n)``."""
    x = np.atleast_2d(operand(x))
    return np.tile(x, (m, n) + (1,) * (x.ndim - 2))


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
