"""sigm, expand and flipall against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same, in_octave, refusal_of
from dltcnn.util.expand import expand
from dltcnn.util.flipall import flipall
from dltcnn.util.sigm import sigm

SPECIAL = [np.nan, np.inf, -np.inf, 0.0, -0.0, 5e-324, -1e-310, 709.0, -745.0, -746.0, 1e300]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sigm(original_session, rng, dtype):
    with np.errstate(all="ignore"):
        p = np.concatenate([rng.normal(0, 20, 100_000), rng.normal(0, 1, 100_000), SPECIAL])
        p = p.astype(dtype)[None]
    assert_same(in_octave(original_session, "sigm(in.p)", p=p), {"value": sigm(p)})


@pytest.mark.parametrize("factors", [(2, 2, 1), (1, 1, 1), (3, 4, 1), (1, 2, 3), (2.0, 3.0, 1)])
def test_expand(original_session, rng, factors):
    a = rng.random((3, 5, 4))
    reference = in_octave(original_session, "expand(in.a, in.s)", a=a, s=factors)
    assert_same(reference, {"value": expand(a, factors)})


@pytest.mark.parametrize(
    ("factors", "line"), [(None, 36), ((2, 2), 42), ((2, 2, 1, 1), 42), ((2.5, 2, 1), 44)], ids=str
)
def test_expand_refuses(original_session, factors, line):
    a = np.ones((2, 2, 2))
    code = "expand(in.a)" if factors is None else "expand(in.a, in.s)"
    theirs = refusal_of(in_octave, original_session, code, a=a, s=factors)
    ours = refusal_of(expand, a, *([] if factors is None else [factors]))
    assert ours == theirs
    assert ours[1] == f"expand.m:{line}"


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 5), (1, 4), (2, 1, 3)])
def test_flipall(original_session, rng, shape):
    x = rng.random(shape)
    assert_same(in_octave(original_session, "flipall(in.x)", x=x), {"value": flipall(x)})


def test_flipall_of_a_vector():
    assert flipall(np.arange(3.0)).tolist() == [2, 1, 0]
