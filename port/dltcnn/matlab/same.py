"""Whether two arrays are the same to MATLAB."""

import numpy as np

from .classes import size


def same_array(a, b):
    """Say whether two arrays, numbers or texts have the same class, size and bits.

    Parameters
    ----------
    a, b : object
        Python's numbers are double, a vector of one dimension is a row. What MATLAB has no class
        for is compared as Python does.

    Returns
    -------
    bool
        Whether they have; NaN is equal to NaN whatever its bits, 0 and -0 are not.
    """
    if _is_text(a) and _is_text(b):
        a, b = _characters(a), _characters(b)
        return a.dtype == b.dtype and np.array_equal(a, b)
    if not (_is_number(a) and _is_number(b)):
        return type(a) is type(b) and np.shape(a) == np.shape(b) and bool(np.all(a == b))
    a, b = _array(a), _array(b)
    if a.dtype != b.dtype or size(a) != size(b):
        return False
    a, b = np.ravel(a, order="F"), np.ravel(b, order="F")
    if a.dtype.kind == "c":
        a, b = a.view(a.real.dtype), b.view(b.real.dtype)
    if a.dtype.kind != "f":
        return bool(np.array_equal(a, b))
    bits = f"u{a.dtype.itemsize}"
    return bool(np.all((a.view(bits) == b.view(bits)) | (np.isnan(a) & np.isnan(b))))


def _is_text(value):
    return isinstance(value, str) or (
        isinstance(value, np.ndarray) and value.dtype in ("U1", "S1") and value.ndim > 1
    )


def _characters(text):
    """Return characters by their numbers: of UTF-16, or the bytes of text that is in bytes."""
    if isinstance(text, str):
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
        return units.reshape(1, -1).astype(np.uint32) if text else np.zeros((0, 0), np.uint32)
    return np.ascontiguousarray(text).view(np.uint32 if text.dtype.kind == "U" else np.uint8)


def _is_number(value):
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "biufc" and value.dtype.char not in "gG"
    if isinstance(value, int):
        return abs(value) < 2**1023
    return isinstance(value, float | complex)


def _array(value):
    if not isinstance(value, np.ndarray | np.generic):
        value = value if isinstance(value, bool | complex) else float(value)
    array = np.asarray(value)
    return array.astype(array.dtype.newbyteorder("="), copy=False)
