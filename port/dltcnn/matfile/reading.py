"""Format 5 (-v6, -v7): variables from bytes, without a loss and within a bound of memory.

Not by scipy.io, which drops function handles and imaginary parts, takes the memory that a damaged
file announces, and does not survive structs that are thousands deep in each other.
"""

import math
import struct
import sys

import numpy as np

from ..matlab.foreign import Foreign, handle
from ..matlab.struct import Cell, Struct, StructArray
from .errors import Budget, Damaged, check_depth
from .source import Inflated, Window
from .text import text_of

_HEADER, _SUBSYSTEM = 128, slice(116, 124)
_COMPRESSED, _MATRIX = 15, 14
_CELL, _STRUCT, _OBJECT, _CHAR, _SPARSE, _FUNCTION, _OPAQUE = 1, 2, 3, 4, 5, 16, 17
_STORED = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8"} | {
    12: "i8",
    13: "u8",
}
CLASSES = dict(
    zip(range(6, 16), ["f8", "f4", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"], strict=True)
)
_COMPLEX, _LOGICAL = 0x800, 0x200
_KEPT = {_OBJECT: "an object", _FUNCTION: "a function handle", _OPAQUE: "an object"}


class File:
    """The variables of a file of format 5.

    Parameters
    ----------
    file : binary file
        At its beginning.
    size : int
        Its bytes.
    """

    def __init__(self, file, size):
        self._file = file
        self._size = size
        header = file.read(_HEADER)
        self._order = "<" if header[126:128] == b"IM" else ">"
        offset = header[_SUBSYSTEM]
        self._objects_at = 0 if offset.isspace() else struct.unpack(f"{self._order}q", offset)[0]
        self._budget = Budget(size)
        self._objects = self._read_objects()

    def variables(self):
        """Go through (name, what it is, function that reads it) of each variable."""
        place = _HEADER
        while place + 8 <= self._size:
            self._file.seek(place)
            kind, count = struct.unpack(f"{self._order}II", self._file.read(8))
            if count > self._size - place - 8:
                raise Damaged(
                    f"{count} bytes were announced where {self._size - place - 8} are left"
                )
            if place != self._objects_at:
                yield self._variable(kind, count)
            place += 8 + count

    def _variable(self, kind, count):
        if kind == _COMPRESSED:
            window = Window(Inflated(self._file, count), 1 << 62)
            kind, count = struct.unpack(f"{self._order}II", window.take(8))
            window.left = count
        else:
            window = Window(self._file, count)
        if kind != _MATRIX:
            raise Damaged(f"an element of type {kind} stands where a variable is expected")
        return Reader(self._order, self._budget, self._objects).variable(window)

    def _read_objects(self):
        """Return the element that holds the contents of all objects, for them to be kept with."""
        if not _HEADER <= self._objects_at <= self._size - 8:
            return b""
        self._file.seek(self._objects_at)
        tag = self._file.read(8)
        count = struct.unpack(f"{self._order}II", tag)[1]
        return tag + self._file.read(min(count, self._size))


class Reader:
    """Reads the elements of one variable."""

    def __init__(self, order, budget, objects=b""):
        self._order = order
        self._budget = budget
        self._objects = objects

    def variable(self, window):
        """Return its name, what it is, and a function that reads the rest."""
        flags = window.take(16)
        kind, _ = self._flags(flags)
        if kind in (_FUNCTION, _OPAQUE):
            name = self._small(window).decode("latin-1")
            return name, self._said(kind, window.take(min(window.left, 4096))), None
        dims, name = self._dims(window), self._small(window).decode("latin-1")
        if kind == _OBJECT:
            return name, f"an object of class {self._small(window).decode('latin-1')}", None
        what = f"{'x'.join(map(str, dims))} {_class_name(kind, flags[8:12], self._order)}"
        return name, what, lambda: self._content(kind, flags, dims, window, name, 0)

    def array(self, window, path, depth):
        """Read one array, cell array or struct."""
        tag = window.take(8)
        kind, count = struct.unpack(f"{self._order}II", tag)
        if kind != _MATRIX:
            raise Damaged(f"an element of type {kind} stands where {path} is expected")
        self._budget.spend(0, path)
        if count == 0:
            return np.zeros((0, 0))
        window = window.part(count)
        flags = window.take(16)
        kind, bits = self._flags(flags)
        if kind in _KEPT or (bits & _COMPLEX and kind > 7):
            self._budget.spend(count, path)
            raw = tag + flags + window.take(window.left)
            return Foreign(self._said(kind, raw[24:]), raw, self._order, self._objects)
        dims = self._dims(window)
        self._small(window)
        value = self._content(kind, flags, dims, window, path, depth)
        window.skip(window.left)
        return value

    def _content(self, kind, flags, dims, window, path, depth):
        check_depth(path, depth)
        bits = self._flags(flags)[1]
        if kind == _CELL:
            return self._cell(dims, window, path, depth)
        if kind == _STRUCT:
            return self._struct(dims, window, path, depth)
        if kind == _CHAR:
            return self._text(dims, window, path)
        if kind == _SPARSE:
            return self._sparse(bits, dims, window, path)
        if kind not in CLASSES:
            raise Damaged(f"{path} is of class number {kind}, which MATLAB has not")
        return self._numbers(kind, bits, dims, window, path)

    def _cell(self, dims, window, path, depth):
        count = self._count(dims, window, 8)
        items = [self.array(window, f"{path}{{{n}}}", depth + 1) for n in range(1, count + 1)]
        return Cell(path.rsplit(".", 1)[-1].split("{")[0], items=items, shape=dims)

    def _struct(self, dims, window, path, depth):
        length = int.from_bytes(self._small(window), "little" if self._order == "<" else "big")
        names = self._names(self._small(window), length, path)
        count = self._count(dims, window, 8 * len(names))
        self._budget.spend(0, path, 2 * count * (1 + len(names)))
        structs = []
        for number in range(count):
            here = path if count == 1 else f"{path}({number + 1})"
            made = Struct()
            for name in names:
                vars(made)[name] = self.array(window, f"{here}.{name}", depth + 1)
            structs.append(made)
        return structs[0] if dims == (1, 1) else StructArray(names, dims, structs)

    @staticmethod
    def _names(data, length, path):
        if length < 1 and data:
            raise Damaged(f"the names of the fields of {path} have no length")
        starts = range(0, len(data), length or 1)
        names = [data[at : at + length].split(b"\0")[0].decode("latin-1") for at in starts]
        if len({*names}) < len(names) or "" in names:
            raise Damaged(f"the fields of {path} do not have a name each")
        for name in names:
            check_field(name, path)
        return [sys.intern(name) for name in names]

    def _text(self, dims, window, path):
        kind, data = self._element(window, path)
        self._budget.spend(8 * math.prod(dims), path)
        return text_of(kind, data, dims, self._order, path)

    def _numbers(self, kind, bits, dims, window, path):
        dtype = np.dtype(bool if bits & _LOGICAL else CLASSES[kind])
        real = self._filled(dtype, dims, window, path)
        if not bits & _COMPLEX:
            return real
        whole = np.zeros(dims, np.result_type(dtype, np.complex64))
        self._budget.spend(whole.nbytes, path)
        whole.real, whole.imag = real, self._filled(dtype, dims, window, path)
        return whole

    def _filled(self, dtype, dims, window, path):
        """Read numbers, whichever class they are stored in, into an array in C order."""
        stored, part = self._open(window, path)
        count = math.prod(dims)
        if part.left != count * stored.itemsize:
            raise Damaged(
                f"{path} is {'x'.join(map(str, dims))} and has {part.left} bytes of numbers"
            )
        self._budget.spend(count * dtype.itemsize, path)
        array = np.zeros(dims, dtype)
        ordered, done, rest = array.T.flat, 0, b""
        with np.errstate(all="ignore"):
            for piece in part.chunks(part.left):
                piece = rest + piece
                whole = len(piece) // stored.itemsize
                rest = piece[whole * stored.itemsize :]
                values = np.frombuffer(piece, stored, whole)
                ordered[done : done + whole] = values != 0 if dtype.kind == "b" else values
                done += whole
        window.skip(-count * stored.itemsize % 8 if part.padded else 0)
        return array

    def _sparse(self, bits, dims, window, path):
        """Read a sparse array as the dense one of the same values."""
        if len(dims) != 2:
            raise Damaged(f"{path} is sparse with {len(dims)} dimensions")
        logical, dtype = bits & _LOGICAL, np.dtype(float)
        if bits & _COMPLEX:
            dtype = np.dtype(complex)
        self._budget.spend(math.prod(dims) * (1 if logical else dtype.itemsize), path)
        rows, starts = (self._listed(window, path) for _ in range(2))
        values = self._listed(window, path).astype(dtype)
        if bits & _COMPLEX:
            values.imag = self._listed(window, path)
        counts = np.diff(starts.astype(np.int64))
        count = int(starts[-1]) if starts.size else -1
        good = starts.size == dims[1] + 1 and starts[0] == 0 and np.all(counts >= 0)
        good = good and count <= min(rows.size, values.size)
        rows, values = rows[: max(count, 0)].astype(np.int64), values[: max(count, 0)]
        if not good or np.any((rows < 0) | (rows >= dims[0])):
            raise Damaged(f"the places of the values of the sparse {path} are no places")
        array = np.zeros(dims, bool if logical else dtype)
        array[rows, np.repeat(np.arange(dims[1]), counts)] = values
        return array

    def _listed(self, window, path):
        """Read the numbers of an element as they are stored."""
        kind, data = self._element(window, path)
        if kind not in _STORED:
            raise Damaged(f"numbers of {path} are stored as type {kind}")
        stored = np.dtype(self._order + _STORED[kind])
        return np.frombuffer(data, stored, len(data) // stored.itemsize)

    def _open(self, window, path):
        """Begin an element of numbers: how they are stored, and a window on them."""
        kind, count, small = self._tag(window)
        if kind not in _STORED:
            raise Damaged(f"the numbers of {path} are stored as type {kind}")
        part = window.part(count) if small is None else Window(_Held(small), len(small))
        part.padded = small is None
        return np.dtype(self._order + _STORED[kind]), part

    def _element(self, window, path):
        """Read an element whole: the type of its data, and the data."""
        kind, count, small = self._tag(window)
        if small is not None:
            return kind, small
        self._budget.spend(count, path)
        data = window.take(count)
        window.skip(-count % 8)
        return kind, data

    def _tag(self, window):
        """Read the tag of an element: type, bytes, and these where they stand in the tag."""
        tag = window.take(8)
        first, count = struct.unpack(f"{self._order}II", tag)
        if first >> 16:
            kind, count = first & 0xFFFF, first >> 16
            if count > 4:
                raise Damaged(f"an element of {count} bytes was announced where 4 fit")
            return kind, count, tag[4 : 4 + count]
        return first, count, None

    def _small(self, window):
        """Read an element of a header: names and sizes."""
        return self._element(window, "its names")[1]

    def _dims(self, window):
        sizes = np.frombuffer(self._small(window), f"{self._order}i4")
        if not 2 <= sizes.size <= 32 or np.any(sizes < 0):
            raise Damaged(f"an array of {sizes.size} dimensions: {sizes[:4]} ...")
        dims = tuple(map(int, sizes))
        while len(dims) > 2 and dims[-1] == 1:
            dims = dims[:-1]
        return dims

    @staticmethod
    def _count(dims, window, bytes_each):
        """Return how many items there are, if there are bytes for so many."""
        count = math.prod(dims)
        if count * max(bytes_each, 1) > window.left and count * bytes_each:
            raise Damaged(f"{count} items were announced where {window.left} bytes are left")
        return count

    def _flags(self, flags):
        """Return the number of the class, and the bits beside it."""
        bits = struct.unpack(f"{self._order}I", flags[8:12])[0]
        return bits & 0xFF, bits

    def _said(self, kind, data):
        """Say what a value without a Python form is, from the bytes behind its flags."""
        if kind == _FUNCTION:
            return handle(data)
        if kind not in _KEPT:
            return "a complex array of an integer class"
        window = Window(_Held(data), len(data))
        try:
            if kind == _OBJECT:
                self._dims(window)
            names = [self._small(window).decode("latin-1") for _ in range(3)]
        except Damaged:
            return "an object"
        return f"an object of class {names[1 if kind == _OBJECT else 2]}"


class _Held:
    """Bytes that are there already, as a stream."""

    def __init__(self, data):
        self._data = data
        self._at = 0

    def read(self, count):
        piece = self._data[self._at : self._at + count]
        self._at += len(piece)
        return piece


def check_field(name, path):
    """Refuse a field whose name Python keeps for itself."""
    if name.startswith("__"):
        raise ValueError(
            f"{path}.{name}: names that begin with two underscores are Python's own: rename the "
            "field in Octave"
        )


def _class_name(kind, flags, order):
    logical = struct.unpack(f"{order}I", flags)[0] & _LOGICAL
    names = ["cell", "struct", "object", "char", "sparse", "double", "single"]
    names += [f"{sign}int{bits}" for bits in (8, 16, 32, 64) for sign in ("", "u")]
    return "logical" if logical else dict(enumerate(names, 1)).get(kind, "unknown")
