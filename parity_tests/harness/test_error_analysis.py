"""Each operation on (value, err) holds for every operand within its err, and none is far off."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from dltparity.comparison.error_analysis import CLASSES, ULPS, Arithmetic, Running, extended, ratio

BITS = {"double": 64, "single": 32}


def numbers(cls):
    """Finite numbers of a class, subnormals included, whose products do not overflow."""
    large = 2.0 ** (500 if cls == "double" else 60)
    return st.floats(-large, large, width=BITS[cls])


def running_of(value, err):
    """A value with its bound, as if it had been given."""
    return Running(value, err, np.abs(value).astype(float))


def exact(x):
    return Fraction(*np.longdouble(x).as_integer_ratio())


def holds(running, computed, true):
    """Whether both what was computed and the truth are within err of value."""
    value, err = exact(running.value), Fraction(float(running.err))
    return abs(exact(computed) - value) <= err and abs(true - value) <= err


@st.composite
def operands(draw, count=None):
    """Draw a class, pairs (value, err) and, for each, a number of the class within its err."""
    cls = draw(st.sampled_from(sorted(CLASSES)))
    count = count or draw(st.integers(1, 12))
    values = np.array(draw(st.lists(numbers(cls), min_size=count, max_size=count)), CLASSES[cls])
    off = draw(st.lists(st.floats(-0.5, 0.5, width=16), min_size=count, max_size=count))
    with np.errstate(under="ignore"):
        moved = (values * (1 + np.array(off))).astype(CLASSES[cls])
    err = np.abs(moved.astype(np.longdouble) - values).astype(float)
    return Arithmetic(cls), running_of(values.astype(extended(cls)[0]), err), moved


@settings(deadline=None, max_examples=300)
@given(operands(count=2))
def test_one_operation(drawn):
    do, pairs, (p, q) = drawn
    a, b = (pairs.arranged(lambda v, i=i: v[i]) for i in range(2))
    with np.errstate(under="ignore"):
        for running, computed, true in (
            (do.add(a, b), p + q, exact(p) + exact(q)),
            (do.subtract(a, b), p - q, exact(p) - exact(q)),
            (do.multiply(a, b), p * q, exact(p) * exact(q)),
            (do.divide(a, 49), p / p.dtype.type(49), exact(p) / 49),
        ):
            assert holds(running, computed, true)


@settings(deadline=None, max_examples=200)
@given(operands(), st.randoms(use_true_random=False))
def test_sums_of_products_in_any_order(drawn, rng):
    do, a, moved = drawn
    b = a.arranged(lambda v: v[::-1])
    with np.errstate(under="ignore"):
        products = list(moved * moved[::-1])
        terms = list(moved)
        true = sum(exact(p) * exact(q) for p, q in zip(moved, moved[::-1], strict=True))
        rng.shuffle(products), rng.shuffle(terms)
        assert holds(do.contract("i,i->", a, b), add_up(products, rng), true)
        assert holds(do.total(a, 0), add_up(terms, rng), sum(map(exact, moved)))


def add_up(terms, rng):
    while len(terms) > 1:
        terms.append(terms.pop(rng.randrange(len(terms))) + terms.pop(rng.randrange(len(terms))))
    return terms[0]


def true_sigmoid(x):
    with localcontext(prec=60, Emin=-9999, Emax=9999):
        return Fraction(1 / (1 + (-Decimal(float(x))).exp()))


EDGES = {"double": [-745.2, -709.79, -709.7, 709.8], "single": [-103.9, -88.8, -88.7, 89]}


@pytest.mark.parametrize("cls", CLASSES)
def test_sigmoid(cls):
    do, dtype = Arithmetic(cls), CLASSES[cls]
    rng = np.random.default_rng(0)
    spread = rng.normal(size=300) * 10 ** rng.uniform(-9, 2.7, 300)
    for x in np.array([0, -0.0, 1e-40, *EDGES[cls], *spread]).astype(dtype):
        for err in (0.0, abs(float(x)) * 1e-3, 0.7):
            moved = dtype(x + rng.choice([-1, 1]) * err)
            err = float(abs(np.longdouble(moved) - x))
            running = do.sigmoid(running_of(np.array(x, do.dtype), np.array(err)))
            with np.errstate(over="ignore", under="ignore"):
                assert holds(running, expit(moved), true_sigmoid(moved)), (x, moved)
                plain = 1 / (1 + dtype(math.exp(-moved) if -moved < 709.7 else np.inf))
            assert holds(running, plain, true_sigmoid(moved)), (x, moved)
            if err == 0 and running.value > np.finfo(dtype).smallest_normal:
                least = float(np.finfo(dtype).eps) / 2 * float(running.value)
                assert 2 * least <= running.err <= 12 * least + np.finfo(dtype).smallest_normal


@pytest.mark.parametrize("cls", CLASSES)
def test_a_saturated_sigmoid_hardly_moves(cls):
    do = Arithmetic(cls)
    pair = do.sigmoid(running_of(np.array([-40, 40], do.dtype), np.ones(2)))
    assert np.exp(-40) < pair.err[0] < 2 * np.exp(-39)
    assert pair.err[1] < 4 * np.finfo(CLASSES[cls]).eps


@pytest.mark.parametrize("cls", CLASSES)
def test_the_bound_of_a_sum_is_attained(cls):
    dtype = CLASSES[cls]
    half = np.finfo(dtype).eps / 2
    terms = np.array([1] + [half] * 999, dtype)  # one by one, each half unit is lost
    do = Arithmetic(cls)
    assert 0.3 < ratio(np.add.accumulate(terms)[-1], do.total(do.given(terms), 0)) <= 1
    rng = np.random.default_rng(0)
    p, q = rng.random((2, 5000)).astype(dtype)
    assert 0.4 < ratio(p * q, do.multiply(do.given(p), do.given(q))) <= 1
    assert 0.4 < ratio(p + q, do.add(do.given(p), do.given(q))) <= 1


@pytest.mark.parametrize("name", ULPS)
def test_the_table_covers_the_c_library_in_double(name):
    x = np.random.default_rng(0).uniform(1e-3, 20, 20000)
    true = getattr(np, name)(x.astype(np.longdouble))
    computed = np.array([getattr(math, name)(v) for v in x])
    units = np.abs(computed - true) / np.spacing(np.abs(true).astype(float))
    assert 0.3 < units.max() <= ULPS[name]["double"] + 0.5


def test_a_sum_that_may_overflow_has_no_bound():
    do = Arithmetic("single")
    near = do.given(np.array([3e38, 3e38, -3e38], np.float32))
    with np.errstate(over="ignore"):
        assert np.isinf(do.total(near, 0).err)
        assert np.isfinite(do.total(near.arranged(lambda v: v[:1]), 0).err)
        assert np.isinf(do.given(np.array(1e300)).err)
        assert np.isinf(do.gamma(2.0**25))


def test_what_the_class_cannot_hold_may_be_rounded():
    assert Arithmetic("double").given(np.array(0.1)).err == 0
    assert Arithmetic("single").given(np.array(0.5)).err == 0
    off = Arithmetic("single").given(np.array(0.1))
    assert off.value == 0.1
    assert off.err == abs(0.1 - float(np.float32(0.1)))


def test_ratio():
    running = running_of(np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.5, np.inf]))
    assert ratio(np.array([0.0, 1.25, 9]), running) == 0.5
    assert ratio(np.array([0.0, 1.0, np.nan]), running) == 0
    assert ratio(np.array([1e-300, 1.0, 2.0]), running) == np.inf
    assert ratio(np.array([0.0, np.nan, 2.0]), running) == np.inf
    assert ratio(0.25, running_of(np.zeros(()), np.ones(()))) == 0.25
    assert ratio(np.zeros((2, 2, 1)), running_of(np.ones((2, 2)), np.ones((2, 2)))) == 1
    with pytest.raises(ValueError, match="compare sizes first"):
        ratio(np.zeros((2, 1)), running)


def test_the_evaluation_is_counted(monkeypatch):
    monkeypatch.setattr(np, "longdouble", np.float64)
    assert extended("double") == (np.float64, 2.0**-53)
    assert Arithmetic("double").gamma(1) == 2 * (2.0**-53 / (1 - 2.0**-53))
    assert Arithmetic("single").gamma(1) == pytest.approx(2.0**-24 + 2.0**-48 + 2.0**-53, rel=1e-9)
