"""Bytes one after the other, from a file or decompressed on the way."""

import zlib

from .errors import Damaged

CHUNK = 1 << 16
_SHORT = 64  # bytes that are mostly there at once


class Inflated:
    """A stream of what `count` bytes of a file are when decompressed."""

    def __init__(self, file, count):
        self._file = file
        self._left = count
        self._inflate = zlib.decompressobj()
        self._ready = Held(b"")

    def read(self, count):
        """Return up to `count` bytes; none at the end."""
        return self._ready.read(count) or self._more().read(count)

    def _more(self):
        """Decompress the next piece; reading byte by byte would copy the rest each time."""
        while True:
            given = self._inflate.unconsumed_tail
            if not given:
                given = self._file.read(min(self._left, CHUNK))
                self._left -= len(given)
            try:
                found = self._inflate.decompress(given, CHUNK)
            except zlib.error as error:
                raise Damaged(f"its compressed bytes are damaged ({error})") from None
            if found or not given:
                self._ready = Held(found)
                return self._ready


class Window:
    """The bytes of one element: never more of a stream than it has.

    Parameters
    ----------
    stream : object
        With ``read(count)``.
    left : int
        How many bytes the element has.
    """

    def __init__(self, stream, left):
        self.stream = stream
        self.left = left

    def take(self, count):
        """Return exactly `count` bytes."""
        if count == 0:
            return b""
        if count > min(self.left, _SHORT):
            return b"".join(self.chunks(count))
        piece = self.stream.read(count)
        self.left -= len(piece)
        return piece if len(piece) == count else piece + b"".join(self.chunks(count - len(piece)))

    def chunks(self, count):
        """Go through exactly `count` bytes in pieces of at most `CHUNK`."""
        if count > self.left:
            raise Damaged(f"{count} bytes were announced where {self.left} are left")
        self.left -= count
        while count:
            piece = self.stream.read(min(count, CHUNK))
            if not piece:
                raise Damaged(f"it ends {count} bytes too early")
            count -= len(piece)
            yield piece

    def skip(self, count):
        """Pass over up to `count` bytes."""
        for _ in self.chunks(min(count, self.left)):
            pass

    def part(self, count):
        """Return the next `count` bytes as a window of their own, to be read before the rest."""
        if count > self.left:
            raise Damaged(f"{count} bytes were announced where {self.left} are left")
        self.left -= count
        return Window(self.stream, count)


class Held:
    """Bytes that are there already, as a stream."""

    def __init__(self, data):
        self._data = data
        self._at = 0

    def read(self, count):
        """Return up to `count` bytes; none at the end."""
        piece = self._data[self._at : self._at + count]
        self._at += len(piece)
        return piece
