"""Elementary functions against Octave's."""

import numpy as np
import pytest

from both_sides.expressions import SPECIAL, check, of_class, value_in_octave
from both_sides.functions import assert_same
from dltcnn.matlab.math import abs_, double, exp, floor, log, logistic, rem, sign, sqrt

SMALLEST = [5e-324, 1e-310, 1e-300, 1e-45]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_exp_of_what_is_not_positive(acnn_session, dtype):
    x = -np.random.default_rng(0).exponential(30, 20_000)
    with np.errstate(all="ignore"):
        x = np.concatenate([x, [0.0, -0.0, -np.inf, np.nan, -745.2, -103.9, -87.4]]).astype(dtype)
    assert_same(value_in_octave(acnn_session, "exp(in.x)", x=x[None]), {"value": exp(x[None])})
    assert exp(x[None]).flags.c_contiguous


def test_exp_of_logicals_is_double(acnn_session):
    x = np.zeros((1, 2), bool)
    assert_same(value_in_octave(acnn_session, "exp(in.x)", x=x), {"value": exp(x)})


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_log_of_what_is_not_negative(acnn_session, dtype):
    x = np.random.default_rng(1).exponential(30, 20_000)
    with np.errstate(all="ignore"):
        x = np.concatenate([x, x / 1000, SMALLEST, [0.0, 1.0, np.inf, np.nan]]).astype(dtype)
        ours = log(x[None])
    assert_same(value_in_octave(acnn_session, "log(in.x)", x=x[None]), {"value": ours})


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.uint8, bool])
def test_double(acnn_session, dtype):
    x = np.array([[0, 1, 1], [1, 0, 1]]).astype(dtype)
    assert_same(value_in_octave(acnn_session, "double(in.x)", x=x), {"value": double(x)})


@pytest.mark.parametrize(("x", "y"), [(7.5, 1), (6.0, 1), (-7.5, 2), (5.0, 3), (-4.0, 2)])
def test_remainders(original_session, x, y):
    check(original_session, rem, "rem(in.x, in.y)", x=x, y=float(y))


@pytest.mark.parametrize("cls", [np.float32, bool, np.int8, np.uint8, np.int32])
@pytest.mark.parametrize("shape", [(2, 3), (1, 1), (0, 3), (0, 0)])
@pytest.mark.parametrize(
    "y", [3.0, 0.0, np.float32(2), np.int8(3), np.int16(2), np.uint8(2), np.array([[True]])]
)
def test_remainders_of_other_classes(original_session, cls, shape, y, rng):
    x = rng.integers(0, 100, shape).astype(cls)
    check(original_session, rem, "rem(in.x, in.y)", x=x, y=y)


@pytest.mark.parametrize("cls", [bool, np.int8, np.uint8, np.int32])
@pytest.mark.parametrize("shape", [(2, 3), (1, 1), (0, 3), (0, 0)])
def test_roots_and_logarithms_of_other_classes_are_double(original_session, cls, shape, rng):
    x = rng.integers(0, 100, shape).astype(cls)
    check(original_session, sqrt, "sqrt(in.x)", x=x)
    check(original_session, log, "log(in.x)", x=x)


def test_roots(original_session):
    check(original_session, sqrt, "sqrt(in.x)", x=np.abs(SPECIAL))


CLASSES = (np.float64, np.float32, np.uint8, np.int16, bool)


@pytest.mark.parametrize("cls", CLASSES)
def test_floor_sign_and_magnitude(original_session, cls):
    x = of_class(SPECIAL, cls)
    check(original_session, floor, "floor(in.x)", x=x)
    check(original_session, sign, "sign(in.x)", x=x)
    check(original_session, abs_, "abs(in.x)", x=x)


@pytest.mark.parametrize("cls", [np.float64, np.float32])
def test_the_logistic_function(original_session, cls):
    with np.errstate(all="ignore"):
        x = np.concatenate([SPECIAL[0], np.random.default_rng(0).normal(0, 20, 5000)]).astype(cls)
    check(original_session, logistic, "1 ./ (1 + exp(-in.x))", x=x[None])
