"""Arrays side by side against the same in Octave."""

import numpy as np
import pytest

from both_sides.expressions import check
from dltcnn.matlab import arrays

NONE, NO_COLUMNS = np.zeros((0, 0)), np.zeros((1, 0))


PAIR, COLUMN, PAGES = np.array([[4.0, 6.0]]), np.array([[1.0], [2.0]]), np.ones((1, 1, 2))


PARTS = {
    "numbers": [(2, 2, 1), (2.5, -1, 0), (np.float64(3), np.int64(2) * 1.0, 1), (7,)],
    "rows": [(PAIR, PAIR, 1), (1, PAIR), (PAIR, 1), (np.ones((1, 3)), 2, PAIR)],
    "columns": [(COLUMN, 1), (1, COLUMN), (1, COLUMN, 3), (1, 2, COLUMN), (PAIR, COLUMN)],
    "matrices": [(COLUMN, np.ones((2, 2))), (np.ones((2, 2)), COLUMN, np.ones((3, 1)))],
    "nothing": [(NONE, NONE, 1), (NONE, 1), (1, NONE), (NONE, NONE), (COLUMN, NONE)],
    "nothing after a row": [(PAIR, NO_COLUMNS, 1), (COLUMN, NO_COLUMNS)],
    "a row of nothing": [(NONE, NO_COLUMNS), (NO_COLUMNS, COLUMN), (NO_COLUMNS, NO_COLUMNS)],
    "several of nothing": [(np.zeros((0, 2)), np.zeros((0, 3))), (np.zeros((2, 0)), COLUMN)],
    "nothing that counts": [(np.zeros((2, 0)), 1), (1, np.zeros((2, 0))), (np.zeros((0, 3)), 1)],
    "nothing that counts after": [(1, np.zeros((0, 2))), (1, np.zeros((0, 0, 2)))],
    "pages": [(PAGES, 1), (1, PAGES), (PAGES, PAGES), (np.zeros((1, 0, 2)), 1), (COLUMN, PAGES)],
}


@pytest.mark.parametrize("name", PARTS)
def test_side_by_side(original_session, name):
    for parts in PARTS[name]:
        named = {f"p{k}": part for k, part in enumerate(parts)}
        code = f"[{', '.join(f'in.{part}' for part in named)}]"
        check(original_session, arrays.row, code, **named)
