"""Sums, means, maxima and what is true against the same in Octave."""

import numpy as np
import pytest

from both_sides.expressions import SPECIAL, check, of_class
from both_sides.functions import assert_same, unlike
from dltcnn.matlab import sums
from dltparity.octave.values import matlab_array

CLASSES = (np.float64, np.float32, np.uint8, np.int16, np.int32, bool)


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (1, 1), (0, 3), (0, 0), (3, 1)])
def test_sums(original_session, cls, shape, rng):
    x = of_class(np.round(300 * rng.standard_normal(shape)) / 7, cls)
    check(original_session, sums.sum_, "sum(in.x(:))", x=x)


def test_sums_start_from_plus_zero(original_session):
    check(original_session, sums.sum_, "sum(in.x(:))", x=-np.zeros((2, 2)))
    check(original_session, sums.sum_, "sum(in.x(:))", x=SPECIAL)


SHAPES = [
    (3, 4),
    (1, 4),
    (4, 1),
    (1, 1),
    (2, 3, 4),
    (2, 3, 4, 2),
    (0, 3),
    (3, 0),
    (2, 0, 3),
    (2, 3, 0),
]


@pytest.mark.parametrize(
    ("shape", "dim"), [(shape, dim) for shape in SHAPES for dim in range(1, len(shape) + 1)]
)
@pytest.mark.parametrize("cls", [np.float64, np.float32, bool])
def test_sums_and_means_along_a_dimension(original_session, shape, dim, cls, rng):
    x = of_class(np.round(300 * rng.standard_normal(shape)) / 7, cls)
    check(original_session, lambda x: sums.sum_(x, dim), f"sum(in.x, {dim})", x=x)
    check(original_session, lambda x: sums.mean(x, dim), f"mean(in.x, {dim})", x=x)


@pytest.mark.parametrize("dim", [1, 2])
@pytest.mark.parametrize("x", [SPECIAL, -np.zeros((2, 2))])
@pytest.mark.parametrize("cls", [np.float64, np.float32])
def test_means_of_special_values(original_session, dim, x, cls):
    with np.errstate(all="ignore"):
        x = x.astype(cls)
    check(original_session, lambda x: sums.mean(x, dim), f"mean(in.x, {dim})", x=x)


TIES = np.array([[1.0, 2, 2], [3, 3, np.nan], [np.nan, 3, 1]])


@pytest.mark.parametrize("dim", ["", 1, 2, 3])
@pytest.mark.parametrize(
    "x",
    [
        TIES,
        TIES[:1],
        TIES[:, :1],
        np.full((2, 3), np.nan),
        np.full((1, 3), np.nan),
        np.array([[-np.inf, np.nan], [np.nan, -np.inf]]),
        SPECIAL,
        np.array([[True, False], [True, True]]),
        np.array([[3, 5], [5, 4]], np.uint8),
        TIES.astype(np.float32),
        *(unlike(*shape) for shape in (*SHAPES, (1, 1, 3), (1, 3, 2))),
        np.zeros((0, 0), np.float32),
    ],
)
def test_maxima(original_session, x, dim):
    code = f"[result.m, result.i] = max(in.x{dim and f', [], {dim}'});"
    theirs = original_session.compute(code, {"x": x})
    m, i = sums.max_(x, dim or None)
    assert_same(theirs, {"i": matlab_array(i + 1.0), "m": matlab_array(m)})


FOUND = [
    (1, 1),
    (1, 4),
    (4, 1),
    (3, 4),
    (2, 3, 2),
    (1, 3, 2),
    (1, 3, 1),
    (0, 0),
    (0, 3),
    (1, 0),
    (3, 0),
]


@pytest.mark.parametrize("shape", FOUND)
@pytest.mark.parametrize("least", [0.0, 0.5, 2.0])
def test_places_of_what_is_true(original_session, shape, least, rng):
    x = rng.random(shape) >= least
    check(original_session, lambda x: sums.find(x) + 1.0, "find(in.x)", x=x)


def test_places_in_numbers_and_vectors():
    assert sums.find(np.bool_(True)).tolist() == [0]
    assert sums.find(np.bool_(False)).shape == (0, 0)
    assert sums.find(np.array([False, True, True])).tolist() == [1, 2]


@pytest.mark.parametrize("cls", [np.float64, np.float32, bool, np.int8, np.uint8])
@pytest.mark.parametrize(
    "shape", [(3, 4), (1, 5), (5, 1), (1, 1), (2, 3, 2), (1, 1, 3), (0, 3), (3, 0), (1, 0), (0, 0)]
)
def test_products_truth_and_running_sums(original_session, cls, shape, rng):
    x = of_class(100 * rng.standard_normal(shape), cls)
    check(original_session, sums.prod, "prod(in.x)", x=x)
    check(original_session, sums.sum_, "sum(in.x(:))", x=x)
    for dim in (1, 2, 3):
        check(original_session, lambda x, d=dim: sums.sum_(x, d), f"sum(in.x, {dim})", x=x)
        check(original_session, lambda x, d=dim: sums.mean(x, d), f"mean(in.x, {dim})", x=x)
    for dim in (1, 2):
        check(original_session, lambda x, d=dim: sums.cumsum(x, d), f"cumsum(in.x, {dim})", x=x)
    for y in (x, np.ones(shape, cls), np.zeros(shape, cls)):
        check(original_session, sums.all_, "all(in.x(:))", x=y)
        check(original_session, sums.any_, "any(in.x(:))", x=y)


def test_sums_along_a_dimension_that_is_not_there(original_session):
    for x in (np.array([[1.0, -0.0]]), np.array([[True, False]])):
        check(original_session, lambda x: sums.sum_(x, 3), "sum(in.x, 3)", x=x)
    assert sums.sum_(np.ones((2, 3)), 4).shape == (2, 3, 1, 1)


@pytest.mark.parametrize("cls", [np.float64, np.float32, np.int8, bool])
def test_sums_and_means_of_a_number(original_session, cls):
    x = cls(3)
    for dim in (1, 2, 3):
        check(original_session, lambda x, d=dim: sums.sum_(x, d), f"sum(in.x, {dim})", x=x)
        check(original_session, lambda x, d=dim: sums.mean(x, d), f"mean(in.x, {dim})", x=x)
