"""Nets in and out of MATLAB's .mat files."""

import contextlib
from pathlib import Path

import numpy as np
import scipy.io

from .arguments import check, places
from .matlab.classes import size
from .matlab.struct import Cell
from .net import FIELDS, Layer, Net

# Fields that are numbers, not arrays; also those in cells.
_NUMBERS = {name for name, field in FIELDS.items() if field.kind in ("number", "flag")}
_WHOLE_NUMBERS = {name for name, field in FIELDS.items() if field.kind == "count"}


def load_net(path, name=None):
    """Read a net that MATLAB or Octave saved.

    Parameters
    ----------
    path : str or Path
        A file of MATLAB's format 5 to 7: ``save('net.mat', 'net', '-v7')``.
    name : str, optional
        The variable; by default the only struct in the file that has layers.

    Returns
    -------
    Net
        With all fields of the struct, of the class, size and bits they have there: a net to train
        on, to test, or to compare.

    Raises
    ------
    ValueError
        If the file is not of that format, the variable is missing, or it is not a net.
    FileNotFoundError
        If there is no such file.
    """
    variables = _read(Path(path))
    nets = {key: value for key, value in variables.items() if _is_net(value)}
    if name is None and len(nets) != 1:
        raise ValueError(
            f"{path} holds {len(nets)} structs with layers ({_names(nets)}): "
            "say which variable is meant with name="
        )
    if name is not None and name not in nets:
        problem = "is not a struct with layers" if name in variables else "is not in it"
        raise ValueError(f"{path}: {name} {problem}; its nets are {_names(nets)}")
    return _net(next(iter(nets.values())) if name is None else nets[name])


def save_net(path, net, name="net"):
    """Write a net for MATLAB and Octave.

    Parameters
    ----------
    path : str or Path
        The file, in MATLAB's format 5 with compression; an earlier one is replaced when the new
        one is complete.
    net : Net
        Any net; all its fields are written.
    name : str
        The variable that ``load`` makes.

    Raises
    ------
    ValueError
        If `name` is not the name of a variable.
    TypeError
        If `net` is no net.
    OSError
        If the file cannot be written.
    """
    check(places(save_net), (path, net), {})
    if not (isinstance(name, str) and name.isidentifier() and name.isascii() and name[0] != "_"):
        raise ValueError(f"{name!r} is not the name of a MATLAB variable: letters, digits and _")
    fields = dict(vars(net))
    layers = [
        {key: value for key, value in vars(layer).items() if not _is_empty(value)}
        for layer in fields.pop("layers")
    ]
    content = {"layers": _cell(map(_struct, layers), column=True), **_struct(fields)}
    part = Path(path).with_name(f".{Path(path).name}.part")
    try:
        with part.open("wb") as file:
            scipy.io.savemat(file, {name: content}, do_compression=True)
        part.replace(path)
    except OSError as error:
        raise type(error)(
            f"{path} cannot be written ({error.strerror or error}): name a file in a folder that "
            "is there and can be written to"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _read(path):
    try:
        with path.open("rb") as file:
            return scipy.io.loadmat(file, mat_dtype=True)  # MATLAB's class, not the file's
    except NotImplementedError:
        reason = "is of format 7.3"
    except FileNotFoundError:
        raise
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        reason = f"cannot be read as a .mat file ({error})"
    raise ValueError(
        f"{path} {reason}: in MATLAB or Octave, save the net with save(file, 'net', '-v7')"
    )


def _is_net(value):
    return isinstance(value, np.ndarray) and "layers" in (value.dtype.names or ())


def _names(nets):
    return ", ".join(sorted(nets)) or "none"


def _net(struct):
    """Make a `Net` of a 1x1 struct."""
    if struct.size != 1:
        raise ValueError(f"a net was expected, and an array of {size(struct)} structs is there")
    fields = {name: struct[name].flat[0] for name in struct.dtype.names}
    cells = fields.pop("layers")
    if cells.dtype != object or not all(cell.dtype.names and cell.size == 1 for cell in cells.flat):
        raise ValueError("the field layers of the net is not a cell array of structs")
    net = Net([_layer(cell) for cell in cells.ravel(order="F")])
    for name, value in fields.items():
        setattr(net, name, _field(name, value))
    if hasattr(net, "rL"):
        net.rL = np.ravel(net.rL)
    return net


def _layer(struct):
    fields = {name: struct[name].flat[0] for name in struct.dtype.names}
    if "type" not in fields:
        raise ValueError("a layer of the net has no field type")
    layer = Layer(_field("type", fields.pop("type")))
    for name, value in fields.items():
        setattr(layer, name, _field(name, value))
    return layer


def _field(name, value):
    """Return a cell array, text, a number or an array in C order."""
    if value.dtype == object:
        return _cells(name, value)
    if value.dtype.kind == "U":
        return str(value.flat[0]) if value.size else ""
    if value.size == 1 and name in _WHOLE_NUMBERS and value.flat[0] == np.floor(value.flat[0]):
        return int(value.flat[0])
    if value.size == 1 and name in _NUMBERS:
        return value.flat[0]
    return np.array(value, order="C")


def _cells(name, value):
    """Make a `Cell` of a cell array, or of one of cell arrays."""
    items = [_field(name, item) for item in value.ravel(order="F")]
    return Cell(name, 2 if any(isinstance(item, Cell) for item in items) else 1, items)


def _struct(fields):
    return {name: _value(value) for name, value in fields.items()}


def _value(value):
    if isinstance(value, Cell):
        return _cell(map(_value, value))
    if isinstance(value, str):
        return value
    array = np.asarray(value, float) if isinstance(value, int | float) else np.asarray(value)
    return array.reshape(size(array))


def _cell(items, column=False):
    items = list(items)
    cell = np.empty((len(items), 1) if column else (1, len(items)), object)
    cell.ravel()[:] = items  # a list would be taken apart
    return cell


def _is_empty(value):
    """Whether this is a cell that nobody filled: such a field the struct does not have."""
    return isinstance(value, Cell) and not value
