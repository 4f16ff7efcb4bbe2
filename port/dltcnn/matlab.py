"""MATLAB's built-ins with Octave's semantics and order of operations.

Every function gives the bits that Octave gives on the reference BLAS: sums run in Octave's order,
each product is rounded before it is added, and the class rules are MATLAB's.
"""

import math

import numpy as np

from .classes import DOUBLE, operand, result_class, saturated, size, unsupported
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
    _conform("mx_el_ne: ", a, b)
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
    (m, inner), (rows, n) = size(a), size(b)
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


def mpower2(x):
    """Return ``x ^ 2`` of one number."""
    if np.size(x) != 1:
        raise MatlabError(
            "for x^y, only square matrix arguments are permitted and one argument must be scalar."
            "  Use .^ for elementwise power."
        )
    return times(x, x)


def mrdivide(a, b):
    """Return ``a / b`` for one number `b`."""
    if np.size(b) != 1:
        raise MatlabError(f"a scale of {np.size(b)} numbers was given: expected one number")
    return rdivide(a, b)


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
    return np.add.accumulate(x, axis=dim - 1).take([-1], axis=dim - 1) + x.dtype.type(0)


def rem(x, y):
    """Return ``rem(x, y)``."""
    return np.fmod(x, y)


def sqrt(x):
    """Return ``sqrt(x)``, NaN where MATLAB's is complex."""
    return np.sqrt(x)


def max_(x, dim=None):
    """Return ``[m, i] = max(x, [], dim)`` with 0-based `i`.

    Along the 1-based `dim`, 1 or 2; else per column, or along a row. NaN is ignored, the first of
    ties wins, and i is 0 where everything is NaN.
    """
    x = operand(x)
    axis = dim - 1 if dim else 1 if size(x)[0] == 1 else 0
    x = np.atleast_2d(x)
    nan = np.isnan(x)
    top = np.where(nan, -np.inf, x).max(axis=axis, keepdims=True, initial=-np.inf)
    i = np.argmax(~nan & (x == top), axis=axis)
    m = np.take_along_axis(x, np.expand_dims(i, axis), axis).squeeze(axis)
    return (m[0], i[0]) if axis and dim is None else (m, i)


def find(x):
    """Return the 0-based indices of the true elements of a row; ``zeros(0, 0)`` for one false."""
    found = np.flatnonzero(x)
    return np.zeros((0, 0), found.dtype) if np.size(x) == 1 and not found.size else found


def flipdim(x, dim):
    """Return ``flipdim(x, dim)`` along the 1-based `dim`."""
    return x[(slice(None),) * (dim - 1) + (slice(None, None, -1),)]


def strided(z, s):
    """Return ``z(1:s:end, 1:s:end, :)``."""
    return np.ascontiguousarray(z[:: int(s), :: int(s)])


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
    a, b = operand(a), operand(b)
    cls = result_class("[;]", a, b)
    sa, sb = size(a), size(b)
    if cls.kind in "iu":
        a, b = saturated(a.astype(DOUBLE), cls), saturated(b.astype(DOUBLE), cls)
    a, b = a.reshape(sa), b.reshape(sb)
    if sa == (0, 0) or sb == (0, 0):
        return (b if sa == (0, 0) else a).astype(cls)
    if sa[1] != sb[1]:
        raise MatlabError(f"vertical dimensions mismatch ({sa} vs {sb})")
    return np.concatenate([a.astype(cls, copy=False), b.astype(cls, copy=False)])


def horzcat(a, b):
    """Return ``[a, b]`` by the rules of `vertcat`."""
    return np.ascontiguousarray(vertcat(np.transpose(a), np.transpose(b)).T)


def repmat(x, m, n):
    """Return ``repmat(x, m, n)``."""
    return np.tile(x, (m, n))


def zeros(dims):
    """Return ``zeros(dims)``; a negative dimension counts as 0."""
    return np.zeros([max(int(dim), 0) for dim in dims])


def ones(n):
    """Return ``ones(n)``, n x n."""
    if n != math.floor(n):
        raise MatlabError(f"conversion of {n:g} to octave_idx_type value failed")
    return np.ones((int(n), int(n)))


def pages(x, index):
    """Return ``x(:, :, index)`` with 0-based `index`; dimensions after the third fold into it."""
    x = operand(x)
    if x.ndim < 2:
        raise MatlabError(f"x of shape {x.shape} was given: expected images (rows, cols, N)")
    x = x.reshape((*x.shape[:2], math.prod(x.shape[2:])), order="F")
    if np.size(index) and np.max(index) >= x.shape[2]:
        raise MatlabError(
            f"x(_,_,{np.max(index) + 1}): out of bound {x.shape[2]} (dimensions are {size(x)})"
        )
    return np.take(x, index, axis=2)


def columns(y, index):
    """Return ``y(:, index)`` with 0-based `index`."""
    y = np.atleast_2d(operand(y))
    beyond = [i for i in index if i >= y.shape[1]]
    if beyond:
        raise MatlabError(
            f"y(_,{beyond[0] + 1}): out of bound {y.shape[1]} (dimensions are {size(y)})"
        )
    return y[:, index]


def colon(n):
    """Return the 0-based indices that ``1 : n`` runs through."""
    return range(math.floor(n))


def num2str(x):
    """Return ``num2str(x)`` of a number or a row of numbers."""
    x = np.atleast_1d(np.asarray(x, float))
    if np.all(x == np.floor(x)):
        return "  ".join(f"{value:.0f}" for value in x)
    largest = np.abs(x[np.isfinite(x)]).max(initial=0)
    digits = max(math.floor(math.log10(largest)) + 5, 5) if largest else 5
    text = "".join(f"{value:{digits + 7}.{digits}g}" for value in x).strip()
    return text.replace("nan", "NaN").replace("inf", "Inf")
