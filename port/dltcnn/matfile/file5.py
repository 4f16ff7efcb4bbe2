"""A file of format 5 (-v6, -v7): where its variables lie."""

import struct

from .errors import Budget, Damaged
from .reading import Reader
from .source import Inflated, Window

_HEADER, _SUBSYSTEM = 128, slice(116, 124)
_COMPRESSED, _MATRIX = 15, 14


class File5:
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
