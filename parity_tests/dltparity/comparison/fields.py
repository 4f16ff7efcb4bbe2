"""One field of two traces -> a row."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """How one field of the port compares with the reference's.

    Attributes
    ----------
    field : str
        Its path.
    values : int
        Values compared; 0 where the sizes differ or one trace lacks the field.
    different : int
        Values that differ in at least one bit (any NaN equals any NaN).
    max_abs : float
        Largest difference of finite values.
    max_ulp_of_scale : float
        That difference in units of the last place of the reference's largest value.
    problem : str or None
        What differs besides values: a missing field, the class or the size.
    index : tuple of int or None
        MATLAB's 1-based subscripts of the first value that differs, column by column; in fields
        of a training, the first in time.
    reference, port : str or None
        Both values there, in hexadecimal.
    nan : int
        Values that are NaN on both sides: equal, whatever they were computed from.
    """

    field: str
    values: int = 0
    different: int = 0
    max_abs: float = 0.0
    max_ulp_of_scale: float = 0.0
    problem: str | None = None
    index: tuple | None = None
    reference: str | None = None
    port: str | None = None
    nan: int = 0

    @property
    def same(self):
        """Whether every bit, the class and the size are the same."""
        return self.problem is None and self.different == 0


def compare_field(field, reference, port, cls=None):
    """Compare one field: class, size, then every bit.

    Parameters
    ----------
    field : str
        Its path.
    reference, port : numpy.ndarray
        Its values.
    cls : numpy.dtype, optional
        The class whose last places differences are counted in; by default the reference's.

    Returns
    -------
    Row
        The comparison.
    """
    cls = cls or reference.dtype
    problem = class_or_size(reference, port)
    if problem:
        return Row(field, problem=problem)
    different = different_bits(reference, port)
    count, nan = int(different.sum()), nans(reference, port)
    if not count:
        return Row(field, reference.size, nan=nan)
    index = tuple(int(n[0]) for n in _first(different))
    with np.errstate(all="ignore"):
        distance = np.abs(port.astype(np.longdouble) - reference.astype(np.longdouble))
        finite = np.isfinite(distance)
        largest = float(distance[finite].max(initial=0))
        scale = np.abs(reference[np.isfinite(reference)]).max(initial=0)
        unit = float(np.spacing(cls.type(scale))) if cls.kind == "f" else 1.0
    return Row(
        field,
        reference.size,
        count,
        largest,
        largest / unit,
        index=tuple(n + 1 for n in index),
        reference=hexadecimal(reference[index]),
        port=hexadecimal(port[index]),
        nan=nan,
    )


def class_or_size(reference, port):
    """Say how class or size differ (None where they do not)."""
    if reference.dtype != port.dtype:
        return f"class {reference.dtype} in the reference, {port.dtype} in the port"
    if reference.shape != port.shape:
        sizes = ("x".join(map(str, shape)) for shape in (reference.shape, port.shape))
        return "size {} in the reference, {} in the port".format(*sizes)
    return None


def different_bits(a, b):
    """Mark the values that differ in at least one bit; any NaN equals any NaN."""
    if a.dtype.kind != "f":
        return a != b
    bits = {4: np.uint32, 8: np.uint64}[a.dtype.itemsize]
    a, b = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return (a.view(bits) != b.view(bits)) & ~(np.isnan(a) & np.isnan(b))


def nans(a, b):
    """Count the values that are NaN on both sides."""
    return int((np.isnan(a) & np.isnan(b)).sum()) if a.dtype.kind == b.dtype.kind == "f" else 0


def _first(different):
    """Return the first marked value, the last dimension (time, or the image) running slowest."""
    return np.unravel_index([np.argmax(different.ravel(order="F"))], different.shape, order="F")


def hexadecimal(value):
    """Write a value so that every bit shows."""
    return float(value).hex() if value.dtype.kind == "f" else str(value)
