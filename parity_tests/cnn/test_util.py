"""sigm, expand and flipall against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import MatlabError
from dltcnn.util.expand import expand
from dltcnn.util.flipall import flipall
from dltcnn.util.sigm import sigm
from dltparity.octave.errors import OctaveError
from dltparity.traces.trace import matlab_array

SPECIAL = [np.nan, np.inf, -np.inf, 0.0, -0.0, 5e-324, -1e-310, 709.0, -745.0, -746.0, 1e300]


def call(session, code, **values):
    """Evaluate an expression over fields of `in` in Octave."""
    session.assign("in", values)
    session.eval(f"clear('r'); r.value = {code};")
    return session.fields("r")


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sigm(original_session, dtype):
    rng = np.random.default_rng(0)
    with np.errstate(all="ignore"):
        p = np.concatenate([rng.normal(0, 20, 100_000), rng.normal(0, 1, 100_000), SPECIAL])
        p = p.astype(dtype)[None]
    assert_same(call(original_session, "sigm(in.p)", p=p), {"value": sigm(p)})


@pytest.mark.parametrize("factors", [(2, 2, 1), (1, 1, 1), (3, 4, 1), (1, 2, 3), (2.0, 3.0, 1)])
def test_expand(original_session, factors):
    a = np.random.default_rng(1).random((3, 5, 4))
    reference = call(original_session, "expand(in.a, in.s)", a=a, s=matlab_array(factors))
    assert_same(reference, {"value": expand(a, factors)})


@pytest.mark.parametrize(
    ("factors", "line"), [(None, 36), ((2, 2), 42), ((2, 2, 1, 1), 42), ((2.5, 2, 1), 44)], ids=str
)
def test_expand_refuses(original_session, factors, line):
    a = np.ones((2, 2, 2))
    code = "expand(in.a)" if factors is None else "expand(in.a, in.s)"
    with pytest.raises(OctaveError) as theirs:
        call(original_session, code, a=a, s=matlab_array(factors or 0))
    with pytest.raises(MatlabError) as ours:
        expand(a, *([] if factors is None else [factors]))
    assert ours.value.message == theirs.value.message
    assert ours.value.line == theirs.value.line == f"expand.m:{line}"


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 5), (1, 4), (2, 1, 3)])
def test_flipall(original_session, shape):
    x = np.random.default_rng(2).random(shape)
    assert_same(call(original_session, "flipall(in.x)", x=x), {"value": flipall(x)})


def test_flipall_of_a_vector():
    assert flipall(np.arange(3.0)).tolist() == [2, 1, 0]
