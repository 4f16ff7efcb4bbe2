"""MATLAB's classes and sizes in the port against Octave's."""

import numpy as np
import pytest

from calls import SPECIAL, check
from dltcnn import MatlabError
from dltcnn.classes import array, operand, saturated, size


@pytest.mark.parametrize("cls", [np.uint8, np.int8, np.int16, np.int32])
def test_rounding_into_integer_classes(original_session, cls):
    x = np.concatenate([SPECIAL, [[0.49, -0.5, -2.5, 1.5, 127.5, 255.5, 1e10, -1e10]]], axis=1)
    name = np.dtype(cls).name
    check(original_session, lambda x: saturated(x, np.dtype(cls)), f"{name}(in.x)", x=x)


@pytest.mark.parametrize(
    "shape", [(2, 3), (2, 3, 1), (2, 1, 1), (1, 1, 4), (2, 3, 4, 1, 1), (2, 3, 0)]
)
def test_sizes(original_session, shape):
    original_session.push("x", np.ones(shape))
    original_session.eval("s = size(x); d = [size(x, 1), size(x, 2), size(x, 3), size(x, 5)];")
    assert list(size(np.ones(shape))) == original_session.pull("s").ravel().tolist()
    dims = [size(np.ones(shape), dim) for dim in (1, 2, 3, 5)]
    assert dims == original_session.pull("d").ravel().tolist()


def test_sizes_of_numbers_and_vectors_are_those_of_rows():
    assert size(3.0) == (1, 1)
    assert size(np.ones(4)) == (1, 4)
    assert [size(np.ones(4), dim) for dim in (1, 2, 3)] == [1, 4, 1]
    assert [size(2.0, dim) for dim in (1, 2)] == [1, 1]
    assert str(size(np.ones((2, 3, 4)))) == "2x3x4"


def test_a_dimension_that_is_not_there():
    with pytest.raises(MatlabError) as error:
        size(np.ones((2, 3)))[2]
    assert error.value.message == "sa(3): out of bound 2 (dimensions are 1x2)"
    with pytest.raises(MatlabError) as error:
        size(np.ones((2, 3)))[3]
    assert error.value.message == "sa(4): out of bound 2 (dimensions are 1x2)"
    assert size(np.ones((2, 3)))[1] == 3


def test_numbers_are_double_and_arrays_keep_their_class():
    assert operand(3).dtype == np.float64
    assert operand([1, 2]).dtype == np.float64
    assert operand(True).dtype == bool
    kept = np.ones(3, np.int16)
    assert operand(kept) is kept
    assert operand(np.float32(1)).dtype == np.float32
    assert operand(np.int32(1)).dtype == np.int32


def test_an_array_of_its_own():
    given = np.asfortranarray(np.ones((2, 3)))
    own = array(given)
    assert own.flags.c_contiguous
    own[:] = 0
    assert given.all()


@pytest.mark.parametrize("x", [np.ones(2, complex), np.array(["a"]), np.ones(2, np.longdouble)])
def test_other_classes_are_refused_in_words(x):
    with pytest.raises(MatlabError) as error:
        operand(x)
    assert error.value.message == (
        f"an array of class {x.dtype} was given: expected double, single, logical or an integer "
        "class (convert with x.astype(float))"
    )
