"""Ranges, subscripts and their refusals against the same in Octave."""

import tracemalloc

import numpy as np
import pytest

from both_sides.expressions import STACK, check
from dltcnn import MatlabError
from dltcnn.matlab import subscripts

ROW = np.array([[3.0, 1.0, 2.0, 5.0, 4.0]])
NONE, TRUE, NAN, INF = np.zeros((0, 0)), np.array([[True]]), np.nan, np.inf
FOLDED = np.arange(48.0).reshape((4, 3, 2, 2)) / 7
NOTHING = [np.zeros(shape) for shape in ((0, 3, 2), (3, 0, 2), (0, 0), (3, 0, 2, 2))]
STACKS = [
    *(STACK[:, :, 0], STACK.astype(np.single), (STACK * 9).astype(np.int8), STACK > 0),
    *(FOLDED, np.ones((1, 4)), np.ones((3, 1))),
]
ULP = np.spacing(2.0)  # of numbers from 2 to 4

LIMITS = {
    "whole": (3, 1, 1.0, 0, -1, np.float64(12)),
    "fractions": (2.5, 0.5, -2.5, 99.99),
    "an end missed by rounding errors": (3 - ULP, 3 - 4 * ULP, 3 - 5 * ULP, 3 - 6 * ULP),
    "an end of 2 or 1 missed": (2 - ULP / 2, 1 - ULP / 4),
    "an end of 50 missed": (50 - 40 * ULP, 50 - 80 * ULP, 50 - 160 * ULP, 50 + 16 * ULP),
    "NaN and Inf": (NAN, -INF),
    "several numbers and none": ([[3.0, 5.0]], [[0.0], [3.0]], NONE, np.zeros((2, 0))),
    "other classes": (TRUE, np.int8(3), np.int8(-3), np.uint8(0), np.single(3.5)),
    "too many": (2.0**63, 1e300),
}


@pytest.mark.parametrize("name", LIMITS)
def test_colon(original_session, name):
    def port(n):
        return np.array([[float(i) + 1 for i in subscripts.colon(n)]])

    for n in LIMITS[name]:
        check(original_session, port, "double(1 : in.n)", n=n)


def test_colon_without_an_end():
    assert subscripts.colon(2.0**63 - 1024)[10**15] == 10**15
    with pytest.raises(MatlabError) as error:
        subscripts.colon(INF)
    assert error.value.message == (
        "1 : Inf was to be run through, which never ends: give a finite number"
    )


