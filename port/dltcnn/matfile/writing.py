"""Format 5 with compression (-v7): a value of Python's as the bytes of a variable."""

import datetime
import struct
import sys
import zlib

import numpy as np
import scipy.sparse

from ..matlab.classes import operand, size
from ..matlab.errors import MatlabError
from ..matlab.foreign import Foreign
from ..matlab.struct import Cell, Struct, StructArray
from ..net import Net
from .errors import check_depth
from .names import check_written
from .text import units_of

_COMPRESSED, _MATRIX = 15, 14
_INT8, _INT32, _UINT32, _UTF8, _UTF16 = 1, 5, 6, 16, 17
_CELL, _STRUCT, _CHAR, _UINT8_CLASS = 1, 2, 4, 9
_COMPLEX, _LOGICAL = 0x800, 0x200
# dtype -> (number of the class, how it is stored)
_NUMBERS = {
    np.dtype(name): codes
    for name, codes in {
        "f8": (6, 9),
        "f4": (7, 7),
        "i1": (8, 1),
        "u1": (9, 2),
        "i2": (10, 3),
        "u2": (11, 4),
        "i4": (12, 5),
        "u4": (13, 6),
        "i8": (14, 12),
        "u8": (15, 13),
    }.items()
}
_LARGEST = 2**31 - 2**16  # bytes of an element


def file_of(name, value):
    """Return the pieces of a file with one variable.

    Parameters
    ----------
    name : str
        The variable.
    value : object
        A net.

    Returns
    -------
    list of bytes
        To be written one after the other.

    Raises
    ------
    TypeError, ValueError
        If MATLAB has nothing for a value in it: its path, what it is, what to give.
    """
    writer = Writer()
    element = writer.array(value, name, name)
    squeeze = zlib.compressobj()
    squeezed = [squeeze.compress(piece) for piece in element]
    squeezed.append(squeeze.flush())
    packed = [struct.pack("<II", _COMPRESSED, sum(map(len, squeezed))), *squeezed]
    place = 128 + sum(map(len, packed)) if writer.objects else 0
    stamp = f"{datetime.datetime.now():%a %b %d %H:%M:%S %Y}"
    text = f"MATLAB 5.0 MAT-file, written by dltcnn, {stamp}".encode().ljust(116)
    offset = struct.pack("<q", place) if place else b" " * 8
    return [text + offset + struct.pack("<H", 0x0100) + b"IM", *packed, writer.objects]


class Writer:
    """Makes elements of values, and keeps what the objects among them need beside them."""

    def __init__(self):
        self.objects = b""

    def array(self, value, path, name="", depth=0):
        """Return the pieces of the element of a value, with its tag."""
        check_depth(path, depth)
        value = _plain(value, path)
        if isinstance(value, Foreign):
            return self._foreign(value, path)
        if isinstance(value, str):
            value = np.zeros((0, 0), "U1") if not value else units_of(value)[np.newaxis]
            kind, bits, shape, content = _CHAR, 0, value.shape, [_element(_UTF16, value)]
        elif isinstance(value, Cell):
            kind, bits, shape = _CELL, 0, value.dims
            content = [self._items(value, path, depth)]
        elif isinstance(value, StructArray):
            kind, bits, shape = _STRUCT, 0, value.dims
            content = [self._structs(value, path, depth)]
        else:
            kind, bits, shape, content = _numbers(value)
        header = [
            _element(_UINT32, np.array([kind | bits, 0], "<u4")),
            _element(_INT32, np.array(shape, "<i4")),
            _element(_INT8, np.frombuffer(name.encode(), "i1")),
        ]
        return _tagged(_MATRIX, [piece for part in (*header, *content) for piece in part], path)

    def _items(self, cells, path, depth):
        pieces = []
        for number, item in enumerate(list.__iter__(cells), 1):
            pieces += self.array(item, f"{path}{{{number}}}", depth=depth + 1)
        return pieces

    def _structs(self, structs, path, depth):
        names = structs.names
        for name in names:
            check_written(name, path)
        # As Octave and MATLAB write them: 32 bytes for a name, 64 where one is longer.
        length = 64 if any(len(name) > 31 for name in names) else 32
        table = b"".join(name.encode().ljust(length, b"\0") for name in names)
        pieces = _element(_INT32, np.array([length], "<i4")) + _element(
            _INT8, np.frombuffer(table, "i1")
        )
        for number, item in enumerate(structs, 1):
            here = path if structs.dims == (1, 1) else f"{path}({number})"
            fields = _fields(item)
            if {*fields} != {*names}:
                raise ValueError(
                    f"{here} has the fields {', '.join(fields)}: expected {', '.join(names)}, as "
                    "the other structs of the array have them"
                )
            for name in names:
                pieces += self.array(fields[name], f"{here}.{name}", depth=depth + 1)
        return pieces

    def _foreign(self, value, path):
        if not value.raw or value.order != "<" or self.objects not in (b"", value.objects):
            reason = (
                "came from a file of another format"
                if not value.raw
                else (
                    "came from a computer of another kind"
                    if value.order != "<"
                    else "came from another file than the objects beside it"
                )
            )
            raise TypeError(
                f"{path} is {value.description} that {reason}: leave it out with del {path}"
            )
        self.objects = value.objects
        return [value.raw]


