"""Format 5's elements: tags, sizes, names and numbers as they are stored."""

import struct

import numpy as np

from .errors import Damaged
from .source import Held, Window

_STORED = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8"} | {
    12: "i8",
    13: "u8",
}


class Elements:
    """Reads elements of one byte order within a budget of memory."""

    def __init__(self, order, budget):
        self._order = order
        self._budget = budget

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
        part = window.part(count) if small is None else Window(Held(small), len(small))
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
        data = self._small(window)
        count = len(data) // 4
        dims = struct.unpack(f"{self._order}{count}i", data[: 4 * count])
        if not 2 <= count <= 32 or min(dims) < 0:
            raise Damaged(f"an array of {count} dimensions: {dims[:4]}")
        while len(dims) > 2 and dims[-1] == 1:
            dims = dims[:-1]
        return dims
