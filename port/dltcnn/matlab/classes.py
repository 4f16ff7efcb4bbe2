"""MATLAB's classes and sizes on numpy arrays: what an operand is, and what a result becomes."""

import numpy as np

from .errors import MatlabError

DOUBLE = np.dtype(np.float64)
SINGLE = np.dtype(np.float32)

_ARRAYS, _NUMBERS = (np.ndarray, np.generic), (np.ndarray, np.generic, int, float)


def array(x):
    """Return `x` as a C-ordered array of its own, of a class that MATLAB's arithmetic knows.

    Parameters
    ----------
    x : array_like
        Numbers or logicals; Python numbers are double.

    Returns
    -------
    numpy.ndarray
        A copy: double, single, logical or an integer class.

    Raises
    ------
    MatlabError
        If `x` is of another class (text, complex, objects, extended precision).
    """
    return np.array(operand(x), order="C")


def operand(x):
    """Return `x` as an array without a copy where it is one; errors as `array`."""
    if type(x) is np.ndarray and x.dtype in (DOUBLE, SINGLE):
        return x
    if type(x) is float or (type(x) is int and abs(x) < 2**63):
        return np.array(x, DOUBLE)
    if np.ma.is_masked(x):
        raise MatlabError("an array with masked values was given: fill them (x.filled(value))")
    if isinstance(x, str | bytes):
        raise MatlabError(f"the text {x!r} was given: expected a number or an array of numbers")
    if not isinstance(x, _ARRAYS):
        x = _listed(x)
        if x.dtype.kind in "iu":  # Python's integers are MATLAB's literals: double
            x = x.astype(DOUBLE)
    else:
        x = np.asarray(x)  # a matrix or another subclass has operators of its own
    if not x.dtype.isnative:
        x = x.astype(x.dtype.newbyteorder("="))
    if x.dtype in (DOUBLE, SINGLE) or x.dtype.kind in "biu":
        return x
    if x.dtype.kind == "O" and not x.ndim:
        raise MatlabError(_no_array(x.item()))
    raise MatlabError(
        f"an array of class {x.dtype} was given: expected double, single, logical or an integer "
        "class (convert with x.astype(float))"
    )


def _listed(x):
    """Make an array of Python's numbers and lists; an empty list is MATLAB's []."""
    try:
        x = np.asarray(x)
    except ValueError:
        raise MatlabError(
            "lists of different lengths were given: expected an array, each row as long as the next"
        ) from None
    return np.zeros((0, 0)) if x.shape == (0,) else x


def _no_array(x):
    """Say what is no array, and what makes one of it."""
    remedy = ""
    if hasattr(x, "__next__"):
        remedy = " (np.stack([*x], axis=-1) makes one of equal arrays)"
    elif hasattr(x, "toarray"):
        remedy = " (x.toarray() makes one)"
    got = "None" if x is None else f"a {type(x).__name__}"
    return f"{got} was given: expected a number or an array of numbers{remedy}"


def size(x, dim=None):
    """Return MATLAB's size of `x`: at least two numbers, without trailing ones.

    Parameters
    ----------
    x : array_like
        An array; a vector of one dimension counts as a row. Text is a row of characters.
    dim : int, optional
        The 1-based dimension that is asked for.

    Returns
    -------
    Size or int
        The dimensions, a tuple; or the one, 1 for those that `x` does not have.
    """
    if type(x) is np.ndarray:
        shape = x.shape
    elif isinstance(x, str):
        shape = (1, len(x)) if x else (0, 0)
    else:
        shape = np.shape(x if isinstance(x, _NUMBERS) else operand(x))
    if dim is not None:
        sizes = (1, *shape) if len(shape) < 2 else shape
        return sizes[dim - 1] if dim <= len(sizes) else 1
    if len(shape) < 2:
        return Size((1, *shape) if shape else (1, 1))
    while len(shape) > 2 and shape[-1] == 1:
        shape = shape[:-1]
    return Size(shape)