def _fields(item):
    """Return the fields that somebody set."""
    return {
        name: value
        for name, value in vars(item).items()
        if not (isinstance(value, Cell) and value.absent)
    }


def _plain(value, path):
    """Return a value as str, Cell, StructArray, Foreign or an array of two or more dimensions."""
    if isinstance(value, Cell) and value.joined:
        return _joined(value)
    if isinstance(value, str | Cell | StructArray | Foreign):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Net) and type(value.layers) is list:
        fields = {**vars(value)}
        layers = fields["layers"]
        fields["layers"] = Cell("layers", items=layers, dims=(len(layers), 1))
        return _one(fields)
    if isinstance(value, Struct):
        return _one(_fields(value))
    if isinstance(value, dict):
        return _one(value)
    if isinstance(value, list | tuple) and any(isinstance(item, str) for item in value):
        return Cell("texts", items=value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "U" and value.dtype.itemsize != 4:
        return _plain(value.tolist(), path)
    return _array(value, path)


def _one(fields):
    """Return fields as an array of one struct, the order and odd names of them kept."""
    made = Struct()
    names = [*fields]
    if all(isinstance(name, str) for name in names):
        vars(made).update(fields)
    return StructArray(names, (1, 1), [made])


def _joined(rows):
    """Return cells that came as k{i, j} in that form; as k{i}{j} where rows are of two lengths."""
    lengths = {len(row) if isinstance(row, Cell) else -1 for row in rows}
    if len(lengths) != 1 or -1 in lengths:
        return Cell(rows.name, rows.depth, rows)
    items = [row[col] for col in range(lengths.pop()) for row in rows]
    return Cell(rows.name, items=items, dims=(len(rows), len(items) // max(len(rows), 1)))


def _array(value, path):
    if scipy.sparse.issparse(value):
        value = value.toarray()
    if isinstance(value, int) and abs(value) > 2**53:
        raise TypeError(
            f"{path} is {value}, which no double is: give a numpy integer such as np.int64(...)"
        )
    known = isinstance(value, np.ndarray | np.generic | bool | int | float | complex | list | tuple)
    try:
        if not known:
            raise MatlabError("")
        if (
            isinstance(value, complex)
            or getattr(value, "dtype", None)
            in (
                np.complex64,
                np.complex128,
            )
            or getattr(value, "dtype", np.dtype(float)).kind in "US"
        ):
            array = np.asarray(value)
        else:
            array = operand(value)
    except MatlabError:
        array = None
    if (
        array is None
        or array.dtype.char not in "?bBhHiIlLqQfdFDUS"
        or (array.dtype.kind in "US" and array.dtype not in ("U1", "S1"))
    ):
        raise TypeError(
            f"{path} is {_python(value)}, for which MATLAB has nothing: give a number, text, an "
            f"array or a dict of them, or leave it out with del {path}"
        )
    return array.reshape(size(array))


def _python(value):
    """Say what a value is that cannot be written."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray | np.generic):
        return f"an array of class {value.dtype}"
    kind = type(value).__name__
    return (
        f"a {kind} of parts that make no array" if isinstance(value, list | tuple) else f"a {kind}"
    )


def _numbers(array):
    """Return class, bits, size and elements of an array of numbers or characters."""
    if array.dtype.kind == "U":
        units = array.view(np.uint32) if array.size else np.zeros(array.shape, np.uint32)
        # As Octave stores what is no row; of UTF-16 it would make one.
        if np.all(units < 128) and array.shape != (1, 0):
            return _CHAR, 0, array.shape, [_element(_UTF8, units.astype(np.uint8))]
        return _CHAR, 0, array.shape, [_element(_UTF16, units.astype("<u2"))]
    if array.dtype.kind == "S":
        return _CHAR, 0, array.shape, [_element(_UTF8, array.view(np.uint8))]
    if array.dtype == bool:
        return _UINT8_CLASS, _LOGICAL, array.shape, [_element(2, array.view(np.uint8))]
    if array.dtype.kind == "c":
        kind, stored = _NUMBERS[array.real.dtype]
        parts = [_element(stored, part) for part in (array.real, array.imag)]
        return kind, _COMPLEX, array.shape, parts
    kind, stored = _NUMBERS[array.dtype.newbyteorder("=")]
    return kind, 0, array.shape, [_element(stored, array)]


def _element(kind, array):
    """Return the pieces of an element of numbers, column-major and little-endian."""
    if sys.byteorder == "big":
        array = array.astype(array.dtype.newbyteorder("<"))
    data = np.ravel(array, order="F").data.cast("B") if array.size else b""
    count = len(data)
    if 0 < count <= 4:
        return [struct.pack("<HH", kind, count), bytes(data).ljust(4, b"\0")]
    return [struct.pack("<II", kind, count), data, b"\0" * (-count % 8)]


def _tagged(kind, pieces, path):
    count = sum(map(len, pieces))
    if count > _LARGEST:
        raise ValueError(
            f"{path} takes {count / 1e9:.1f} GB: a variable of MATLAB's format 7 holds 2 GB; leave "
            "out what can be computed again (a, d, fv of many images)"
        )
    return [struct.pack("<II", kind, count), *pieces]
