"""MATLAB's `/` and `^` on whole arrays against the same in Octave."""

import numpy as np
import pytest

from both_sides.expressions import SQUARE, check
from dltcnn.matlab import operators, text

NAN, INF, NONE = np.nan, np.inf, np.zeros((0, 0))


EMPTY = [np.zeros(shape) for shape in ((1, 0), (0, 1), (3, 0), (0, 2), (0, 3, 2), (2, 2, 0))]


NO_COLUMNS = np.zeros((1, 0))


PAIR, COLUMN, PAGES = np.array([[4.0, 6.0]]), np.array([[1.0], [2.0]]), np.ones((1, 1, 2))


@pytest.mark.parametrize(
    "x",
    [
        *(3.0, 0.1, np.single(0.1), -2.0, NAN, np.int8(12), np.uint8(3), np.array([[True]]), 3),
        *(SQUARE, SQUARE.astype(np.single), SQUARE > 0, np.array([[NAN, 1.0], [2.0, INF]])),
        *(np.ones((1, 2)), np.ones((2, 1)), np.ones((2, 3)), np.ones((3, 2)), [[True, False]]),
        *(np.ones((2, 2), np.int8), np.ones((1, 2), np.uint16), np.zeros((0, 0), np.int8)),
        *(np.ones((2, 1, 2)), np.ones((2, 2, 2)), PAGES, np.ones((4, 2, 2)), np.ones((2, 2, 1))),
        *(*EMPTY, np.zeros((2, 0), np.single), np.zeros((0, 0), bool), NONE),
    ],
)
def test_squares(original_session, x):
    check(original_session, operators.mpower2, "in.x ^ 2", x=x)


@pytest.mark.parametrize(
    "b", [[[2.0, 3.0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]], [[1.0, 1.0], [1.0, 1.0]]]
)
@pytest.mark.parametrize("a", [PAIR, np.array([[4.0, 6.0], [1.0, 5.0]])])
def test_quotients_read_as_octaves(original_session, a, b):
    def port(a, b):
        quotients = operators.mrdivide(a, b)
        return np.array([[*map(float, text.num2str(line).split())] for line in quotients])

    code = "reshape(str2num(num2str(in.a / in.b)), rows(in.a), [])"
    check(original_session, port, code, a=a, b=np.array(b))


NOT_FINITE = ([[NAN, 6.0]], [[INF, 6.0]], [[-INF, NAN]])


QUOTIENTS = {
    "numbers": [(6, 4), (0, 0), (PAIR, 2.0), (PAIR, 0), (PAIR, np.single(3)), (PAIR, np.int8(4))],
    "logical": [([[True, True]], np.single(2)), ([[True, False]], [[True, True]])],
    "rows and columns": [(5.0, COLUMN), (4.0, [[2.0], [0.0]]), (PAIR, [[2.0, 0.0]]), (PAIR, PAIR)],
    "single": [(np.single([[4, 8]]), [[1.0, 2.0]]), (PAIR, np.single([[0, 2]]))],
    "pages": [(PAGES, PAGES), (np.ones((1, 2, 2)), 3), (PAIR, PAGES), (PAGES, PAIR)],
    "by NaN": [(PAIR, [[NAN, 1.0]]), (PAIR, [[NAN, INF]]), (np.single(4), [[NAN], [1.0]])],
    "by Inf": [(PAIR, [[INF, 1.0]]), (4.0, [[1.0], [-INF]]), (np.single(4), [[INF], [1.0]])],
    "by 0": [(PAIR, np.zeros((1, 2))), (4.0, np.zeros((3, 1)))],
    "what is not finite": [(a, b) for a in NOT_FINITE for b in (PAIR, [[0.0, 0.0]], [[INF, 1.0]])],
    "what is not finite, in single": [(np.single(NAN), COLUMN), (-INF, np.single(COLUMN))],
    "several rows": [([[INF, 1.0], [2.0, 3.0]], PAIR), ([[1.0, 2.0], [2.0, 4.0]], [[0.0, 2.0]])],
    "other sizes": [(5.0, PAIR), (PAIR, COLUMN), (PAIR, np.ones((1, 3))), (PAIR, np.ones((3, 3)))],
    "other pages": [
        (np.ones((1, 2, 2)), PAIR),
        (PAIR, np.ones((2, 2, 2))),
        (PAGES, np.ones((3, 1))),
    ],
    "by nothing": [(5.0, NONE), (PAIR, np.zeros((1, 1, 0))), (np.ones((3, 2)), np.zeros((0, 2)))],
    "nothing": [
        (NONE, 5.0),
        (NONE, NONE),
        (NO_COLUMNS, np.zeros((3, 0))),
        (np.zeros((0, 2)), PAIR),
    ],
    "nothing in single": [(np.zeros((1, 0), np.single), np.zeros((3, 0)))],
    "integers by a number": [
        (np.int8([[5, 7]]), 2.0),
        (np.int8(5), np.int16(3)),
        (PAIR, np.int8(4)),
    ],
    "integers": [(np.int8([[1, 2]]), PAIR), (PAIR, np.int8([[1, 2]])), (np.int8(5), COLUMN)],
    "integers by integers": [(np.int8([[5, 6]]), np.int16(3)), (np.int8(PAIR), np.int8(PAIR))],
    "integers of other sizes": [(np.int8(5), NONE), (np.uint8(5), np.ones((1, 3)))],
}


@pytest.mark.parametrize("name", QUOTIENTS)
def test_quotients(original_session, name):
    for a, b in QUOTIENTS[name]:
        check(original_session, operators.mrdivide, "in.a / in.b", a=arrays(a), b=arrays(b))


def arrays(value):
    return np.array(value) if isinstance(value, list) else value
