"""Whether two values are the same to MATLAB. No Octave is needed."""

import numpy as np
import pytest

from dltcnn.matlab.same import same_array
from dltcnn.matlab.scalar import Scalar

NAN = np.array([[0x7FF8000000000000, 0x7FF8000000000001]], np.uint64).view(float)
X = np.arange(6.0).reshape(2, 3)
DATES = np.array(["2019", "2020"], "M8[Y]")

SAME = {
    "numbers": (2, 2.0),
    "a large whole number": (5000, 5000.0),
    "the largest whole numbers": (2**1022, 2.0**1022),
    "a number and an array": (3, np.array([[3.0]])),
    "a vector and a row": (np.ones(3), np.ones((1, 3))),
    "layouts": (X, np.asfortranarray(X)),
    "orders of bytes": (X, X.astype(">f8")),
    "not a number": (NAN, NAN),
    "bits of NaN": (NAN, NAN[:, ::-1]),
    "a NaN of Python": (float("nan"), np.nan),
    "single": (np.float32([1, np.nan]), np.float32([[1, np.nan]])),
    "integers": (np.uint8([1, 2]), np.uint8([[1, 2]])),
    "logicals": (True, np.array([[True]])),
    "several logicals": (np.array([True, False]), np.array([[True, False]])),
    "complex": (1j, np.array([[1j]])),
    "complex NaN": (np.array([complex(np.nan, 1)]), np.array([complex(np.nan, 1)])),
    "text": ("ab", "ab"),
    "no text": ("", ""),
    "text and characters": ("ab", np.array([["a", "b"]])),
    "no text and no characters": ("", np.zeros((0, 0), "U1")),
    "characters in rows": (np.array([["a", "b"], ["c", "d"]]), np.array([["a", "b"], ["c", "d"]])),
    "bytes": (np.array([[b"a", b"b"]]), np.array([[b"a", b"b"]])),
    "beyond 16 bits": ("\U0001f600", "\U0001f600"),
    "half a pair": ("\ud800", "\ud800"),
    "vectors of characters": (np.array(["a", "b"]), np.array(["a", "b"])),
    "nothing": (None, None),
    "dates": (DATES, DATES.copy()),
    "long numbers": (np.longdouble([1, 2]), np.longdouble([1, 2])),
    "beyond all doubles": (10**400, 10**400),
    "at the end of doubles": (2**1024 - 1, 2**1024 - 1),
}
OTHERS = {
    "numbers": (2, 2.5),
    "values": (X, X + 1),
    "one value": (X, np.where(X == 3, 4, X)),
    "zeros": (0.0, -0.0),
    "NaN and a number": (np.nan, 1.0),
    "double and single": (X, X.astype(np.float32)),
    "double and integer": (np.ones(3), np.ones(3, np.int8)),
    "signs of integers": (np.ones(3, np.uint8), np.ones(3, np.int8)),
    "integers": (np.uint8([1, 2]), np.uint8([1, 3])),
    "logical and double": (True, 1),
    "logicals": (np.array([True, False]), np.array([True, True])),
    "row and column": (np.ones((1, 3)), np.ones((3, 1))),
    "lengths": (np.ones(3), np.ones(4)),
    "real and complex": (np.ones(2), np.ones(2, complex)),
    "imaginary parts": (1j, 2j),
    "signs of imaginary zeros": (complex(1, 0.0), complex(1, -0.0)),
    "texts": ("ab", "ac"),
    "lengths of texts": ("ab", "abc"),
    "text and number": ("a", 97.0),
    "text and characters in a column": ("ab", np.array([["a"], ["b"]])),
    "no text and a column of none": ("", np.zeros((0, 1), "U1")),
    "characters and bytes": (np.array([["a"]]), np.array([[b"a"]])),
    "bytes": (np.array([[b"a", b"b"]]), np.array([[b"a", b"c"]])),
    "beyond 16 bits": ("\U0001f600", "\U0001f601"),
    "vectors of characters": (np.array(["a", "b"]), np.array(["a", "c"])),
    "nothing and a number": (None, 1.0),
    "kinds of objects": ([None], (None,)),
    "dates": (DATES[:1], DATES[1:]),
    "lengths of dates": (DATES[:1], DATES[[0, 0]]),
    "long numbers": (np.longdouble([1, 2]), np.longdouble([1, 3])),
    "long and double": (np.longdouble([1, 2]), np.ones(2)),
    "beyond all doubles": (10**400, 10**400 + 1),
    "a number and what is compared as in Python": (2.0**1023, 2**1023),
}


@pytest.mark.parametrize("name", SAME)
def test_same(name):
    a, b = SAME[name]
    assert same_array(a, b) is True
    assert same_array(b, a) is True


@pytest.mark.parametrize("name", OTHERS)
def test_not_the_same(name):
    a, b = OTHERS[name]
    assert same_array(a, b) is False
    assert same_array(b, a) is False


def test_a_number_in_place_of_cells_is_there_whatever_it_is():
    assert bool(Scalar(0)) is True
