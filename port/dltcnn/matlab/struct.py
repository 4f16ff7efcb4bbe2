"""MATLAB's structs, arrays of structs, and cell arrays, whose cells are counted one by one."""

import math
from copy import deepcopy
from typing import Any, Self

import numpy as np

from .classes import DOUBLE, operand
from .errors import MatlabError, MissingFieldError
from .same import same_array
from .scalar import Scalar


class Struct:
    """Fields by name, as in a MATLAB struct; reading one that nobody set is a `MatlabError`.

    Two are equal where MATLAB has no way to tell them apart: the same fields, in any order, of the
    same class, size and bits; NaN is equal to NaN.
    """

    matlab_class = "struct"
    _cells = ()  # the fields that are a cell array, an empty one where nobody has filled it

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise MissingFieldError(name)

    def copy(self) -> Self:
        """Return an independent copy, arrays included."""
        return deepcopy(self)

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, Struct) else NotImplemented

    __hash__ = None

    def __repr__(self) -> str:
        fields = ", ".join(
            f"{name}={_brief(value)}"
            for name, value in vars(self).items()
            if name == "layers" or not isinstance(value, Cell)
        )
        return f"{type(self).__name__}({fields})"


class StructArray(list):
    """An array of structs that is not 1x1, from a file: a list of `Struct` in MATLAB's order.

    Parameters
    ----------
    names : iterable of str
        The fields that each has; they are there where there is no struct, too.
    dims : tuple of int
        Rows, columns, ...
    items : iterable of Struct
        The structs, column by column.
    """

    def __init__(self, names, dims, items=()):
        self.names = tuple(names)
        self.dims = dims
        super().__init__(items)

    def of(self, items):
        """Return an array of the same form with other structs."""
        return StructArray(self.names, self.dims, items)

    def __deepcopy__(self, memo):
        return self.of(deepcopy(item, memo) for item in self)


class Cell(list):
    """A cell array, its cells in MATLAB's order: assigning to the next index makes it grow.

    Parameters
    ----------
    name : str
        The field it is kept in, for messages.
    depth : int
        2 for a cell array of cell arrays (`k`, `dk` and `p`), else 1.
    items : iterable
        Its contents.
    dims : tuple of int, optional
        Rows, columns, ...; by default it is a row.
    joined : bool
        Whether it came as one cell array ``k{i, j}``, and goes back as one.

    Notes
    -----
    Two are equal where their cells and dimensions are, as `Struct` says.
    """

    matlab_class = "cell"
    _beyond = None  # the bound of the cell array around this one, whose end a read grew it at

    def __init__(self, name, depth=1, items=(), dims=None, joined=False):
        self.name = name
        self.depth = depth
        self._dims = dims
        self.joined = joined
        super().__init__(map(self._own, items))

    @property
    def dims(self):
        """Rows, columns, ...: as they were given, or as Octave has them once it has grown.

        No `shape`, which ``np.shape`` would take for that of an array of the contents.
        """
        given, count = self._dims, len(self)
        if given is None:
            return (1, count) if count else (0, 0)
        if math.prod(given) == count:
            return given
        return (count, 1) if _is_column(given) else (1, count)

    @property
    def absent(self):
        """Whether it stands for a field that nobody set."""
        return not self and self._dims is None

    def of(self, items):
        """Return a cell array of the same form with other contents."""
        return Cell(self.name, self.depth, items, self._dims, self.joined)

    def _own(self, value):
        """Take a list as a cell array where the toolbox has one, else as an array."""
        if self.depth > 1:
            return kept(self.name, 1, value)
        return operand(value) if _is_plain_list(value) else value

    def __getitem__(self, index):
        try:
            return list.__getitem__(self, index)
        except (IndexError, TypeError):  # beyond the end, or NaN
            _check_subscript(index)
        if self.depth > 1 and index == len(self):
            self.append(Cell(self.name))
            super().__getitem__(index)._beyond = index
        elif self._beyond:
            raise _out_of_bound(self._beyond, (1, self._beyond))
        elif self.absent:
            raise MissingFieldError(self.name)
        else:
            raise _out_of_bound(index, self.dims)
        return super().__getitem__(index)

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            super().__setitem__(index, map(self._own, value))
            return
        value = self._own(value)
        if index < len(self):
            super().__setitem__(index, value)
        else:
            _check_subscript(index)
            self._check_growth()
            self.extend(np.zeros((0, 0)) for _ in range(index - len(self)))
            self.append(value)

    def _check_growth(self):
        """Refuse to grow what is neither empty nor a row nor a column, as Octave does."""
        dims = self.dims
        if len(dims) > 2 or (dims[0] > 1 and dims[1] != 1):
            raise MatlabError(
                "Invalid resizing operation or ambiguous assignment to an out-of-bounds array "
                "element"
            )

    def __eq__(self, other):
        if isinstance(other, list) and not isinstance(other, Cell | StructArray):
            other = Cell(self.name, self.depth, other)
        return same(self, other) if isinstance(other, Cell) else NotImplemented

    __ne__ = object.__ne__  # by that, and not a list's
    __hash__ = None

    def __deepcopy__(self, memo):
        return self.of(deepcopy(item, memo) for item in self)


