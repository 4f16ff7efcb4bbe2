"""A struct from a file as a `Net`."""

import numpy as np

from ..described import described
from ..fields import CELLS
from ..matlab.struct import Cell, Struct, StructArray
from ..net import Layer, Net

# Fields that are numbers, not arrays: of a net or layer, and the items of cells.
_NUMBERS = {"L", "lam", "mu", "sigma", "trainable", "shared"}
_WHOLE_NUMBERS = {"outputmaps", "kernelsize", "scale", "channels", "units"}
_CELLS_OF_NUMBERS = {"b", "db", "beta", "dbeta"}
_KERNELS = {"k", "dk"}  # what other programs have as one cell array k{i, j}


def net_of(struct, path):
    """Make a net of a struct with layers.

    Parameters
    ----------
    struct : Struct
        From a file; its values become the net's.
    path : str
        The way to it, for messages.

    Returns
    -------
    Net
        With every field of the struct.

    Raises
    ------
    ValueError
        If its layers are no layers: where, and what is there.
    """
    fields = dict(vars(struct))
    cells = fields["layers"]
    if not isinstance(cells, Cell):
        hint = ""
        if isinstance(cells, Struct | StructArray):
            hint = f": make one of it with {path}.layers = num2cell({path}.layers)"
        raise ValueError(
            f"{path}.layers is {described(cells)}, and not a cell array of structs{hint}"
        )
    layers = [_layer(item, f"{path}.layers{{{n}}}") for n, item in enumerate(cells, 1)]
    net = object.__new__(Net)
    for name, value in fields.items():
        vars(net)[name] = _field(name, value)
    is_column = cells.dims == (len(layers), 1)
    vars(net)["layers"] = layers if is_column else Cell("layers", items=layers, dims=cells.dims)
    if np.ndim(vars(net).get("rL")) == 2 and np.shape(net.rL)[0] == 1:
        vars(net)["rL"] = np.ravel(net.rL)
    return net


def _layer(struct, path):
    if not isinstance(struct, Struct):
        raise ValueError(
            f"{path} is {described(struct)}, and not a struct: its net has no cell array of structs"
        )
    fields = vars(struct)
    if "type" not in fields:
        raise ValueError(f"{path} has no field type: it is {described(struct)}")
    if not isinstance(fields["type"], str):
        raise ValueError(
            f"{path}.type is {described(fields['type'])}: expected text, such as 'c'; in MATLAB, "
            f"{path}.type = char({path}.type)"
        )
    layer = object.__new__(Layer)
    for name, value in fields.items():
        vars(layer)[name] = _cells(name, value, path) if name in CELLS else _field(name, value)
    for name in CELLS:
        if name not in fields:
            vars(layer)[name] = Cell(name, CELLS[name])
    return layer


def _field(name, value):
    """Return one number as a number where the functions count or measure with it."""
    if isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in "biuf":
        number = value.flat[0]
        if name in _WHOLE_NUMBERS:
            return _whole(number)
        if name in _NUMBERS:
            return number
    return value


def _whole(number):
    """Return a double that is a whole number as an int, as `Layer` has it; others as they are."""
    exact = type(number) is np.float64 and abs(number) <= 2**53 and number == np.floor(number)
    return int(number) if exact and not (number == 0 and np.signbit(number)) else number


def _cells(name, value, path):
    """Return a layer's cell array; an array in its place, as it is there."""
    if not isinstance(value, Cell):
        return value
    if name in _KERNELS and _is_joined(value):
        return _rows(name, value, path)
    items = [_item(name, item) for item in value]
    if CELLS[name] == 2:
        items = [
            Cell(name, items=[_item(name, kernel) for kernel in item], dims=item.dims)
            if isinstance(item, Cell)
            else item
            for item in items
        ]
    return Cell(name, CELLS[name], items, value.dims)


def _item(name, value):
    number = isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in "biuf"
    return value.flat[0] if number and name in _CELLS_OF_NUMBERS else value


def _is_joined(cell):
    """Say whether a cell array holds the kernels themselves, and not cell arrays of kernels."""
    arrays = [item for item in cell if isinstance(item, np.ndarray)]
    return len(arrays) == len(cell) and any(array.size for array in arrays)


def _rows(name, cell, path):
    """Make k{i}{j} of a cell array k{i, j}, which it becomes again on saving."""
    if len(cell.dims) > 2:
        raise ValueError(
            f"{path}.{name} is {described(cell)} of kernels: expected {name}{{i}}{{j}}, a cell "
            "array of cell arrays, or one of two dimensions"
        )
    rows = cell.dims[0]
    items = [Cell(name, items=list(cell)[row::rows]) for row in range(rows)]
    return Cell(name, 2, items, joined=True)
