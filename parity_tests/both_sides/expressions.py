"""One call on both sides: a function of the port and an expression in Octave."""

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import MatlabError
from dltparity.octave.errors import OctaveError
from dltparity.traces.trace import matlab_array

SPECIAL = np.array([[np.nan, np.inf, -np.inf, 0.0, -0.0, 5e-324, -1.5, 2.5, 0.5, 300.0, -300.0]])
RNG = np.random.default_rng(0)
SQUARE, STACK = RNG.standard_normal((4, 4)), RNG.standard_normal((4, 5, 3))


def octave(session, code, **values):
    """The value of an expression over fields of `in`."""
    given = {k: v if isinstance(v, str) else matlab_array(v) for k, v in values.items()}
    session.assign("in", given)
    session.eval(f"clear('r'); r.value = {code};")
    return session.fields("r")


def words(session, code, **values):
    """The same of an expression that is a text."""
    return "".join(
        map(chr, octave(session, f"double({code})", **values)["value"].ravel().astype(int))
    )


def check(session, port, code, **values):
    """Both sides give the same value, or refuse in the same words."""
    try:
        theirs = octave(session, code, **values)
    except OctaveError as error:
        with pytest.raises(MatlabError) as ours:
            port(*values.values())
        assert ours.value.message == error.message
        return
    with np.errstate(all="ignore"):
        ours = port(*values.values())
    assert_same(theirs, {"value": matlab_array(ours)})


def of_class(values, cls):
    if cls is bool:
        return np.nan_to_num(values) > 0
    if np.dtype(cls).kind in "iu":
        info = np.iinfo(cls)
        return np.clip(np.nan_to_num(values), info.min, info.max).astype(cls)
    return values.astype(cls)
