"""Both traces of an acnn case -> rows."""

from ..traces.acnn import STEPS
from ..traces.trace import flow_order
from .fields import Row, compare_field

_STAGES = ("setup", *(f"step{n}" for n in range(1, STEPS + 1)), "trained", "test")


def compare_acnn(reference, port):
    """Compare the traces of an acnn case.

    Parameters
    ----------
    reference, port : dict of str to numpy.ndarray
        From `traces.acnn.octave_trace` and `traces.acnn.port_trace`.

    Returns
    -------
    dict of str to Row
        By field; a field that only one trace has is a problem.
    """
    rows = {}
    for path in {**reference, **port}:
        if path not in port or path not in reference:
            without = "port" if path in reference else "reference"
            rows[path] = Row(path, problem=f"the {without} does not set this field")
        else:
            rows[path] = compare_field(path, reference[path], port[path])
    return rows


def first_acnn_divergence(rows):
    """Return the row of the first field that differs, in the order of computation, or None."""
    return min((row for row in rows.values() if not row.same), key=_when, default=None)


def _when(row):
    stage, rest = row.field.split(".", 1)
    return _STAGES.index(stage), flow_order(f"trained.{rest}")
