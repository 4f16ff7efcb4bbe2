"""MATLAB's built-ins in the port against the same in Octave, one call at a time."""

from itertools import cycle, product

import numpy as np
import pytest

from calls import RNG, SPECIAL, SQUARE, STACK, check, of_class
from dltcnn import MatlabError, Net, matlab
from dltcnn.net import Cell, Layer
from dltparity.trace import matlab_array
from live import assert_same

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
    ],
)
def test_operators_broadcast_or_refuse(original_session, symbol, one, other):
    a, b = RNG.random(one), RNG.random(other)
    check(original_session, getattr(matlab, OPERATORS[symbol]), f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("symbol", OPERATORS)
def test_operators_refuse_in_their_own_words(original_session, symbol):
    port = getattr(matlab, OPERATORS[symbol])
    check(original_session, port, f"in.a {symbol} in.b", a=np.ones((2, 3)), b=np.ones((3, 2)))
    a, b = np.ones((2, 3), np.uint8), np.ones((2, 3), np.int16)
    check(original_session, port, f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("shapes", [((2, 3, 4, 5), (2, 3)), ((2, 3), (2, 1, 1, 5))])
def test_four_dimensions_broadcast(original_session, shapes):
    a, b = RNG.random(shapes[0]), RNG.random(shapes[1])
    check(original_session, matlab.plus, "in.a + in.b", a=a, b=b)


@pytest.mark.parametrize("other", [(1, 11), (1, 1), (1, 10)])
def test_unequal(original_session, other):
    b = SPECIAL[:, : other[1]].copy()
    check(original_session, matlab.ne, "in.a ~= in.b", a=SPECIAL, b=b)


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
    ],
)
@pytest.mark.parametrize("classes", [(np.float64,) * 2, (np.float32, np.float64), (bool, float)])
def test_products(original_session, one, other, classes):
    a = of_class(np.round(4 * RNG.standard_normal(one)) / 3, classes[0])
    b = of_class(np.round(4 * RNG.standard_normal(other)) / 7, classes[1])
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


def test_products_keep_signed_zeros_and_non_finite_values(original_session):
    a = np.array([[-0.0, np.inf], [0.0, -1.0]])
    b = np.array([[-0.0, 0.0], [np.nan, -0.0]])
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)
    check(original_session, matlab.mtimes, "in.a * in.b", a=-np.zeros((2, 1)), b=np.ones((1, 2)))
    check(original_session, matlab.mtimes, "in.a * in.b", a=np.array([[-0.0]]), b=np.ones((1, 2)))


# Sums, means, maxima


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (1, 1), (0, 3)])
def test_sums(original_session, cls, shape):
    x = of_class(np.round(300 * RNG.standard_normal(shape)) / 7, cls)
    check(original_session, matlab.sum_, "sum(in.x(:))", x=x)


def test_sums_start_from_plus_zero(original_session):
    check(original_session, matlab.sum_, "sum(in.x(:))", x=-np.zeros((2, 2)))
    check(original_session, matlab.sum_, "sum(in.x(:))", x=SPECIAL)


def test_means_over_images(original_session):
    check(original_session, lambda x: matlab.mean(x, 3), "mean(in.x, 3)", x=STACK)


@pytest.mark.parametrize("dim", [1, 2])
@pytest.mark.parametrize("x", [SQUARE, SQUARE[:1], SQUARE[:, :1], SPECIAL, -np.zeros((2, 2))])
@pytest.mark.parametrize("cls", [np.float64, np.float32])
def test_means(original_session, dim, x, cls):
    with np.errstate(all="ignore"):
        x = x.astype(cls)
    check(original_session, lambda x: matlab.mean(x, dim), f"mean(in.x, {dim})", x=x)


TIES = np.array([[1.0, 2, 2], [3, 3, np.nan], [np.nan, 3, 1]])


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
    ],
)
def test_maxima(original_session, x):
    original_session.assign("in", {"x": x})
    original_session.eval("clear('r'); [r.m, r.i] = max(in.x);")
    m, i = matlab.max_(x)
    theirs = original_session.fields("r")
    if x.dtype == bool:  # Octave's maxima of logicals are double; cnntest takes the places only
        m = m.astype(float)
    ours = {"i": matlab_array(np.asarray(i) + 1.0)}
    if x.dtype.kind == "f":
        ours["m"] = matlab_array(m)
    assert_same({name: theirs[name] for name in ours}, ours)


