"""Two traces -> rows, field by field."""

import numpy as np

from ..traces.recording import Digest
from ..traces.trace import flow_order
from .digests import compare_digest
from .fields import Row, compare_field


def compare(reference, port):
    """Compare two traces.

    Parameters
    ----------
    reference, port : dict of str to numpy.ndarray
        The traces. Values of the reference may be `recording.Digest`.

    Returns
    -------
    list of Row
        One for each field of either trace, in the order in which a step computes them.
    """
    rows = []
    for field in sorted({*reference, *port}, key=flow_order):
        if field not in port:
            rows.append(Row(field, problem="the port does not set this field"))
        elif field not in reference:
            rows.append(Row(field, problem="the reference does not set this field"))
        elif isinstance(reference[field], Digest):
            rows.append(compare_digest(field, reference[field], port[field]))
        else:
            rows.append(compare_field(field, reference[field], port[field], _cls(reference, field)))
    return rows


def _cls(trace, field):
    """Return the class of a field's values: of a training, single weights are kept as doubles."""
    trained = trace.get(field.replace("train.", "trained.", 1), trace[field])
    return np.dtype(trained.dtype)


def first_divergence(rows):
    """Return the first row in which the traces differ, or None."""
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
