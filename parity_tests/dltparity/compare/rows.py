"""Two traces -> rows, field by field. Pure: no file, no Octave, no network."""

from dataclasses import dataclass

import numpy as np

from ..traces.trace import flow_order


@dataclass(frozen=True)
class Row:
    """How one field of the port compares with the reference's.

    Attributes
    ----------
    field : str
        Its path.
    values : int
        Values compared; 0 where the sizes differ or one side lacks the field.
    different : int
        Values that differ in at least one bit (any NaN equals any NaN).
    max_abs : float
        Largest difference of finite values.
    max_ulp_of_scale : float
        The same in units of the last place of the reference's largest value.
    problem : str or None
        What differs besides values: a missing field, the class or the size.
    index : tuple of int or None
        MATLAB's 1-based subscripts of the first value that differs, column by column; with
        training fields, the first in time.
    reference, port : str or None
        Both values there, in hexadecimal.
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

    @property
    def same(self):
        """Whether every bit, the class and the size are the same."""
        return self.problem is None and self.different == 0


def compare(reference, port):
    """Compare two traces.

    Parameters
    ----------
    reference, port : dict of str to numpy.ndarray
        The traces. Values of the reference may be `recording.Digest`.

    Returns
    -------
    list of Row
        One per field that either side has, in the order in which a step computes them.
    """
    rows = []
    for field in sorted({*reference, *port}, key=flow_order):
        if field not in port:
            rows.append(Row(field, problem="the port does not set this field"))
        elif field not in reference:
            rows.append(Row(field, problem="the reference does not set this field"))
        elif hasattr(reference[field], "row"):
            rows.append(reference[field].row(field, port[field]))
        else:
            rows.append(compare_field(field, reference[field], port[field], _cls(reference, field)))
    return rows


def _cls(trace, field):
    """Return the class of a field's values: photographs of single weights are kept as doubles."""
    trained = trace.get(field.replace("train.", "trained.", 1), trace[field])
    return np.dtype(trained.dtype)


def compare_field(field, reference, port, cls=None):
    """Compare one field: class, size, then every bit; `cls` if its last places are of another."""
    cls = cls or reference.dtype
    problem = class_or_size(reference, port)
    if problem:
        return Row(field, problem=problem)
    different = different_bits(reference, port)
    count = int(different.sum())
    if not count:
        return Row(field, reference.size)
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


def _first(different):
    """Return the first marked value, the last dimension (time, or the image) running slowest."""
    return np.unravel_index([np.argmax(different.ravel(order="F"))], different.shape, order="F")


def hexadecimal(value):
    """Write a value so that every bit shows."""
    return float(value).hex() if value.dtype.kind == "f" else str(value)


def first_divergence(rows):
    """Return the row in which the sides first part, or None."""
    return earliest(row for row in rows if not row.same)


def earliest(rows):
    """Return the row whose field is computed first, or None.

    Fields of a training run carry time in their last index: among them the earliest batch counts.
    """
    return min(rows, key=_when, default=None)


def _when(row):
    stage = flow_order(row.field)
    batch = row.index[-1] if row.field.startswith("train.") and row.index else 0
    return (stage[0], batch, stage[1:])
