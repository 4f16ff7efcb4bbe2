"""MATLAB's `/` and `^` on whole arrays against the same in Octave."""

import numpy as np
import pytest

from calls import check
from dltcnn import division, text


@pytest.mark.parametrize("x", [3.0, 0.1, np.float32(0.1), -2.0, np.ones((1, 2)), np.ones((2, 3))])
def test_squares(original_session, x):
    check(original_session, division.mpower2, "in.x ^ 2", x=x)


@pytest.mark.parametrize(
    "b", [2.0, [[2.0, 3.0]], [[0.0, 0.0]], [[np.nan, 1.0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]]]
)
def test_quotients_read_as_octaves(original_session, b):
    a = np.array([[4.0, 6.0]])
    original_session.assign("in", {"a": a, "b": np.atleast_2d(b)})
    original_session.eval("text = num2str(in.a / in.b);")
    quotient = division.mrdivide(a, b)
    assert text.num2str(quotient) == original_session.pull("text")


def test_squares_of_nothing():
    assert division.mpower2(np.zeros((3, 0))).shape == (0, 0)
    assert division.mpower2([]).shape == (0, 0)
