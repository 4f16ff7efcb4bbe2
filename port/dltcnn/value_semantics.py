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
from .matlab.struct import Cell, Scalar, Struct, StructArray
from .net import CELLS, Opts

_PLAIN = (np.ndarray, Array)
_SEQUENCES = (list, tuple)
_HOLDERS = (Struct, list, tuple)
_KNOWN = (Struct, list, tuple, np.ndarray)
_NUMBERS, _NO_NUMBERS = (int, float, np.generic), (bool, Scalar)


def unshared(value, seen=None, cells=False):
    """Return `value` with structs and cell arrays of its own, and the same arrays in them.

    Parameters
    ----------
    value : object
        A struct, or what is in one.
    seen : callable, optional
        How arrays, numbers and lists of numbers are seen; by default as they are.
    cells : bool
        Whether a list is a cell array, as it is among options: ``Opts(alpha=[0.1, 0.2])``.

    Returns
    -------
    object
        The same, apart from `value` but for its arrays.
    """
    if type(value) in _PLAIN and value.dtype.kind != "O":
        return value if seen is None else seen(value)
    if isinstance(value, Struct):
        own = object.__new__(type(value))
        cells = cells or isinstance(value, Opts)
        for name, item in vars(value).items():
            vars(own)[name] = (_cells if name in CELLS else unshared)(item, seen, cells)
        return own
    if isinstance(value, Cell):
        within, own = _cells if value.depth > 1 else unshared, value.of(())
        list.extend(own, [within(item, seen, cells) for item in value])
        return own
    if isinstance(value, StructArray):
        return value.of([unshared(item, seen, cells) for item in value])
    if isinstance(value, _SEQUENCES):
        kind = list if isinstance(value, list) else tuple
        cell = cells and kind is list
        if seen is None or cell or any(isinstance(item, Struct) for item in value):
            return kind([unshared(item, seen, cells) for item in value])
        return seen(kind([unshared(item) for item in value]))
    if _is_array(value) and value.dtype.kind == "O":
        own = deepcopy(value)
        for index in np.ndindex(own.shape if seen else 0):
            own[index] = unshared(own[index], seen)
        return own
    if _is_array(value) or _is_number(value):
        return value if seen is None else seen(value)
    return deepcopy(value)


def _cells(value, seen, cells):
    """Return what stands for a cell array; an array there is written into, cell by cell."""
    return value.copy() if _is_array(value) else unshared(value, seen, cells)


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
    known = isinstance(value, _KNOWN) or _is_number(value)
    return unshared(value, as_matlab) if known else value


def as_matlab(value):
    """Return an array, a number or a list of numbers as an `Array` that remembers it.

    Nobody can write into it. What is no array of MATLAB's stays as it is: it is refused where it
    is used.
    """
    if type(value) is Array:
        return value
    if type(value) is np.ndarray:
        array = value.view(Array)
    else:
        try:
            array = operand(value).view(Array)
        except MatlabError:
            return value
    array.setflags(write=False)
    array._given = value
    return array


def left(result, arguments):
    """Return a result as a caller outside of the port gets it.

    Parameters
    ----------
    result : object
        What a ported function returns; changed in place.
    arguments : sequence
        What the caller gave.

    Returns
    -------
    object
        The result with numpy's arrays, and with what was given as it was given; copies stand for
        the arrays that `arguments` have too, or another field of the result.
    """
    shared = {id(_owner(array)) for array in _arrays(arguments)}

    def apart(value):
        if type(value) is Array:
            value = _as_numpy(value)
        if isinstance(value, np.ndarray):
            if value.dtype.kind == "O":
                for index in np.ndindex(value.shape):
                    value[index] = apart(value[index])
                return value
            if id(_owner(value)) in shared:
                return value.copy()
            shared.add(id(_owner(value)))
        elif isinstance(value, Struct):
            for name, item in vars(value).items():
                vars(value)[name] = apart(item)
        elif isinstance(value, list):
            list.__setitem__(value, slice(None), [apart(item) for item in value])
        elif isinstance(value, tuple):
            return tuple(map(apart, value))
        return value

    return apart(result)


def _as_numpy(array):
    """Return what an `Array` was made of, or else a plain array; a number as numpy's scalar."""
    if array._given is not None:
        return array._given
    return array.view(np.ndarray) if array.ndim else array.view(np.ndarray)[()]


def _arrays(value):
    """Run through the arrays in structs, cell arrays and sequences."""
    if _is_array(value):
        yield value
    elif isinstance(value, _HOLDERS):
        for item in vars(value).values() if isinstance(value, Struct) else value:
            yield from _arrays(item)


def _is_array(value):
    return isinstance(value, np.ndarray)


def _is_number(value):
    return isinstance(value, _NUMBERS) and not isinstance(value, _NO_NUMBERS)


def _owner(array):
    """Return the array that holds the memory of a view."""
    while isinstance(base := array.base, np.ndarray):
        array = base
    return array
