"""MATLAB's built-ins that make and change shapes, against the same in Octave."""

import numpy as np
import pytest

from both_sides.expressions import SPECIAL, SQUARE, STACK, check, of_class
from both_sides.functions import assert_same
from dltcnn.matlab import arrays
from dltparity.octave.values import matlab_array

CLASSES = (np.float64, np.float32, np.uint8, np.int16)


FLIPPED = [(3, 4), (2, 3, 2), (1, 4), (4, 1), (0, 3), (2, 3, 2, 3), (), (4,)]


@pytest.mark.parametrize(
    ("shape", "dim"), [(shape, dim) for shape in FLIPPED for dim in range(1, len(shape) + 3)]
)
def test_flips(original_session, shape, dim, rng):
    x = rng.random(shape)
    check(original_session, lambda x: arrays.flipdim(x, dim), f"flipdim(in.x, {dim})", x=x)


@pytest.mark.parametrize("x", [5, [1.0, 2.0, 3.0], [[1, 2], [3, 4]]])
@pytest.mark.parametrize("dim", [1, 2, np.float64(2), np.array(2.0), np.int8(1)])
def test_flips_a_list(original_session, x, dim):
    check(original_session, lambda x: arrays.flipdim(x, dim), f"flipdim(in.x, {dim})", x=x)


@pytest.mark.parametrize("dim", [0, -1, 1.5, np.nan, np.inf])
def test_flips_along_no_other_dimension(original_session, dim):
    code = f"flipdim(in.x, {dim})"
    check(original_session, lambda x: arrays.flipdim(x, dim), code, x=SQUARE)


@pytest.mark.parametrize(
    "dims",
    [(20, 3), (4.0, 15.0), (5, 3, 4), (60, 1), (2, 3, 5, 2), (7, 3), (2, 5, 5), (8, 8), (0, 4)],
)
def test_reshapes(original_session, dims):
    code = f"reshape(in.x, {', '.join(f'{d:g}' for d in dims)})"
    check(original_session, lambda x: arrays.reshape(x, *dims), code, x=STACK)
    if np.prod(dims) == STACK.size:
        assert arrays.reshape(STACK, *dims).flags.c_contiguous


NOTHING, WIDE, TALL = (0, 0), (1, 0), (0, 1)


JOINED = [
    *(((2, 3), (1, 3)), ((2, 1), (2, 3)), ((2, 3), (2, 4)), ((2, 4), (2, 3)), ((1, 1), (1, 1))),
    *((NOTHING, (2, 3)), ((2, 3), NOTHING), (NOTHING, (2, 3, 4)), ((2, 3, 4), NOTHING)),
    *((NOTHING, NOTHING), (NOTHING, TALL), (NOTHING, WIDE), (WIDE, NOTHING), (TALL, NOTHING)),
    *((WIDE, (2, 3)), ((2, 3), WIDE), (TALL, (2, 3)), ((2, 3), TALL), (TALL, WIDE), (WIDE, TALL)),
    *((WIDE, WIDE), (TALL, TALL), (WIDE, (3, 0)), ((0, 3), TALL), ((1, 0), (1, 3)), (TALL, (3, 1))),
    *((WIDE, (2, 3, 4)), ((2, 3, 4), WIDE), (TALL, (2, 3, 4)), ((2, 3, 4), TALL)),
    *(((0, 3), (1, 3)), ((0, 3), (2, 2)), ((2, 0), (2, 3)), ((2, 0), (1, 0)), ((2, 0), (3, 3))),
    *(((2, 3, 4), (1, 3, 4)), ((2, 3, 4), (2, 1, 4)), ((2, 3, 4), (2, 3, 3)), ((2, 3, 4), (2, 3))),
    *(((2, 3, 1), (1, 3)), ((2, 1), (2, 3, 1))),
]


@pytest.mark.parametrize(("one", "other"), JOINED)
def test_arrays_are_joined_or_refused(original_session, one, other, rng):
    a, b = rng.random(one), rng.random(other)
    check(original_session, arrays.vertcat, "[in.a; in.b]", a=a, b=b)
    check(original_session, arrays.horzcat, "[in.a, in.b]", a=a, b=b)


