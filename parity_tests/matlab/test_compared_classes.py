"""Comparisons across classes, and the shapes of what operators give."""

import numpy as np
import pytest

from both_sides.expressions import check
from dltcnn.matlab import operators

# The nearest neighbours of what single can still tell apart.
WHOLE = {np.int32: 2**24 + 1, np.uint32: 2**32 - 1}


@pytest.mark.parametrize("name", ["eq", "ne", "lt", "gt"])
@pytest.mark.parametrize("cls", WHOLE)
def test_an_integer_is_not_rounded_to_single_where_they_are_compared(original_session, name, cls):
    number = WHOLE[cls]
    a, b = np.full((1, 2), number, cls), np.full((1, 2), number, np.float32)
    compared = getattr(operators, name)
    check(original_session, compared, f"{name}(in.a, in.b)", a=a, b=b)
    check(original_session, compared, f"{name}(in.a, in.b)", a=b, b=a)


@pytest.mark.parametrize("name", ["eq", "lt"])
@pytest.mark.parametrize("a", [np.float64(2), np.ones(3, np.int16), np.ones(3)])
def test_vectors_of_one_dimension_keep_it(name, a):
    compared = getattr(operators, name)
    assert compared(a, np.ones(3)).shape == (3,)
    assert compared(np.ones(3), a).shape == (3,)
