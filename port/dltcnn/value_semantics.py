"""MATLAB's passing by value, without copies of what no function changes.

A ported function replaces arrays and never writes into one that it was given. So it works on
structs and cell arrays of its own that hold the caller's arrays, seen as MATLAB's; those still
among its results when it returns to a caller outside the port are copied then, so that nobody's
later writes reach another net.
"""

from copy import deepcopy

import numpy as np

from .fields import CELLS, FIELDS
from .matlab.array import Array, of, plain
from .matlab.classes import operand
from .matlab.errors import MatlabError
from .matlab.struct import Cell, Scalar, Struct, StructArray
from .net import Opts

_PLAIN = (np.ndarray, Array)
_SEQUENCES = (list, tuple)
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
            part = (_cells if name in CELLS else unshared)(item, seen, cells)
            if seen and name in CELLS and _is_array(item) and FIELDS[name].kind == "number":
                part = of(part) if type(seen(item)) is Array else part  # MATLAB's numbers
            vars(own)[name] = part
        return own
    if isinstance(value, Cell):
        within, own = _cells if value.depth > 1 else unshared, value.of(())
        stay = seen is None and value.depth == 1  # most cells: arrays that nobody writes into
        list.extend(
            own,
            [item if stay and type(item) is Array else within(item, seen, cells) for item in value],
        )
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


def unshared_copy(net):
    """Return a copy of a net, its layers apart from each other even where they are one object."""
    doors = Doors()
    return doors.leave(doors.enter_plain(net))


class Doors:
    """The way in and out of a ported function, for one call from outside of the port."""

    def __init__(self):
        self._owners = set()  # of the memory of all arrays that are somebody's already

    def enter(self, value):
        """Return an argument as a ported function sees it: `unshared`, its arrays MATLAB's.

        Parameters
        ----------
        value : object
            What the caller gives.

        Returns
        -------
        object
            Structs, arrays, numbers and lists of numbers so; all else as it is.
        """
        known = isinstance(value, _KNOWN) or _is_number(value)
        return unshared(value, self._seen) if known else value

    def enter_plain(self, value):
        """As `enter`, for a function that works on numpy's own arrays."""
        return unshared(value, self._noted) if isinstance(value, Struct) else self._noted(value)

    def _seen(self, value):
        return as_matlab(self._noted(value))

    def _noted(self, value):
        self._note(value)
        return value

    def _note(self, value):
        """Remember whose the memory of an argument is."""
        if isinstance(value, np.ndarray):
            self._owners.add(id(_owner(value)))
        elif isinstance(value, _SEQUENCES):
            for item in value:
                self._note(item)

    def leave(self, value):
        """Return a result as the caller gets it.

        Parameters
        ----------
        value : object
            What the ported function returns; changed in place.

        Returns
        -------
        object
            The result with numpy's arrays, and with what was given as it was given; copies stand
            for arrays that the arguments have too, or another field of the result.
        """
        if type(value) is Array:
            given = value._given
            if given is None:
                return self._apart(value.view(np.ndarray) if value.ndim else plain(value)[()])
            return given.copy() if type(given) is np.ndarray else self.leave(given)
        if isinstance(value, np.ndarray):
            return self._apart(value)
        if isinstance(value, Struct):
            for name, item in vars(value).items():
                vars(value)[name] = self.leave(item)
        elif isinstance(value, list):
            list.__setitem__(value, slice(None), [self.leave(item) for item in value])
        elif isinstance(value, tuple):
            return tuple(map(self.leave, value))
        return value

    def _apart(self, value):
        """Return an array, or a copy of it where its memory is somebody's already."""
        if not isinstance(value, np.ndarray):
            return value
        if value.dtype.kind == "O":
            for index in np.ndindex(value.shape):
                value[index] = self.leave(value[index])
            return value
        owner = id(_owner(value))
        if owner in self._owners:
            return value.copy()
        self._owners.add(owner)
        return value


def _is_array(value):
    return isinstance(value, np.ndarray)


def _is_number(value):
    return isinstance(value, _NUMBERS) and not isinstance(value, _NO_NUMBERS)


def _owner(array):
    """Return the array that holds the memory of a view."""
    while isinstance(base := array.base, np.ndarray):
        array = base
    return array
