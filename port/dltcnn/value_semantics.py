"""MATLAB's passing by value, without copies of what no function changes.

A ported function replaces arrays and never writes into one that it was given. So it works on
structs and cell arrays of its own that hold the caller's arrays, seen as MATLAB's; those still
among its results when it returns to a caller outside the port are copied then, so that nobody's
later writes reach another net.
"""

from copy import deepcopy

import numpy as np

from .matlab.array import Array
from .matlab.classes import operand
from .matlab.errors import MatlabError
from .matlab.struct import Cell, Scalar, Struct
from .net import CELLS


def unshared(value, seen=None):
    """Return `value` with structs and cell arrays of its own, and the same arrays in them.

    Parameters
    ----------
    value : object
        A struct, or what is in one.
    seen : callable, optional
        How arrays, numbers and lists of numbers are seen; by default as they are.

    Returns
    -------
    object
        The same, apart from `value` but for its arrays.
    """
    if isinstance(value, Struct):
        own = object.__new__(type(value))
        for name, item in vars(value).items():
            vars(own)[name] = (_cells if name in CELLS else unshared)(item, seen)
        return own
    if isinstance(value, Cell):
        within = _cells if value.depth > 1 else unshared
        return Cell(value.name, value.depth, [within(item, seen) for item in value])
    if isinstance(value, list | tuple):
        kind = list if isinstance(value, list) else tuple
        if seen is None or any(isinstance(item, Struct) for item in value):
            return kind([unshared(item, seen) for item in value])
        return seen(kind([unshared(item) for item in value]))
    if _is_array(value) and value.dtype.kind == "O":
        own = deepcopy(value)
        for index in np.ndindex(own.shape if seen else 0):
            own[index] = unshared(own[index], seen)
        return own
    if _is_array(value) or _is_number(value):
        return value if seen is None else seen(value)
    return deepcopy(value)


def _cells(value, seen):
    """Return what stands for a cell array; an array there is written into, cell by cell."""
    return value.copy() if _is_array(value) else unshared(value, seen)


def entered(value):
    """Return an argument as a ported function sees it: `unshared`, its arrays MATLAB's.

    Parameters
    ----------
    value : object
        What a caller outside of the port gives.

    Returns
    -------
    object
        Structs, arrays, numbers and lists of numbers so; all else as it is.
    """
    known = isinstance(value, Struct | list | tuple) or _is_array(value) or _is_number(value)
    return unshared(value, as_matlab) if known else value


def as_matlab(value):
    """Return an array, a number or a list of numbers as an `Array` that remembers it.

    Nobody can write into it. What is no array of MATLAB's stays as it is: it is refused where it
    is used.
    """
    if type(value) is Array:
        return value
    try:
        array = value if type(value) is np.ndarray else operand(value)
    except MatlabError:
        return value
    array = array.view(Array)
    array.setflags(write=False)
    array._given = value
    return array


def left(value):
    """Return a result as the caller gets it: numpy's arrays, and what was given as it was given."""
    if type(value) is Array:
        if value._given is not None:
            return value._given
        return value.view(np.ndarray) if value.ndim else value.view(np.ndarray)[()]
    if isinstance(value, Struct):
        for name, item in vars(value).items():
            vars(value)[name] = left(item)
    elif isinstance(value, list):
        list.__setitem__(value, slice(None), map(left, value))
    elif isinstance(value, tuple):
        return tuple(map(left, value))
    elif _is_array(value) and value.dtype.kind == "O":
        for index in np.ndindex(value.shape):
            value[index] = left(value[index])
    return value


def separate(result, arguments):
    """Return `result` with copies of arrays that `arguments` have too, or another of its own."""
    shared = {id(_owner(array)) for array in _arrays(arguments)}

    def apart(value):
        if _is_array(value):
            if id(_owner(value)) in shared:
                return value.copy()
            shared.add(id(_owner(value)))
        if isinstance(value, Struct):
            for name, item in vars(value).items():
                vars(value)[name] = apart(item)
        elif isinstance(value, list):
            value[:] = map(apart, value)
        elif isinstance(value, tuple):
            return tuple(map(apart, value))
        return value

    return apart(result)


def _arrays(value):
    """Run through the arrays in structs, cell arrays and sequences."""
    if _is_array(value):
        yield value
    elif isinstance(value, Struct | list | tuple):
        for item in vars(value).values() if isinstance(value, Struct) else value:
            yield from _arrays(item)


def _is_array(value):
    return isinstance(value, np.ndarray)


def _is_number(value):
    numbers = isinstance(value, int | float | np.generic)
    return numbers and not isinstance(value, bool | Scalar)


def _owner(array):
    """Return the array that holds the memory of a view."""
    while _is_array(array.base):
        array = array.base
    return array
