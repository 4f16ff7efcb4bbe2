"""MATLAB's structs, and its cell arrays of one dimension."""

from copy import deepcopy

import numpy as np

from .classes import DOUBLE, operand
from .errors import MatlabError, MissingFieldError


class Struct:
    """Fields by name, as in a MATLAB struct; reading one that nobody set is a `MatlabError`."""

    matlab_class = "struct"
    _cells = ()  # the fields that are a cell array, an empty one where nobody has filled it

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise MissingFieldError(name)

    def copy(self):
        """Return an independent copy, arrays included."""
        return deepcopy(self)

    def _shown(self):
        return {name: value for name, value in vars(self).items() if not isinstance(value, Cell)}

    def __repr__(self):
        fields = ", ".join(f"{name}={_brief(value)}" for name, value in self._shown().items())
        return f"{type(self).__name__}({fields})"


class Cell(list):
    """A cell array of one dimension: assigning to the next index makes it grow.

    Parameters
    ----------
    name : str
        The field it is kept in, for messages.
    depth : int
        2 for a cell array of cell arrays (`k`, `dk` and `p`), else 1.
    items : iterable
        Its contents.
    """

    matlab_class = "cell"
    _beyond = None  # the bound of the cell array around this one, whose end a read grew it at

    def __init__(self, name, depth=1, items=()):
        self.name = name
        self.depth = depth
        super().__init__(map(self._own, items))

    def _own(self, value):
        """Take a list as a cell array where the toolbox has one, else as an array."""
        if self.depth > 1:
            return kept(self.name, 1, value)
        return operand(value) if isinstance(value, list) and not isinstance(value, Cell) else value

    def __getitem__(self, index):
        try:
            return list.__getitem__(self, index)
        except (IndexError, TypeError):  # beyond the end, or NaN
            _check_subscript(index)
        if self.depth > 1 and index == len(self):
            self.append(Cell(self.name))
            super().__getitem__(index)._beyond = index
        elif self._beyond:
            raise _out_of_bound(self._beyond, self._beyond)
        elif not self:
            raise MissingFieldError(self.name)
        else:
            raise _out_of_bound(index, len(self))
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
            self.extend(np.zeros((0, 0)) for _ in range(index - len(self)))
            self.append(value)

    def __deepcopy__(self, memo):
        return Cell(self.name, self.depth, (deepcopy(item, memo) for item in self))


class Scalar(float):
    """A number where the toolbox has a cell array, as in ``layer.b = 0.5``.

    It is a number to all but who takes it for cells: indexing it is the error that it is in Octave.
    """

    def __getitem__(self, *_):
        raise MatlabError("scalar cannot be indexed with {")

    __setitem__ = __getitem__

    def __len__(self):
        return 1  # Octave's numel

    def __bool__(self):
        return True


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
    return value is not None and not (isinstance(value, Cell) and not value)


def rmfield(s, names):
    """Return a struct without some of its fields; a layer's cell arrays are left empty."""
    for name in names:
        vars(s).pop(name)
        if name in s._cells:
            setattr(s, name, [])
    return s


def kept(name, depth, value):
    """Return what a field keeps in place of cells: lists as a `Cell`, a number as a `Scalar`."""
    if isinstance(value, list) and not isinstance(value, Cell):
        return Cell(name, depth, value)
    number = isinstance(value, int | float) and not isinstance(value, bool | Scalar)
    return Scalar(value) if number else value


def _brief(value):
    """Show arrays by shape and class."""
    if isinstance(value, np.ndarray) and value.size > 1:
        return f"<{'x'.join(map(str, value.shape))} {value.dtype}>"
    return repr(value)


def _check_subscript(index):
    """Refuse NaN, which the range 1 : NaN runs through."""
    if index != index:
        raise MatlabError("net(nan): subscripts must be either integers 1 to (2^63)-1 or logicals")


def _out_of_bound(index, bound):
    """Return Octave's error for a cell beyond the end."""
    return MatlabError(f"net({index + 1}): out of bound {bound} (dimensions are 1x{bound})")
