"""MATLAB's operators in the port against the same in Octave, one call at a time."""

from itertools import cycle, product

import numpy as np
import pytest

from both_sides.expressions import SPECIAL, check, of_class
from dltcnn import MatlabError
from dltcnn.matlab import operators

OPERATORS = {"+": "plus", "-": "minus", ".*": "times", "./": "rdivide"}


CLASSES = (np.float64, np.float32, np.uint8, np.int16, np.int32, bool)


@pytest.mark.parametrize(
    ("symbol", "one", "other"),  # all pairs of classes, each with one of the operators
    [(symbol, *pair) for symbol, pair in zip(cycle(OPERATORS), product(CLASSES, CLASSES))],
)
def test_operators_mix_classes(original_session, symbol, one, other):
    a, b = of_class(SPECIAL, one), of_class(SPECIAL[:, ::-1], other)
    port = getattr(operators, OPERATORS[symbol])
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
def test_operators_broadcast_or_refuse(original_session, symbol, one, other, rng):
    a, b = rng.random(one), rng.random(other)
    check(original_session, getattr(operators, OPERATORS[symbol]), f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("symbol", OPERATORS)
def test_operators_refuse_in_their_own_words(original_session, symbol):
    port = getattr(operators, OPERATORS[symbol])
    check(original_session, port, f"in.a {symbol} in.b", a=np.ones((2, 3)), b=np.ones((3, 2)))
    a, b = np.ones((2, 3), np.uint8), np.ones((2, 3), np.int16)
    check(original_session, port, f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("shapes", [((2, 3, 4, 5), (2, 3)), ((2, 3), (2, 1, 1, 5))])
def test_four_dimensions_broadcast(original_session, shapes, rng):
    a, b = rng.random(shapes[0]), rng.random(shapes[1])
    check(original_session, operators.plus, "in.a + in.b", a=a, b=b)


COMPARISONS = {"==": "eq", "~=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


@pytest.mark.parametrize("count", [11, 1, 10])
@pytest.mark.parametrize("cls", [np.float64, np.uint8, np.int16, bool])
@pytest.mark.parametrize("symbol", COMPARISONS)
def test_comparisons(original_session, count, cls, symbol):
    port, b = getattr(operators, COMPARISONS[symbol]), of_class(SPECIAL, cls)[:, :count]
    check(original_session, port, f"in.a {symbol} in.b", a=SPECIAL, b=b)
    check(original_session, port, f"in.a {symbol} in.b", a=b, b=SPECIAL[:, ::-1])


@pytest.mark.parametrize("shapes", [((2, 3), (2, 1)), ((1, 1), (2, 3)), ((2, 3), (3, 2))])
def test_logicals_are_joined_and_negated(original_session, shapes, rng):
    a, b = (rng.random(shape) > 0.5 for shape in shapes)
    check(original_session, operators.and_, "in.a & in.b", a=a, b=b)
    check(original_session, operators.not_, "~in.a", a=a)


@pytest.mark.parametrize("x", [1.0, np.int8(0)])
def test_only_logicals_are_joined_and_negated(x):
    with pytest.raises(MatlabError) as error:
        operators.not_(x)
    assert error.value.message == (
        f"~ was given an array of class {np.asarray(x).dtype}: expected logical"
    )
    with pytest.raises(MatlabError, match=r"^& was given"):
        operators.and_(True, x)


def test_numbers_and_vectors_keep_their_dimensions():
    """Where MATLAB has rows, numpy has vectors: the port's own shapes."""
    assert operators.plus(1.0, 2.0).shape == ()
    assert operators.times(np.ones(3), 2.0).shape == operators.times(2.0, np.ones(3)).shape == (3,)
    assert operators.minus(np.ones(3), np.ones((2, 3, 1))).shape == (2, 3, 1)


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
def test_products(original_session, one, other, classes, rng):
    a = of_class(np.round(4 * rng.standard_normal(one)) / 3, classes[0])
    b = of_class(np.round(4 * rng.standard_normal(other)) / 7, classes[1])
    check(original_session, operators.mtimes, "in.a * in.b", a=a, b=b)


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
    check(original_session, operators.mtimes, "in.a * in.b", a=a, b=b)


@pytest.mark.parametrize("one", [(1, 1), (2, 2)])
def test_products_of_two_integer_classes_name_the_operator(original_session, one):
    a, b = np.ones(one, np.uint8), np.ones((2, 2), np.int16)
    check(original_session, operators.mtimes, "in.a * in.b", a=a, b=b)


@pytest.mark.parametrize(
    ("one", "other"), [((2, 12), (12, 2)), ((12, 2), (2, 3, 4)), ((2, 3, 4), (12, 2))]
)
def test_products_fold_the_dimensions_after_the_first(original_session, one, other, rng):
    a, b = rng.random(one), rng.random(other)
    code = "reshape(in.a, size(in.a, 1), []) * reshape(in.b, size(in.b, 1), [])"
    check(original_session, operators.mtimes, code, a=a, b=b)


@pytest.mark.parametrize("shape", [(2, 3), (1, 3), (3, 1), (2, 3, 4), (0, 3), (1, 1)])
def test_a_factor_is_transposed_with_its_dimensions_folded(original_session, shape, rng):
    code = "reshape(in.x, size(in.x, 1), numel(in.x) / max(size(in.x, 1), 1))'"
    x = rng.random(shape)
    if not x.size:
        code = "in.x'"
    check(original_session, operators.transpose, code, x=x)


def test_products_keep_signed_zeros_and_non_finite_values(original_session):
    a = np.array([[-0.0, np.inf], [0.0, -1.0]])
    b = np.array([[-0.0, 0.0], [np.nan, -0.0]])
    check(original_session, operators.mtimes, "in.a * in.b", a=a, b=b)
    check(original_session, operators.mtimes, "in.a * in.b", a=-np.zeros((2, 1)), b=np.ones((1, 2)))
    check(
        original_session, operators.mtimes, "in.a * in.b", a=np.array([[-0.0]]), b=np.ones((1, 2))
    )


@pytest.mark.parametrize("x", [[[1, 1]], [[1, 0]], [[0, 0]], [[]], [[1], [2]]])
def test_conditions(original_session, x):
    code = "ifelse(in.x)"
    original_session.eval("function y = ifelse(x), y = 0; if x, y = 1; end, end")
    check(original_session, lambda x: float(operators.istrue(x)), code, x=np.array(x, float))
