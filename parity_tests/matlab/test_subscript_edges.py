"""Subscripts at their edges: orientation of parts, strides of two kinds, many subscripts."""

import numpy as np
import pytest

from both_sides.expressions import STACK, check
from dltcnn import MatlabError
from dltcnn.matlab import subscripts

COLUMN, ROW = np.arange(4.0)[:, None], np.arange(4.0)[None]


@pytest.mark.parametrize("kk", [COLUMN, ROW, STACK, STACK[:, :, 0], np.ones((1, 1))])
@pytest.mark.parametrize(("first", "last"), [(0, 1), (0, 0)])
def test_a_part_of_a_column_is_a_column_and_of_all_else_a_row(original_session, kk, first, last):
    code = "in.kk(in.first + 1 : in.last)"
    check(original_session, subscripts.span, code, kk=kk, first=first, last=last)


def test_a_part_of_a_column_of_nothing_is_one(original_session):
    check(original_session, lambda kk: subscripts.span(kk, 0, 0), "in.kk(1 : 0)", kk=COLUMN[:0])


def test_a_part_of_a_stack_is_a_row_in_two_dimensions():
    assert subscripts.span(STACK, 0, 3).shape == (1, 3)


def test_a_part_of_a_vector_of_one_dimension_has_one():
    assert subscripts.span(np.arange(4.0), 1, 3).tolist() == [1, 2]
    assert subscripts.span(np.zeros((2, 0)), 0, 0).shape == (1, 0)


@pytest.mark.parametrize(("s", "t"), [(0, 1), (1, 0), (-1, 1), (1, -1), (2, 1), (1, 2), (0, 2)])
def test_strides_of_two_kinds(original_session, s, t):
    code = "(@(z, s, t) z(1 : s : end, 1 : t : end, :))(in.z, in.s, in.t)"
    check(original_session, subscripts.strided, code, z=STACK, s=s, t=t)


@pytest.mark.parametrize("x", [np.arange(3.0), ROW, COLUMN, STACK])
def test_a_negative_subscript_but_the_end_is_refused(x):
    assert subscripts.element(x, -1) == x.ravel(order="F")[-1]
    for beyond in (-2, -3):
        with pytest.raises(MatlabError, match="out of bound"):
            subscripts.element(x, beyond)


def test_a_vector_of_one_dimension_is_a_row_to_two_subscripts():
    assert subscripts.element(np.arange(3.0), 0, 2) == 2
    with pytest.raises(MatlabError, match="out of bound"):
        subscripts.element(np.arange(3.0), 2, 0)


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 8])
def test_more_subscripts_than_dimensions_are_ones(count):
    x = np.arange(6.0).reshape(2, 3)
    assert subscripts.element(x, 1, 2, *[0] * (count - 2)) == 5
    assert subscripts.part(x, 1, 2, *[0] * (count - 2)).size == 1
    with pytest.raises(MatlabError, match="out of bound"):
        subscripts.element(x, 1, 2, *[0] * (count - 3), 1)


def test_a_part_is_nobody_elses():
    for x in (STACK.copy(), np.asfortranarray(STACK)):
        before = x.copy()
        for key in ((slice(None), slice(None), slice(None)), (slice(None), [0], slice(None))):
            subscripts.part(x, *key)[...] = 9
            assert (x == before).all()
