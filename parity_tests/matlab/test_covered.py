"""Each row of docs/matlab.md against Octave, and the page against the rows."""

from itertools import product

import numpy as np
import pytest

import dltcnn.matlab as room
from both_sides.expressions import of_class, value_in_octave
from both_sides.functions import assert_same
from dltcnn import MatlabError
from dltcnn.matlab.array import of, plain
from dltparity.octave.values import matlab_array
from matlab.covered import ELSEWHERE, PAGE, ROWS, page

SPECIAL = (np.nan, np.inf, -np.inf, 0.0, -0.0, 2.5, -300.0)


def values(shape, kind, seed):
    rng = np.random.default_rng(seed)
    x = np.round(100 * rng.standard_normal(shape)) / 7
    if kind == "whole":
        return rng.integers(1, 4, shape).astype(float)
    if kind == "any":
        places = rng.permutation(x.size)[: len(SPECIAL) if x.size > len(SPECIAL) else x.size // 2]
        x.ravel()[places] = SPECIAL[: len(places)]
    return {"at most 0": -np.abs(x), "at least 0": np.abs(x)}.get(kind, x)


def given(row):
    """All operands of a row: lists of one or two arrays."""
    for shapes in row.shapes:
        sizes = shapes if isinstance(shapes[0], tuple) else (shapes,)
        for classes in product(row.classes, repeat=len(sizes)):
            kinds = enumerate(zip(sizes, classes, strict=True))
            yield [of_class(values(size, row.values, n), cls) for n, (size, cls) in kinds]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.matlab)
def test_a_row_of_the_page(original_session, row):
    operands = list(given(row))
    names = "ab"[: len(operands[0])]
    fields = {
        f"{n}{k}": x for k, group in enumerate(operands) for n, x in zip(names, group, strict=True)
    }
    lists = (f"{{{', '.join(f'in.{n}{k}' for k in range(len(operands)))}}}" for n in names)
    code = (
        f"cellfun(@({', '.join(names)}) {row.matlab}, {', '.join(lists)}, 'UniformOutput', false, "
        "'ErrorHandler', @(error, varargin) {double(error.message)})"
    )
    theirs = value_in_octave(original_session, code, **fields)
    ours = {}
    for k, group in enumerate(operands, 1):
        try:
            with np.errstate(all="ignore"):
                ours[f"{{{k}}}"] = matlab_array(plain(row.port(*map(of, group))))
        except MatlabError as error:
            ours[f"{{{k}}}{{1}}"] = np.array([[*map(float, map(ord, error.message))]])
    assert len(ours) == len(operands)
    assert_same(theirs, ours)


def test_the_page_is_that_of_the_rows():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it: python -m matlab.covered"


def test_the_page_names_all_of_the_room():
    listed = {name for row in ROWS for name in row.names.split()} | set(ELSEWHERE)
    functions = {name for name in room.__all__ if not isinstance(getattr(room, name), type)}
    assert functions <= listed
    assert set(ELSEWHERE) <= functions
