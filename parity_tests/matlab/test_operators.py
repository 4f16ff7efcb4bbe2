"""MATLAB's built-ins in the port against the same in Octave, one call at a time."""

from itertools import cycle, product

import numpy as np
import pytest

from both_sides.expressions import SPECIAL, check, of_class
from both_sides.functions import assert_same, unlike
from dltcnn.matlab import operators as matlab
from dltparity.octave.values import matlab_array

# Elementwise operators

OPERATORS = {"+": "plus", "-": "minus", ".*": "times", "./": "rdivide"}
CLASSES = (np.float64, np.float32, np.uint8, np.int16, np.int32, bool)


@pytest.mark.parametrize(
    ("symbol", "one", "other"),  # all pairs of classes, each with one of the operators
    [(symbol, *pair) for symbol, pair in zip(cycle(OPERATORS), product(CLASSES, CLASSES))],
)
def test_operators_mix_classes(original_session, symbol, one, other):
    a, b = of_class(SPECIAL, one), of_class(SPECIAL[:, ::-1], other)
    port = getattr(matlab, OPERATORS[symbol])
    check(original_session, port, f"in.a {symbol} in.b", a=a, b=b)
    check(original_session, port, f"in.a {symbol} in.b", a=a[:, 7:8], b=b)


@pytest.mark.parametrize("symbol", ["-", "./"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((2, 3), (2, 1)),
        ((2, 3), (1, 3)),
        ((2, 3, 4), (2, 3)),
        ((2, 3), (2, 3, 4)),
        ((2, 1, 4), (1, 3)),
        ((1, 1, 4), (2, 3)),
        ((2, 3), (3, 2)),
        ((2, 3, 4), (2, 3, 3)),
        ((1, 2), (1, 3)),
        ((0, 3), (1, 3)),
        ((0, 3), (2, 3)),
        ((2, 2, 2, 2), (2, 2, 2)),
        ((2, 3, 1), (2, 3, 4)),
        ((1, 3, 1, 1), (2, 3, 4)),
        ((2, 3, 4), (3, 3, 4)),
        ((1, 2), (3, 3)),
        ((3, 3), (1, 2)),
        ((0, 0), (1, 1)),
    ],
)
def test_operators_broadcast_or_refuse(original_session, rng, symbol, one, other):
    a, b = rng.random(one), rng.random(other)
    check(original_session, getattr(matlab, OPERATORS[symbol]), f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("symbol", OPERATORS)
def test_operators_refuse_in_their_own_words(original_session, symbol):
    port = getattr(matlab, OPERATORS[symbol])
    check(original_session, port, f"in.a {symbol} in.b", a=np.ones((2, 3)), b=np.ones((3, 2)))
    a, b = np.ones((2, 3), np.uint8), np.ones((2, 3), np.int16)
    check(original_session, port, f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("shapes", [((2, 3, 4, 5), (2, 3)), ((2, 3), (2, 1, 1, 5))])
def test_four_dimensions_broadcast(original_session, rng, shapes):
    a, b = rng.random(shapes[0]), rng.random(shapes[1])
    check(original_session, matlab.plus, "in.a + in.b", a=a, b=b)


@pytest.mark.parametrize("count", [11, 1, 10])
@pytest.mark.parametrize("cls", [np.float64, np.uint8, np.int16, bool])
def test_unequal(original_session, count, cls):
    b = of_class(SPECIAL, cls)[:, :count]
    check(original_session, matlab.ne, "in.a ~= in.b", a=SPECIAL, b=b)


def test_numbers_and_vectors_keep_their_dimensions():
    """Where MATLAB has rows, numpy has vectors: the port's own shapes."""
    assert matlab.plus(1.0, 2.0).shape == ()
    assert matlab.times(np.ones(3), 2.0).shape == matlab.times(2.0, np.ones(3)).shape == (3,)
    assert matlab.minus(np.ones(3), np.ones((2, 3, 1))).shape == (2, 3, 1)


# Products


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((3, 4), (4, 5)),
        ((1, 4), (4, 1)),
        ((3, 1), (1, 4)),
        ((1, 1), (3, 4)),
        ((3, 4), (1, 1)),
        ((0, 4), (4, 2)),
        ((3, 0), (0, 2)),
        ((3, 4), (3, 4)),
        ((3, 4), (5, 2)),
        ((2, 33), (33, 3)),
        ((0, 0), (0, 0)),
        ((2, 1), (2, 1)),
    ],
)
@pytest.mark.parametrize("classes", [(np.float64,) * 2, (np.float32, np.float64), (bool, float)])
def test_products(original_session, rng, one, other, classes):
    a = of_class(np.round(4 * rng.standard_normal(one)) / 3, classes[0])
    b = of_class(np.round(4 * rng.standard_normal(other)) / 7, classes[1])
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.uint8, float),
        (float, np.int32),
        (np.float32, np.uint8),
        (bool, np.int16),
        (np.int32, bool),
        (np.uint8, np.int32),
        (np.uint8, np.uint8),
    ],
)
@pytest.mark.parametrize("shapes", [((2, 2), (2, 2)), ((1, 1), (2, 2)), ((2, 2), (1, 1))])
def test_products_of_integers(original_session, one, other, shapes):
    a, b = np.full(shapes[0], 3).astype(one), np.full(shapes[1], 2).astype(other)
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)


