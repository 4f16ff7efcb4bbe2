"""MATLAB's passing by value, without copies of what no function changes.

A ported function replaces arrays and never writes into one. So it works on structs and cell arrays
of its own that hold the caller's arrays; those still among its results when it returns to a
caller outside the port are copied then, so that nobody's later writes reach another net.
"""

from copy import deepcopy

import numpy as np

from .matlab.struct import Cell, Struct, StructArray
from .net import CELLS


def unshared(value):
    """Return `value` with structs and cell arrays of its own, and the same arrays in them."""
    if isinstance(value, Struct):
        own = object.__new__(type(value))
        for name, item in vars(value).items():
            vars(own)[name] = (_cells if name in CELLS else unshared)(item)
        return own
    if isinstance(value, Cell):
        return value.of(map(_cells if value.depth > 1 else unshared, value))
    if isinstance(value, StructArray):
        return value.of(map(unshared, value))
    if isinstance(value, list):
        return [unshared(item) for item in value]
    if isinstance(value, tuple):
        return tuple(unshared(item) for item in value)
    if _is_array(value) and value.dtype != object:
        return value
    return deepcopy(value)


def _cells(value):
    """Return what stands for a cell array; an array there is written into, cell by cell."""
    return value.copy() if _is_array(value) else unshared(value)


def _is_array(value):
    return isinstance(value, np.ndarray)


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


def _owner(array):
    """Return the array that holds the memory of a view."""
    while _is_array(array.base):
        array = array.base
    return array
