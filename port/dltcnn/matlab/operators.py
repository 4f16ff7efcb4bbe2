"""MATLAB's operators with Octave's classes, sizes and order of operations.

Sums of products run in the reference BLAS's order, and each product is rounded before it is added.
"""

import math

import numpy as np
from scipy.linalg import lstsq

from .classes import DOUBLE, SINGLE, operand, result_class, saturated, size, unsupported
from .errors import MatlabError


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


def eq(a, b):
    """Return ``a == b`` (logical)."""
    return _compared(np.equal, "eq", a, b)


def ne(a, b):
    """Return ``a ~= b`` (logical)."""
    return _compared(np.not_equal, "ne", a, b)


def lt(a, b):
    """Return ``a < b`` (logical)."""
    return _compared(np.less, "lt", a, b)


def le(a, b):
    """Return ``a <= b`` (logical)."""
    return _compared(np.less_equal, "le", a, b)


def gt(a, b):
    """Return ``a > b`` (logical)."""
    return _compared(np.greater, "gt", a, b)


def ge(a, b):
    """Return ``a >= b`` (logical)."""
    return _compared(np.greater_equal, "ge", a, b)


def and_(a, b):
    """Return ``a & b`` of logicals."""
    return _compared(np.logical_and, "and", *(_logical("&", x) for x in (a, b)))


def not_(x):
    """Return ``~x`` of logicals."""
    return ~_logical("~", x)


def _logical(symbol, x):
    """Refuse what is not logical: the numbers that Octave would take are compared with 0 here."""
    x = operand(x)
    if x.dtype.kind != "b":
        raise MatlabError(f"{symbol} was given an array of class {x.dtype}: expected logical")
    return x


def _compared(ufunc, name, a, b):
    """Compare two operands with MATLAB's broadcasting; single and double as single."""
    a, b = _conform(f"mx_el_{name}: ", operand(a), operand(b))
    if SINGLE in (a.dtype, b.dtype) and a.dtype.kind == b.dtype.kind:
        a, b = a.astype(SINGLE, copy=False), b.astype(SINGLE, copy=False)
    return ufunc(a, b)


def _elementwise(ufunc, symbol, name, a, b):
    """Apply an elementwise operator with MATLAB's classes and broadcasting."""
    a, b = operand(a), operand(b)
    if a.dtype is b.dtype and a.dtype.kind == "f" and (a.shape == b.shape or not a.ndim * b.ndim):
        return ufunc(a, b)  # a short way to the same
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


def transpose(x):
    """Return ``x'`` as a product takes it, with all dimensions after the first folded."""
    x = operand(x)
    return x.reshape(_folded(x), order="F").T


def _folded(x):
    """Return the rows of `x` and its columns, which all dimensions after the first fold into."""
    rows, *rest = size(x)
    return rows, math.prod(rest)


def istrue(x):
    """Whether ``if x`` goes into its body: where `x` has elements and all are true."""
    return bool(np.size(x) and np.all(x))
