"""One expression in Octave against one function of the port."""

import numpy as np
import pytest

from both_sides.functions import assert_same, in_octave, unlike
from dltcnn import MatlabError
from dltparity.octave.errors import OctaveError
from dltparity.octave.values import matlab_array

SPECIAL = np.array([[np.nan, np.inf, -np.inf, 0.0, -0.0, 5e-324, -1.5, 2.5, 0.5, 300.0, -300.0]])
SQUARE, STACK = unlike(4, 4), unlike(4, 5, 3)


def value_in_octave(session, code, **values):
    """Evaluate an expression over arrays and texts, which are fields of `in`.

    A list is the array that the port makes of it, not a cell array.
    """
    return in_octave(session, code, **_arrays(values))


def text_in_octave(session, code, **values):
    """Evaluate an expression whose value is text; as `value_in_octave`."""
    return session.compute(f"result = {code};", _arrays(values))[""]


def check(session, port, code, **values):
    """Demand the same value of both sides, or the same refusal.

    Parameters
    ----------
    session : Octave
        Where the expression is evaluated.
    port : callable
        The port's function, called with the values in their order.
    code : str
        Octave's expression, over the fields of `in`.
    **values
        What both are given.
    """
    try:
        theirs = value_in_octave(session, code, **values)
    except OctaveError as error:
        with pytest.raises(MatlabError) as ours:
            port(*values.values())
        assert ours.value.message == error.message
        return
    with np.errstate(all="ignore"):
        ours = port(*values.values())
    assert_same(theirs, {"value": matlab_array(ours)})


def of_class(values, cls):
    """Convert numbers, saturated and without NaN where the class has none."""
    if cls is bool:
        return np.nan_to_num(values) > 0
    if np.dtype(cls).kind in "iu":
        info = np.iinfo(cls)
        return np.clip(np.nan_to_num(values), info.min, info.max).astype(cls)
    return values.astype(cls)


def _arrays(values):
    return {k: v if isinstance(v, str) else matlab_array(v) for k, v in values.items()}
