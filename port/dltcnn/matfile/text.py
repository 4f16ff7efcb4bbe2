"""Text of MATLAB and Octave: a row is a str, all else an array of characters."""

import numpy as np

from .errors import Damaged

_UTF8, _UNITS = 16, {1: "u1", 2: "u1", 4: "u2", 17: "u2", 18: "u4"}


def text_of(kind, data, dims, order, path):
    """Return the text in an element of format 5.

    Parameters
    ----------
    kind : int
        How the element stores it.
    data : bytes
        Its bytes, column-major.
    dims : tuple of int
        Rows and columns of characters.
    order : str
        The byte order, ``<`` or ``>``.
    path : str
        What it is, for messages.

    Returns
    -------
    str or numpy.ndarray
        See `shaped`; of bytes (S1), where Octave had bytes that are no UTF-8 text.
    """
    count = int(np.prod(dims, dtype=object))
    if kind == _UTF8 and len(data) == count:
        if not data.isascii():
            return np.frombuffer(data, "S1").reshape(dims, order="F").copy(order="C")
        units = np.frombuffer(data, np.uint8)
    elif kind == _UTF8:
        try:
            units = np.array([*map(ord, data.decode())], np.uint32)
        except UnicodeDecodeError as error:
            raise Damaged(f"the text {path} is no text ({error})") from None
    elif kind in _UNITS:
        stored = np.dtype(order + _UNITS[kind])
        units = np.frombuffer(data, stored, len(data) // stored.itemsize)
    else:
        raise Damaged(f"the text {path} is stored as type {kind}")
    if units.size != count or np.any(units > 0x10FFFF):
        raise Damaged(f"the text {path} has {units.size} characters where {count} are expected")
    return shaped(units, dims)


def shaped(units, dims):
    """Return characters by their numbers as text.

    Parameters
    ----------
    units : numpy.ndarray
        UTF-16's, column-major; whole characters count as one too.
    dims : tuple of int
        Rows and columns.

    Returns
    -------
    str or numpy.ndarray
        A str for a row and for the empty text of 0x0; else an array of single characters (U1).
    """
    if dims == (0, 0):
        return ""
    if len(dims) == 2 and dims[0] == 1 and units.size:
        if np.any(units > 0xFFFF):
            return "".join(map(chr, units))
        return units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
    return units.astype(np.uint32).reshape(dims, order="F").copy(order="C").view("U1")


def units_of(text):
    """Return UTF-16's numbers of a str.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    numpy.ndarray
        Unsigned 16-bit numbers.
    """
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
