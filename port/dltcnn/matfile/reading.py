"""Format 5 (-v6, -v7): variables from bytes, without a loss and within a bound of memory.

Not by scipy.io, which drops function handles and imaginary parts, takes the memory that a damaged
file announces, and does not survive structs that are thousands deep in each other.
"""

import math
import struct
import sys

import numpy as np

from ..matlab.foreign import Foreign
from ..matlab.struct import Cell, Struct, StructArray
from .elements import Elements
from .errors import Damaged, check_depth
from .names import check_field, name_of
from .source import Held, Window
from .text import text_of

_MATRIX = 14
_CELL, _STRUCT, _OBJECT, _CHAR, _SPARSE, _FUNCTION, _OPAQUE = 1, 2, 3, 4, 5, 16, 17
CLASSES = dict(enumerate(["f8", "f4", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"], 6))
_COMPLEX, _LOGICAL = 0x800, 0x200
_KEPT = {_OBJECT: "an object", _FUNCTION: "a function handle", _OPAQUE: "an object"}


class Reader(Elements):
    """Reads the elements of one variable."""

    def __init__(self, order, budget, objects=b""):
        super().__init__(order, budget)
        self._objects = objects

    def variable(self, window):
        """Return its name, what it is, and a function that reads the rest."""
        flags = window.take(16)
        kind, _ = self._flags(flags)
        if kind in (_FUNCTION, _OPAQUE):
            name = self._small(window).decode("latin-1")
            return name, self._described(kind, window.take(min(window.left, 4096))), None
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
            return Foreign(self._described(kind, raw[24:]), raw, self._order, self._objects)
        dims = self._dims(window)
        self._small(window)
        value = self._content(kind, flags, dims, window, path, depth)
        if kind != _CHAR or window.left != 4:  # Octave counts 4 bytes too many of short text
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
        return Cell(name_of(path), items=items, dims=dims)

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
        stored, part = self._open(window, path)
        if dtype.kind == "b" and stored.kind == "i":
            # Octave's sparse logical arrays, which it writes as dense and cannot read.
            return self._sparse(bits, dims, window, path, self._rest(stored, part, window))
        real = self._filled(dtype, dims, window, path, stored, part)
        if not bits & _COMPLEX:
            return real
        whole = np.zeros(dims, np.result_type(dtype, np.complex64))
        self._budget.spend(whole.nbytes, path)
        whole.real = real
        whole.imag = self._filled(dtype, dims, window, path, *self._open(window, path))
        return whole

    def _filled(self, dtype, dims, window, path, stored, part):
        """Read numbers, whichever class they are stored in, into an array in C order."""
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

    @staticmethod
    def _rest(stored, part, window):
        """Read the numbers of an element that is open."""
        count = part.left
        data = part.take(count)
        window.skip(-count % 8 if part.padded else 0)
        return np.frombuffer(data, stored, count // stored.itemsize)

    def _sparse(self, bits, dims, window, path, rows=None):
        """Read a sparse array as the dense one of the same values."""
        if len(dims) != 2:
            raise Damaged(f"{path} is sparse with {len(dims)} dimensions")
        logical, dtype = bits & _LOGICAL, np.dtype(float)
        if bits & _COMPLEX:
            dtype = np.dtype(complex)
        self._budget.spend(math.prod(dims) * (1 if logical else dtype.itemsize), path)
        rows = self._listed(window, path) if rows is None else rows
        starts = self._listed(window, path)
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

    def _described(self, kind, data):
        """Say what a value without a Python form is, from the bytes behind its flags."""
        if kind not in _KEPT:
            return "a complex array of an integer class"
        window = Window(Held(data), len(data))
        try:
            if kind != _OPAQUE:
                self._dims(window)
            if kind == _FUNCTION:
                self._small(window)
                return f"a function handle{_code(self.array(window, 'handle', 0))}"
            names = [self._small(window).decode("latin-1") for _ in range(3)]
        except Damaged:
            return _KEPT[kind]
        return f"an object of class {names[1 if kind == _OBJECT else 2]}"


def _code(handle):
    """Return the code of a function handle, from the struct that stands for it."""
    try:
        code = handle.function_handle.function.removeprefix("sf%0")
    except AttributeError:
        return ""
    return f", {code if code.startswith('@') else '@' + code}"


def _class_name(kind, flags, order):
    logical = struct.unpack(f"{order}I", flags)[0] & _LOGICAL
    names = ["cell", "struct", "object", "char", "sparse", "double", "single"]
    names += [f"{sign}int{bits}" for bits in (8, 16, 32, 64) for sign in ("", "u")]
    return "logical" if logical else dict(enumerate(names, 1)).get(kind, "unknown")
