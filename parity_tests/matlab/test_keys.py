"""Square brackets as subscripts of MATLAB: what they take and refuse. No Octave is needed."""

import numpy as np
import pytest

from dltcnn import MatlabError
from dltcnn.matlab.keys import read, whole_number, write

ALL = slice(None)
X = np.arange(12.0).reshape(2, 6)
Y = np.arange(24.0).reshape(2, 3, 4)
READ = "x[:], x[p:q], x[p:q, :], x[:, k], x[:, :, k] or x[::s, ::s, :]"
WRITTEN = "x[:p], x[:p:s] or x[mask]"


@pytest.mark.parametrize(
    "k",
    [[0.0, 2.0], np.array([0, 2], np.uint8), np.array([True, False, True, False, False, False])],
)
def test_columns_by_whole_numbers_of_any_class_and_by_logicals(k):
    assert read(X, (ALL, np.asarray(k))).tolist() == [[0, 2], [6, 8]]


@pytest.mark.parametrize("k", [[0, 1.5], [0, np.nan], [np.inf], 1.5])
def test_subscripts_that_are_no_whole_numbers_are_refused(k):
    with pytest.raises(TypeError, match="was given as subscripts: expected whole numbers"):
        read(X, (ALL, np.asarray(k)))


def test_a_subscript_beyond_int64_is_out_of_bound():
    with pytest.raises(MatlabError, match=r"y\(_,18446744073709551616\): out of bound 6"):
        read(X, (ALL, np.array([2**64 - 1], np.uint64)))


def test_one_page_is_a_matrix_and_several_are_not():
    assert read(Y, (ALL, ALL, 1)).tolist() == Y[:, :, 1].tolist()
    assert read(Y, (ALL, ALL, np.array([1]))).shape == (2, 3, 1)


@pytest.mark.parametrize("start", [np.array([1, 2]), 0])
def test_strides_that_begin_elsewhere_are_refused(start):
    with pytest.raises(TypeError, match="was asked for: expected"):
        read(Y, (slice(start, None, 2), slice(None, None, 2), ALL))


def test_a_stride_of_several_numbers_goes_by_the_first():
    assert read(Y, (slice(None, None, np.array([2, 1])), slice(None, None, 2), ALL)).shape == (
        *(1, 2),
        4,
    )


@pytest.mark.parametrize(
    "key",
    [
        np.array([["a", "b"], ["a", "b"]]),
        np.ones((1, 2), bool),
        np.ones((3, 2), bool),
        np.ones((2, 2), int),
        np.ones((2, 2)),
    ],
)
def test_only_logicals_of_its_size_are_a_mask(key):
    x = np.zeros((2, 2))
    with pytest.raises(TypeError) as caught:
        write(x, key, 7)
    assert str(caught.value) == (
        f"x[{key!r}] was asked for: expected x[i], x[i, j], {WRITTEN}, as in MATLAB but from 0"
    )
    assert not x.any()


def test_a_range_is_written_one_by_one_or_every_so_many():
    x = np.zeros((1, 4))
    write(x, slice(None, 3), 7)
    assert x.tolist() == [[7, 7, 7, 0]]


def test_what_is_no_subscript_is_refused_with_what_is():
    with pytest.raises(TypeError) as caught:
        read(X, "a")
    assert str(caught.value) == (
        f"x['a'] was asked for: expected x[i], x[i, j], {READ}, as in MATLAB but from 0"
    )


@pytest.mark.parametrize("x", [np.zeros((0, 0)), np.array(1.5), np.array([1, 2])])
def test_only_one_whole_number_is_an_index(x):
    with pytest.raises(TypeError) as caught:
        whole_number(x)
    assert str(caught.value) == f"{x!r} was given as an index: expected one whole number"


def test_the_refusal_names_what_was_given():
    given = np.array([0, 1.5])
    with pytest.raises(TypeError) as caught:
        read(X, (ALL, given))
    assert str(caught.value) == f"{given!r} was given as subscripts: expected whole numbers"


def test_one_fraction_is_refused_as_it_was_given():
    with pytest.raises(TypeError) as caught:
        read(X, (ALL, 1.5))
    assert str(caught.value) == "1.5 was given as subscripts: expected whole numbers"


def test_no_subscript_reads_all_and_writes_nothing():
    assert read(X, ()) is X
    with pytest.raises(TypeError, match=r"x\[\(\)\] was asked for"):
        write(X.copy(), (), 7)