class Size(tuple):
    """Dimensions; reading one that is not there is the toolbox's error for its variable `sa`."""

    __slots__ = ()

    def __getitem__(self, index):
        if index >= len(self):
            raise MatlabError(
                f"sa({index + 1}): out of bound {len(self)} (dimensions are 1x{len(self)})"
            )
        return super().__getitem__(index)

    def __str__(self):
        return "x".join(map(str, self))


def size_of(value):
    """Return ``size(value)`` of any value: lists that are no array of numbers hold objects."""
    try:
        return size(value)
    except MatlabError:
        return size(np.asarray(value, object))


def floating(x):
    """Return `x` as an array of double or single: what is neither becomes double."""
    x = operand(x)
    return x if x.dtype.kind == "f" else x.astype(DOUBLE)


def result_class(symbol, a, b):
    """Return the class of an elementwise result: integer over single over double.

    Parameters
    ----------
    symbol : str
        The operator, for the message.
    a, b : numpy.ndarray
        The operands.

    Returns
    -------
    numpy.dtype
        The class of the result.

    Raises
    ------
    MatlabError
        If the operands are of two different integer classes.
    """
    if a.dtype.kind == b.dtype.kind == "f":
        return a.dtype if a.dtype == b.dtype else SINGLE
    integers = {x.dtype for x in (a, b) if x.dtype.kind in "iu"}
    if len(integers) > 1:
        raise unsupported(symbol, a, b)
    if integers:
        return integers.pop()
    return SINGLE if SINGLE in (a.dtype, b.dtype) else DOUBLE


def unsupported(symbol, a, b):
    """Return Octave's error for an operator that two classes do not have."""
    return MatlabError(
        f"binary operator '{symbol}' not implemented for "
        f"'{_type_name(a)}' by '{_type_name(b)}' operations"
    )


def saturated(x, dtype):
    """Round double `x` half away from zero and clip it into an integer class; NaN becomes 0."""
    whole = np.trunc(x)
    whole += np.copysign(np.abs(x - whole) >= 0.5, x)
    info = np.iinfo(dtype)
    with np.errstate(invalid="ignore"):  # 2 ** 63 - 1 is no double: what is above it comes after
        inside = np.nan_to_num(np.clip(whole, info.min, info.max)).astype(dtype)
    return np.where(whole >= info.max, np.array(info.max, dtype), inside)[()]


def _type_name(x):
    """Octave's name for the type of a value: it has made double of logicals by then."""
    prefix = {"float64": "", "bool": "", "float32": "float "}.get(x.dtype.name, f"{x.dtype.name} ")
    return prefix + ("scalar" if x.size == 1 else "matrix")


def isempty(value):
    """Return ``isempty(value)``."""
    return 0 in size_of(value)


def classname(x):
    """Return ``class(x)``."""
    if isinstance(x, str):
        return "char"
    if hasattr(type(x), "matlab_class"):
        return type(x).matlab_class
    array = _boxed(x)
    name = array.dtype.name
    if not isinstance(x, _ARRAYS):
        if array.dtype.kind in "iu":
            name = "float64"  # Python's integers are MATLAB's literals
        elif array.dtype.kind == "O":
            name = type(x).__name__
    return {"float64": "double", "float32": "single", "bool": "logical"}.get(name, name)


def isnumeric(value):
    """Say whether a value is a number or an array of numbers."""
    return _boxed(value).dtype.kind in "iuf"


def islogical(x):
    """Say whether a value is logical."""
    return classname(x) == "logical"


def isfloat(x):
    """Say whether a value is double or single."""
    return classname(x) in ("double", "single")


def are_whole(value):
    """Say whether a value is made of whole, finite numbers of at least 1."""
    if not isnumeric(value):
        return False
    value = np.asarray(value, float)
    return bool(np.all((value == np.floor(value)) & (value >= 1) & (value < np.inf)))


def _boxed(value):
    """Return a value as an array, of objects where it is lists of different lengths."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.asarray(value, object)