@pytest.mark.parametrize("one", [(1, 1), (2, 2)])
def test_products_of_two_integer_classes_name_the_operator(original_session, one):
    a, b = np.ones(one, np.uint8), np.ones((2, 2), np.int16)
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)


@pytest.mark.parametrize(
    ("one", "other"), [((2, 12), (12, 2)), ((12, 2), (2, 3, 4)), ((2, 3, 4), (12, 2))]
)
def test_products_fold_the_dimensions_after_the_first(original_session, rng, one, other):
    a, b = rng.random(one), rng.random(other)
    code = "reshape(in.a, size(in.a, 1), []) * reshape(in.b, size(in.b, 1), [])"
    check(original_session, matlab.mtimes, code, a=a, b=b)


@pytest.mark.parametrize("shape", [(2, 3), (1, 3), (3, 1), (2, 3, 4), (0, 3), (1, 1)])
def test_a_factor_is_transposed_with_its_dimensions_folded(original_session, rng, shape):
    code = "reshape(in.x, size(in.x, 1), numel(in.x) / max(size(in.x, 1), 1))'"
    x = rng.random(shape)
    if not x.size:
        code = "in.x'"
    check(original_session, matlab.transpose, code, x=x)


def test_products_keep_signed_zeros_and_non_finite_values(original_session):
    a = np.array([[-0.0, np.inf], [0.0, -1.0]])
    b = np.array([[-0.0, 0.0], [np.nan, -0.0]])
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)
    check(original_session, matlab.mtimes, "in.a * in.b", a=-np.zeros((2, 1)), b=np.ones((1, 2)))
    check(original_session, matlab.mtimes, "in.a * in.b", a=np.array([[-0.0]]), b=np.ones((1, 2)))


# Sums, means, maxima


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (1, 1), (0, 3), (0, 0), (3, 1)])
def test_sums(original_session, rng, cls, shape):
    x = of_class(np.round(300 * rng.standard_normal(shape)) / 7, cls)
    check(original_session, matlab.sum_, "sum(in.x(:))", x=x)


def test_sums_start_from_plus_zero(original_session):
    check(original_session, matlab.sum_, "sum(in.x(:))", x=-np.zeros((2, 2)))
    check(original_session, matlab.sum_, "sum(in.x(:))", x=SPECIAL)


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
def test_sums_and_means_along_a_dimension(original_session, rng, shape, dim, cls):
    x = of_class(np.round(300 * rng.standard_normal(shape)) / 7, cls)
    check(original_session, lambda x: matlab.sums(x, dim), f"sum(in.x, {dim})", x=x)
    check(original_session, lambda x: matlab.mean(x, dim), f"mean(in.x, {dim})", x=x)


@pytest.mark.parametrize("dim", [1, 2])
@pytest.mark.parametrize("x", [SPECIAL, -np.zeros((2, 2))])
@pytest.mark.parametrize("cls", [np.float64, np.float32])
def test_means_of_special_values(original_session, dim, x, cls):
    with np.errstate(all="ignore"):
        x = x.astype(cls)
    check(original_session, lambda x: matlab.mean(x, dim), f"mean(in.x, {dim})", x=x)


TIES = np.array([[1.0, 2, 2], [3, 3, np.nan], [np.nan, 3, 1]])


@pytest.mark.parametrize("dim", ["", 1, 2])
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
    original_session.give("in", {"x": x})
    original_session.eval(f"clear('r'); [r.m, r.i] = max(in.x{dim and f', [], {dim}'});")
    m, i = matlab.max_(x, dim or None)
    theirs = original_session.fields("r")
    ours = {"i": matlab_array(i + 1.0)}
    if x.dtype != bool:  # Octave's maxima of logicals are double; the toolbox takes the places only
        ours["m"] = matlab_array(m)
    assert_same({name: theirs[name] for name in ours}, ours)


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
def test_places_of_what_is_true(original_session, rng, shape, least):
    x = rng.random(shape) >= least
    check(original_session, lambda x: matlab.find(x) + 1.0, "find(in.x)", x=x)


def test_places_in_numbers_and_vectors():
    assert matlab.find(np.bool_(True)).tolist() == [0]
    assert matlab.find(np.bool_(False)).shape == (0, 0)
    assert matlab.find(np.array([False, True, True])).tolist() == [1, 2]


@pytest.mark.parametrize("x", [[[1, 1]], [[1, 0]], [[0, 0]], [[]], [[1], [2]]])
def test_conditions(original_session, x):
    code = "ifelse(in.x)"
    original_session.eval("function y = ifelse(x), y = 0; if x, y = 1; end, end")
    check(original_session, lambda x: float(matlab.istrue(x)), code, x=np.array(x, float))


@pytest.mark.parametrize(("x", "y"), [(7.5, 1), (6.0, 1), (-7.5, 2), (5.0, 3), (-4.0, 2)])
def test_remainders(original_session, x, y):
    check(original_session, matlab.rem, "rem(in.x, in.y)", x=x, y=float(y))


def test_roots(original_session):
    check(original_session, matlab.sqrt, "sqrt(in.x)", x=np.abs(SPECIAL))