@pytest.mark.parametrize("one", CLASSES)
@pytest.mark.parametrize("other", [*CLASSES, bool])
def test_the_class_of_what_is_joined(original_session, one, other):
    b = of_class(SPECIAL, other)
    for a in (of_class(SPECIAL[:, ::-1], one), np.zeros((0, 0), one), np.zeros((0, 1), one)):
        check(original_session, arrays.vertcat, "[in.a; in.b]", a=a, b=b)
        check(original_session, arrays.horzcat, "[in.b, in.a]", b=b, a=a)


def test_numbers_and_vectors_are_joined_as_rows(original_session):
    assert arrays.vertcat(1.0, 2.0).tolist() == [[1], [2]]
    assert arrays.horzcat(np.ones(2), 3).tolist() == [[1, 1, 3]]


def test_what_is_joined_is_apart_from_its_parts():
    for parts in ((np.zeros((0, 0)), SQUARE), (SQUARE, np.zeros((0, 1)))):
        assert not np.shares_memory(arrays.vertcat(*parts), SQUARE)


@pytest.mark.parametrize("shape", [(2, 3), (3, 1), (1, 1), (0, 2), (2, 3, 2), (1, 2, 2, 2)])
@pytest.mark.parametrize(("m", "n"), [(2, 3), (1, 2), (1, 1), (0, 2), (3, 0)])
def test_repetition(original_session, shape, m, n, rng):
    x = rng.random(shape)
    code = f"repmat(in.x, {m}, {n})"
    check(original_session, lambda x: arrays.repmat(x, m, n), code, x=x)


@pytest.mark.parametrize(
    "dims",
    [(3, 2), (0, 0), (-1, 3), (2, 3, 4), (2.0, 1.0), (2, -3), (1, 1), (2.5, 1), (np.nan, 2)],
    ids=str,
)
def test_zeros(original_session, dims):
    listed = ", ".join(map(str, dims))
    check(original_session, lambda: arrays.zeros(dims), f"zeros([{listed}])")
    check(original_session, lambda: arrays.zeros(*dims), f"zeros({listed})")


def test_zeros_of_no_size(original_session):
    check(original_session, arrays.zeros, "zeros()")


@pytest.mark.parametrize("n", [[[2, 3]], [[4], [5]], [[True]], [[np.inf]], [[-np.inf]]])
def test_zeros_of_which_each_size_is_an_array(original_session, n):
    n = np.array(n)
    check(original_session, lambda n: arrays.zeros(2, n), "zeros(2, in.n)", n=n)


ONES = [1, 3, 0, 2.0, -2, 2.5, np.nan, np.inf, True, np.uint8(2), np.float32(3)]


SHAPES = [(0, 0), (1, 0), (0, 1), (0, 3), (2, 2), (1, 1, 2), (1, 0, 2), (1, 2), (2, 1), (1, 3)]


@pytest.mark.parametrize("n", ONES + [np.full(shape, 2.0) for shape in SHAPES], ids=repr)
def test_ones(original_session, n):
    check(original_session, arrays.ones, "ones(in.n)", n=np.asarray(n)[()])


def test_ones_of_two_sizes(original_session):
    check(original_session, arrays.ones, "ones(in.n)", n=np.array([[2.0, 3.0]]))


def test_rows_grow_and_keep_their_class(original_session):
    for first, second in ((np.float32(1), 2.0), (1.0, np.float32(0.1)), (0.5, 0.25)):
        code = "result = struct('v', []); result.v(1) = in.a; result.v(end + 1) = in.b;"
        theirs = original_session.compute(code, {"a": first, "b": second})
        row = arrays.append(arrays.append(arrays.zeros((0, 0)), first), second)
        assert_same(theirs, {"v": matlab_array(row)})


@pytest.mark.parametrize("shape", [(2, 3), (1, 3), (2, 1), (1, 1), (2, 1, 3), (1, 2, 3), (1, 1, 3)])
def test_dimensions_of_one_are_squeezed(original_session, shape, rng):
    check(original_session, arrays.squeeze, "squeeze(in.x)", x=rng.random(shape))


@pytest.mark.parametrize("shape", [(0, 1, 3), (2, 1, 1, 3), (1, 0, 2), (1, 1, 0)])
def test_empty_and_more_than_three_dimensions_are_squeezed(original_session, shape, rng):
    check(original_session, arrays.squeeze, "squeeze(in.x)", x=rng.random(shape))


@pytest.mark.parametrize("size", [(2, 3), (0, 2), (-1, 2)])
def test_true(original_session, size):
    check(original_session, arrays.true, "true(in.m, in.n)", m=size[0], n=size[1])