@pytest.mark.parametrize("x", [[True, False, True], [False], [True], [False, False], [False, True]])
def test_places_of_what_is_true(original_session, x):
    x = np.array([x])
    original_session.assign("in", {"x": x})
    original_session.eval("clear('r'); r.value = find(in.x);")
    found = matlab.find(x[0] if x.size > 1 else x[0, 0])
    assert_same(original_session.fields("r"), {"value": matlab_array(found + 1.0)})


# Shapes


@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 2), (1, 4)])
@pytest.mark.parametrize("dim", [1, 2])
def test_flips(original_session, shape, dim):
    x = RNG.random(shape)
    check(original_session, lambda x: matlab.flipdim(x, dim), f"flipdim(in.x, {dim})", x=x)


@pytest.mark.parametrize(
    "dims", [(20, 3), (4.0, 15.0), (5, 3, 4), (60, 1), (7, 3), (2, 5, 5), (8, 8)]
)
def test_reshapes(original_session, dims):
    code = f"reshape(in.x, {', '.join(f'{d:g}' for d in dims)})"
    check(original_session, lambda x: matlab.reshape(x, *dims), code, x=STACK)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (np.ones((2, 3)), np.zeros((1, 3))),
        (np.zeros((0, 0)), np.ones((2, 3))),
        (np.ones((2, 3)), np.zeros((0, 0))),
        (np.zeros((0, 0)), np.ones((2, 3), np.float32)),
        (np.ones((2, 3), np.float32), np.ones((2, 3))),
        (np.ones((2, 3), np.uint8), np.full((2, 3), 2.6)),
        (np.ones((2, 3), bool), np.ones((1, 3))),
        (np.zeros((0, 3)), np.ones((1, 3))),
        (np.ones((2, 3)), np.ones((2, 4))),
        (np.ones((2, 4)), np.ones((2, 3))),
        (np.zeros((0, 0)), np.ones((1, 3), np.uint8)),
    ],
)
def test_stacks(original_session, a, b):
    check(original_session, matlab.vertcat, "[in.a; in.b]", a=a, b=b)


def test_stacks_of_two_integer_classes_are_refused():
    with pytest.raises(MatlabError) as error:
        matlab.vertcat(np.ones((1, 2), np.uint8), np.ones((1, 2), np.int16))
    assert error.value.message == (
        "binary operator '[;]' not implemented for 'uint8 matrix' by 'int16 matrix' operations"
    )


@pytest.mark.parametrize("dims", [(3, 2), (0, 0), (-1, 3), (2, 3, 4), (2.0, 1.0)])
def test_zeros(original_session, dims):
    code = f"zeros([{', '.join(map(str, dims))}])"
    check(original_session, lambda: matlab.zeros(dims), code)


@pytest.mark.parametrize("n", [1, 3, 0, 2.0])
def test_ones(original_session, n):
    check(original_session, lambda: matlab.ones(n), f"ones({n})")


def test_half_a_one():
    with pytest.raises(MatlabError) as error:
        matlab.ones(2.5)
    assert error.value.message == "conversion of 2.5 to octave_idx_type value failed"


def test_repetition_roots_and_remainders(original_session):
    check(original_session, lambda x: matlab.repmat(x, 2, 3), "repmat(in.x, 2, 3)", x=SQUARE)
    check(original_session, matlab.sqrt, "sqrt(in.x)", x=np.abs(SPECIAL))
    for x, y in ((7.5, 1), (6.0, 1), (-7.5, 2), (5.0, 3)):
        check(original_session, matlab.rem, "rem(in.x, in.y)", x=x, y=float(y))


# Cells and rows


def test_a_cell_that_nobody_filled_is_a_missing_field():
    with pytest.raises(MatlabError, match="structure has no member 'a'"):
        matlab.numel(Cell("a"))
    assert matlab.numel(Cell("a", items=[1, 2])) == 2


def test_rows_grow_and_keep_their_class(original_session):
    for first, second in ((np.float32(1), 2.0), (1.0, np.float32(0.1)), (0.5, 0.25)):
        original_session.assign("in", {"a": matlab_array(first), "b": matlab_array(second)})
        original_session.eval("r = struct('v', []); r.v(1) = in.a; r.v(end + 1) = in.b;")
        row = matlab.append(matlab.append(matlab.zeros((0, 0)), first), second)
        assert_same(original_session.fields("r"), {"v": matlab_array(row)})


def test_functions_leave_their_structs_alone():
    net = Net([Layer("i")])
    assert net.copy() is not net