ENDS = {
    "whole": (
        (0, 5),
        (0.0, 1),
        (1, 3),
        (4, 5),
        (2, 2),
        (3, 2),
        (9, 8),
        (5, 5),
        (-3, -3),
        (-9, -9.5),
    ),
    "no subscripts": ((-1, 3), (-3, 3), (-1, 0), (-1234568, 3)),
    "beyond the end": ((0, 6), (5, 6), (8, 9), (1e6, 1e6 + 2)),
    "one that is not whole": ((1.5, 2.5), (1.5, 2.6), (-0.5, 0.5), (1234566.5, 1234567.5)),
    "several that are rounded": ((1.5, 5), (0.5, 3), (1.2, 4.1), (1.7, 4.1), (3.5, 5), (-0.1, 1.9)),
    "rounded to what is none": ((-0.5, 3), (-0.6, 3), (-1.5, 3), (-2.5, 3), (3.5, 6)),
    "an end that is not whole": ((0, 2.9), (0, 4 - ULP / 2), (0, 2 - ULP / 2), (-0.1, 1.9)),
    "NaN": ((NAN, 3), (0, NAN), (NAN, INF), (NAN, -INF), (NAN, NAN)),
    "Inf": ((0, INF), (INF, 3), (0, -INF), (-INF, 3), (INF, INF), (INF, -INF), (-INF, -INF)),
    "no number": ((NONE, 3), (0, NONE), (NONE, NONE), (np.zeros((1, 0)), 3)),
    "several numbers": (([[1.0, 4.0]], [[3.0], [9.0]]), ([[1.0], [4.0]], 2)),
    "logical": ((0, TRUE), (TRUE, 3), (TRUE, TRUE), (NONE, TRUE)),
    "single is not rounded": ((np.single(0), 3), (np.single(0.5), 3), (0.5, np.single(3))),
    "single is none": ((np.single(-1.5), 3), (-2, np.single(3)), (np.single(3), 7)),
    "integers": ((np.int8(0), np.int8(3)), (np.int8(-2), 3), (-2, np.int8(3)), (np.int8(4), 7)),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_part_of_a_vector(original_session, name):
    def port(kk, first, last):
        return subscripts.span(kk[0], first, last)

    code = "(@(kk, first, last) kk(first + 1 : last))(in.kk, in.first, in.last)"
    for first, last in ENDS[name]:
        check(original_session, port, code, kk=ROW, first=first, last=last)


STRIDES = {
    "whole": (1, 2, 3.0, 4, 5, 6.0),
    "fractions": (1.5, 2.4, 0.5, 0.7),
    "none": (0, 0.0, -1, -2.0, -0.5, -INF, NONE),
    "NaN, Inf and several": (NAN, INF, [[2.0, 3.0]], [[1.0], [0.0]]),
    "other classes": (TRUE, np.int8(2), np.int8(-1), np.single(2), np.single(1.5)),
}


@pytest.mark.parametrize("name", STRIDES)
def test_every_so_many_rows_and_columns(original_session, name):
    code = "(@(z, s) z(1 : s : end, 1 : s : end, :))(in.z, in.s)"
    for s in STRIDES[name]:
        for z in (STACK, STACK[:1], STACK.astype(np.single), STACK[:, :, 0] > 0, FOLDED):
            check(original_session, lambda z, s: subscripts.strided(z, s, s), code, z=z, s=s)


@pytest.mark.parametrize("s", [1, 2, 2.0, -1, -2, -0.5, -0.3, np.int8(-1), 0, -INF])
def test_every_so_many_of_nothing(original_session, s):
    code = "(@(z, s) z(1 : s : end, 1 : s : end, :))(in.z, in.s)"
    for z in NOTHING:
        check(original_session, lambda z, s: subscripts.strided(z, s, s), code, z=z, s=s)


@pytest.mark.parametrize("s", [1, 2, 2.0])
def test_strides_come_without_holes(s):
    assert subscripts.strided(STACK, s, s).flags.c_contiguous


TICKS = {
    "upwards": ((1, 4), (2, 4), (3, 4), (4, 4), (5, 4), (2.0, 7), (1.5, 4), (2.5, 8), (0.1, 1.3)),
    "none": ((0, 4), (0, 0), (2, 0), (-1, 4), (2, -INF), (-INF, 4), (-INF, INF), (INF, -INF)),
    "downwards": ((-1, 0), (-1, 1), (-2, 0), (-1, -4), (-2, -6), (-3, -1), (-2000000, -4000000)),
    "downwards and rounded": ((-0.5, -2), (-0.4, 0.5), (-0.5, 0), (-1.5, -9)),
    "NaN": ((NAN, 4), (2, NAN), (0, NAN), (NAN, NAN), (NAN, INF), (INF, NAN)),
    "Inf": (
        (INF, 4),
        (INF, 1),
        (-INF, 0),
        (INF, INF),
        (-INF, -INF),
        (-2, -INF),
        (0, INF),
        (2, INF),
    ),
    "no number": ((NONE, 4), (NONE, 1), (2, NONE), (NONE, NONE)),
    "other classes": (
        (TRUE, 4),
        (2, TRUE),
        (np.int8(-2), -6),
        (-2, np.int16(-6)),
        (np.single(-2), -6),
    ),
}


@pytest.mark.parametrize("name", TICKS)
def test_ones_at_every_so_many(original_session, name):
    code = "in.H; H = result; H(1 : in.step : in.last) = 1; result = H"
    for step, last in TICKS[name]:
        check(original_session, subscripts.ticks, code, H=np.zeros((8, 1)), step=step, last=last)


@pytest.mark.parametrize(
    ("step", "last"),
    [
        (2.0**47, 2.0**48),
        (2.0**50, 2.0**51),
        (2.0**52, 2.0**53),
        (2.0**53, 2.0**53),
        (7, 2),
        (3, 3),
    ],
)
def test_subscripts_of_large_steps(original_session, step, last):
    """From some size on, a range goes beyond its end by a rounding error."""

    def count(step, last):
        return np.array([[float(len(subscripts._subscripts("x({})", 1, step, last)))]])

    check(original_session, count, "numel(1 : in.step : in.last)", step=step, last=last)


PLACES = [
    *((0,), (3,), (4,), (11,), (12,), (19,), (47,), (48,), (60,), (99,)),
    *((0, 0), (2, 0), (0, 2), (3, 3), (0, 4), (3, 11), (1, 12), (4, 0), (1, 15), (9, 99)),
]


def places(index):
    return ", ".join(str(i + 1) for i in index)


@pytest.mark.parametrize("x", [*STACKS, NONE, np.zeros((2, 0, 3))])
def test_an_element(original_session, x):
    for index in PLACES:
        code = f"(@(net) net.x({places(index)}))(in)"
        check(original_session, lambda x, at=index: subscripts.element(x, *at), code, x=x)


@pytest.mark.parametrize("x", [[1.0, 2.0, 3.0], [[1.0], [2.0]], 5.0, 5])
def test_an_element_of_a_list(original_session, x):
    for j in range(4):
        code = f"(@(net) net.x({j + 1}))(in)"
        check(original_session, lambda x, j=j: subscripts.element(x, j), code, x=x)


@pytest.mark.parametrize("x", [each for each in STACKS if each.dtype.kind == "f"])
def test_an_element_put_in(original_session, x):
    rows, *rest = x.shape
    for index in PLACES:
        if all(i < n for i, n in zip(index[::-1], (np.prod(rest), rows), strict=False)):
            code = f"in.x; x = result; x({places(index)}) = -2; result = x"
            port = lambda x, at=index: subscripts.put(x.copy(), -2.0, *at)  # noqa: E731
            check(original_session, port, code, x=x)


@pytest.mark.parametrize("x", [np.array(5.0), np.array([2.0, 3.0])])
def test_an_element_of_a_number_or_a_vector_put_in(x):
    assert subscripts.put(x, 7.0, 0) is x
    assert x.ravel()[0] == 7


PARTS = [
    *(([0, 1], [0]), ([0, 0, 2], slice(None)), (slice(None), [1], [0]), ([9], [0])),
    *(([], [90]), ([], [0], [90]), (slice(None), [90])),
]


@pytest.mark.parametrize("x", [*STACKS, np.zeros((2, 0, 3)), np.zeros((0, 3))])
def test_parts(original_session, x):
    for parts in PARTS:
        for more in ((), (slice(None),)):
            every = [*parts, *more]
            wording = [":" if isinstance(i, slice) else f"[{places(i)}]" for i in every]
            code = f"(@(x) x({', '.join(wording)}))(in.x)"
            check(original_session, lambda x, at=every: subscripts.part(x, *at), code, x=x)


@pytest.mark.parametrize("x", [*STACKS, np.zeros((0, 3)), np.zeros((3, 0)), *NOTHING])
def test_rows(original_session, x):
    for first, last in [(0, 2), (1, 4), (1, 1), (2, 1), (0, 1), (0, 5), (4, 6), (7, 7), (9, 7)]:
        code = f"(@(net) net.x({first} + 1 : {last}, :))(in)"
        check(original_session, lambda x, f=first, n=last: subscripts.rows(x, f, n), code, x=x)


INDICES = [[0], [2, 0], [0, 0, 1], [], [3], [4], [1, 5], [5, 1], [1, 11, 4], [12, 40], [0, 60]]


@pytest.mark.parametrize("x", [*STACKS, *NOTHING])
def test_pages_and_columns(original_session, x):
    for index in INDICES:
        at = np.array(index, int)
        pages, columns = (f"(@(x) x({c}[{places(index)}]))(in.x)" for c in (":, :, ", ":, "))
        check(original_session, lambda x, at=at: subscripts.pages(x, at), pages, x=x)
        columns = columns.replace("x", "y")
        check(original_session, lambda y, at=at: subscripts.columns(y, at), columns, y=x)


def test_columns_of_a_list():
    assert subscripts.columns([1.0, 2.0, 3.0], [2]).tolist() == [[3.0]]
    assert subscripts.columns(5, [0]).tolist() == [[5.0]]


@pytest.mark.parametrize("shape", [(), (3,)])
def test_pages_need_images(shape):
    with pytest.raises(MatlabError) as error:
        subscripts.pages(np.ones(shape), [0])
    assert error.value.message == (f"x of shape {shape} was given: expected images (rows, cols, N)")


@pytest.mark.parametrize("order", "CF")
@pytest.mark.parametrize("channels", [(), (3,)])
def test_a_batch_is_taken_without_a_copy_of_all_images(order, channels):
    x = np.zeros((9, 8, *channels, 4000), np.uint8, order=order)
    x[..., 7] = 1
    index = np.array([7, 3999, 7])
    keys = (slice(None),) * (x.ndim - 1)
    tracemalloc.start()
    try:
        found = subscripts.part(x, *keys, index)
        if not channels:
            assert np.array_equal(subscripts.pages(x, index), found)
        assert tracemalloc.get_traced_memory()[1] < x.nbytes / 4
    finally:
        tracemalloc.stop()
    assert np.array_equal(found, x[..., index]) and found.flags.c_contiguous