def cell(count):
    """Return ``cell(1, count)``."""
    return Cell("cell", items=[np.zeros((0, 0)) for _ in range(count)])


def iscell(value):
    """Say whether a value is a cell array."""
    return isinstance(value, list)


def numel(x):
    """Return ``numel(x)``, double; a cell array that nobody filled is a missing field."""
    if not isinstance(x, Cell):
        return DOUBLE.type(np.size(x))
    if not x:
        raise MissingFieldError(x.name)
    return DOUBLE.type(len(x))


def isfield(s, name):
    """Say whether somebody set a field of a struct; refuse what is none."""
    if not isinstance(s, Struct):
        raise TypeError(f"a {type(s).__name__} was given: expected a Net, a Layer or Opts")
    value = vars(s).get(name)
    return value is not None and not (isinstance(value, Cell) and value.absent)


def rmfield(s, names):
    """Return a struct without some of its fields; a layer's cell arrays are left empty."""
    for name in names:
        vars(s).pop(name)
        if name in s._cells:
            setattr(s, name, [])
    return s


def kept(name, depth, value):
    """Return what a field keeps in place of cells: lists as a `Cell`, a number as a `Scalar`."""
    if _is_plain_list(value):
        return Cell(name, depth, value)
    number = isinstance(value, int | float) and not isinstance(value, bool | Scalar)
    return Scalar(value) if number else value


def same(a, b):
    """Say whether two values are the same to MATLAB: class, size and bits; NaN is NaN.

    Parameters
    ----------
    a, b : object
        Structs, cell arrays, text, numbers, arrays; whatever else is compared as Python does.

    Returns
    -------
    bool
        Whether they are.
    """
    a, b = _listed(a), _listed(b)
    for kind in (Struct, Cell, StructArray):
        if isinstance(a, kind) or isinstance(b, kind):
            return isinstance(a, kind) and isinstance(b, kind) and _same_parts(a, b)
    return same_array(a, b)


def _listed(value):
    """Return a list as MATLAB has it: a net's layers are a column of cells, numbers an array."""
    if not isinstance(value, list | tuple) or isinstance(value, Cell | StructArray):
        return value
    if any(isinstance(item, Struct) for item in value):
        return Cell("layers", items=value, dims=(len(value), 1))
    try:
        return operand(value)
    except MatlabError:
        return value


def _same_parts(a, b):
    if isinstance(a, Struct):
        a, b = _fields(a), _fields(b)
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a)
    names = isinstance(a, Cell) or {*a.names} == {*b.names}
    return names and a.dims == b.dims and all(map(same, a, b))


def _fields(struct):
    """Return the fields that somebody set."""
    return {
        name: value
        for name, value in vars(struct).items()
        if not (isinstance(value, Cell) and value.absent)
    }


def _is_plain_list(value):
    return isinstance(value, list) and not isinstance(value, Cell | StructArray)


def _is_column(dims):
    return len(dims) == 2 and dims[0] > 1 and dims[1] == 1


def _brief(value):
    """Show arrays by shape and class."""
    if isinstance(value, np.ndarray) and value.size > 1:
        return f"<{'x'.join(map(str, value.shape))} {value.dtype}>"
    return repr(value)


def _check_subscript(index):
    """Refuse NaN, which the range 1 : NaN runs through."""
    if index != index:
        raise MatlabError("net(nan): subscripts must be either integers 1 to (2^63)-1 or logicals")


def _out_of_bound(index, dims):
    """Return Octave's error for a cell beyond the end."""
    bound, sizes = math.prod(dims), "x".join(map(str, dims))
    return MatlabError(f"net({index + 1}): out of bound {bound} (dimensions are {sizes})")
