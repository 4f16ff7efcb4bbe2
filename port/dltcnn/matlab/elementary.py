"""Elementary functions and small helpers with Octave's bits, for the network with combinations."""

import numpy as np
from scipy.special import xlogy

from .classes import DOUBLE, SINGLE, operand, size
from .errors import MatlabError
from .operators import times
from .struct import Cell, Struct


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


def double(x):
    """Return ``double(x)``."""
    return operand(x).astype(DOUBLE)


def pair(value):
    """Return ``value .* [1 1]``: one number counts for rows and columns."""
    return np.ravel(times(value, (1, 1)))


def iscell(value):
    """Say whether a value is a cell array."""
    return isinstance(value, list)


def cell(count):
    """Return ``cell(1, count)``."""
    return Cell("cell", items=[np.zeros((0, 0)) for _ in range(count)])


def isfield(s, name):
    """Say whether somebody set a field of a struct; refuse what is none."""
    if not isinstance(s, Struct):
        raise TypeError(f"a {type(s).__name__} was given: expected a Net, a Layer or Opts")
    value = vars(s).get(name)
    return value is not None and not (isinstance(value, Cell) and value.absent)


def isnumeric(value):
    """Say whether a value is a number or an array of numbers."""
    return _boxed(value).dtype.kind in "iuf"


def _boxed(value):
    """Return a value as an array, of objects where it is lists of different lengths."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.asarray(value, object)


def lengths(value):
    """Return ``size(value)``, of what is no array of numbers too."""
    try:
        return size(value)
    except MatlabError:
        return size(np.asarray(value, object))


def written(x, digits=6):
    """Return ``sprintf('%.<digits>g', x)``."""
    return f"{x:.{digits}g}".replace("nan", "NaN").replace("inf", "Inf")


def classname(x):
    """Return ``class(x)``."""
    if isinstance(x, str):
        return "char"
    if isinstance(x, Cell | Struct):
        return "cell" if isinstance(x, Cell) else "struct"
    array = _boxed(x)
    name = array.dtype.name
    if not isinstance(x, np.ndarray | np.generic):
        if array.dtype.kind in "iu":
            name = "float64"  # Python's integers are MATLAB's literals
        elif array.dtype.kind == "O":
            name = type(x).__name__
    return {"float64": "double", "float32": "single", "bool": "logical"}.get(name, name)


def islogical(x):
    """Say whether a value is logical."""
    return classname(x) == "logical"


def isfloat(x):
    """Say whether a value is double or single."""
    return classname(x) in ("double", "single")


def rmfield(s, names):
    """Return a layer without some of its fields; cell arrays are left empty."""
    empty = vars(type(s)(s.type))
    for name in names:
        vars(s).pop(name)
        if name in empty:
            setattr(s, name, empty[name])
    return s


def wholes(value):
    """Say whether a value is made of whole, finite numbers of at least 1."""
    if not isnumeric(value):
        return False
    value = np.asarray(value, float)
    return bool(np.all((value == np.floor(value)) & (value >= 1) & (value < np.inf)))


def chosen(x, index, dim):
    """Return ``x(:, ..., :, index)`` with the 0-based `index` at the 1-based `dim`, the last."""
    x = operand(x)
    x = x.reshape(x.shape + (1,) * (dim - x.ndim))
    return np.take(x, index, axis=dim - 1)


def element(x, i):
    """Return element `i` (0-based, column by column), a number of the class of `x`."""
    return operand(x).ravel(order="F")[i]


def with_element(x, i, value):
    """Return a copy of `x` with element `i` (0-based, column by column) replaced."""
    x = operand(x)
    changed = x.ravel(order="F").astype(x.dtype)
    changed[i] = value
    return changed.reshape(x.shape, order="F")


def mat2str(x):
    """Return ``mat2str(x)`` of numbers, logicals or text."""
    if isinstance(x, str):
        return f'"{x}"'
    x = np.asarray(x)
    if x.dtype.kind == "b":
        texts = np.where(x, "true", "false")
    else:
        texts = np.vectorize(_as_text, otypes=[str])(x)
    if x.size == 0:
        return "[]"
    rows = [" ".join(row) for row in np.atleast_2d(texts)]
    return rows[0] if x.size == 1 else f"[{';'.join(rows)}]"


def _as_text(number):
    return f"{number:.15g}".replace("nan", "NaN").replace("inf", "Inf")
