"""Indexing and its refusals against the same in Octave."""

import numpy as np
import pytest

from calls import RNG, STACK, check
from dltcnn import MatlabError, indexing
from dltparity.octave_errors import OctaveError
from dltparity.trace import matlab_array
from live import assert_same


@pytest.mark.parametrize("s", [1, 2, 3.0, 5])
def test_strides(original_session, s):
    check(
        original_session,
        lambda z: indexing.strided(z, s),
        f"in.z(1 : {s} : end, 1 : {s} : end, :)",
        z=STACK,
    )
    assert indexing.strided(STACK, s).flags.c_contiguous


@pytest.mark.parametrize("index", [[0], [2, 0], [], [3], [1, 5]])
def test_pages(original_session, index):
    code = f"in.x(:, :, [{' '.join(str(i + 1) for i in index)}])"
    original_session.assign("in", {"x": STACK})
    original_session.eval("x = in.x;")
    code = code.replace("in.x", "x")
    try:
        original_session.eval(f"clear('r'); r.value = {code};")
    except OctaveError as error:
        with pytest.raises(MatlabError) as ours:
            indexing.pages(STACK, index)
        words = error.message.replace("index (_,_,", "x(_,_,").replace("; value", ":")
        assert ours.value.message.split(" (")[0] == words.split(" (")[0].split(": out")[0] + (
            ": out of bound 3"
        )
        return
    found = indexing.pages(STACK, np.array(index, int))
    assert_same(original_session.fields("r"), {"value": matlab_array(found)})


def test_pages_of_more_dimensions_fold():
    x = RNG.random((2, 3, 4, 5))
    assert np.array_equal(indexing.pages(x, [6])[:, :, 0], x[:, :, 2, 1])
    assert indexing.pages(x[:, :, 0, 0], [0]).shape == (2, 3, 1)


@pytest.mark.parametrize("shape", [(), (3,)])
def test_pages_need_images(shape):
    with pytest.raises(MatlabError) as error:
        indexing.pages(np.ones(shape), [0])
    assert error.value.message == (f"x of shape {shape} was given: expected images (rows, cols, N)")


@pytest.mark.parametrize(
    ("index", "says"),
    [
        ([4], "y(_,5): out of bound 4 (dimensions are 3x4)"),
        ([1, 6, 5], "y(_,7): out of bound 4 (dimensions are 3x4)"),
        ([5], "y(_,6): out of bound 4 (dimensions are 3x4)"),
    ],
)
def test_columns_that_are_not_there(index, says):
    y = np.ones((3, 4))
    assert indexing.columns(y, [3, 0]).shape == (3, 2)
    assert indexing.columns(np.arange(4.0), [2]).tolist() == [[2.0]]
    with pytest.raises(MatlabError) as error:
        indexing.columns(y, index)
    assert error.value.message == says


def test_a_page_that_is_not_there():
    with pytest.raises(MatlabError) as error:
        indexing.pages(np.ones((2, 3, 4)), [1, 4])
    assert error.value.message == "x(_,_,5): out of bound 4 (dimensions are 2x3x4)"


@pytest.mark.parametrize(("n", "count"), [(3, 3), (2.5, 2), (0, 0), (-1, 0), (1.0, 1)])
def test_colon(n, count):
    assert list(indexing.colon(n)) == list(range(count))
