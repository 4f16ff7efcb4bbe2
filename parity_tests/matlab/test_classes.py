"""MATLAB's classes and sizes in the port against Octave's."""

import numpy as np
import pytest
import scipy.sparse

from both_sides.expressions import SPECIAL, check, value_in_octave
from both_sides.functions import in_octave
from dltcnn import Layer, MatlabError
from dltcnn.matlab.classes import (
    are_whole,
    array,
    classname,
    isempty,
    isfloat,
    islogical,
    isnumeric,
    operand,
    result_class,
    saturated,
    size,
    size_of,
    unsupported,
)
from dltcnn.matlab.struct import cell

INTEGERS = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
CLASSES = (np.float64, np.float32, bool, np.uint8, np.int8, np.uint16, np.int64)


@pytest.mark.parametrize("cls", INTEGERS)
def test_rounding_into_integer_classes(original_session, cls):
    least, most = np.iinfo(cls).min, np.iinfo(cls).max
    edges = [least, least - 1.0, most, most + 1.0, 2.0**63 - 1024, 1e10, -1e10, 1e20, -1e20]
    x = np.array([[*edges, 0.49, -0.5, -2.5, 1.5, 127.5, 0.75, -2.75, 2.25, 2.0**52 + 1]])
    x = np.concatenate([SPECIAL, x], axis=1)
    name = np.dtype(cls).name
    check(original_session, lambda x: saturated(x, np.dtype(cls)), f"{name}(in.x)", x=x)
    check(original_session, lambda x: saturated(x, np.dtype(cls)), f"{name}(in.x)", x=most + 1.0)


@pytest.mark.parametrize("one", CLASSES)
@pytest.mark.parametrize("other", CLASSES)
def test_the_class_of_a_sum_or_its_refusal(original_session, one, other):
    a, b = np.zeros((1, 2), one), np.zeros((1, 2), other)
    port = lambda a, b: np.zeros((1, 2), result_class("+", a, b))  # noqa: E731
    check(original_session, port, "in.a + in.b", a=a, b=b)


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 2), (0, 0), (0, 1)])
def test_an_operator_that_classes_do_not_have(original_session, cls, shape):
    def refuse(a, b):
        raise unsupported("/", a, b)

    a, b = np.ones(shape, cls), np.ones((2, 2), np.int8)
    check(original_session, refuse, "in.a / in.b", a=a, b=b)
    if shape == (2, 2):
        check(original_session, refuse, "in.a / in.b", a=b, b=a)


@pytest.mark.parametrize(
    "shape", [(2, 3), (2, 3, 1), (2, 1, 1), (1, 1, 4), (2, 3, 4, 1, 1), (2, 3, 0)]
)
def test_sizes(original_session, shape):
    code = "{size(in.x), [size(in.x, 1), size(in.x, 2), size(in.x, 3), size(in.x, 5)]}"
    theirs = in_octave(original_session, code, x=np.ones(shape))
    assert list(size(np.ones(shape))) == theirs["{1}"].ravel().tolist()
    dims = [size(np.ones(shape), dim) for dim in (1, 2, 3, 5)]
    assert dims == theirs["{2}"].ravel().tolist()


@pytest.mark.parametrize("text", ["three words long", "a", ""])
def test_sizes_of_text(original_session, text):
    code = "{size(in.text), [size(in.text, 1), size(in.text, 2)]}"
    theirs = in_octave(original_session, code, text=text)
    assert list(size(text)) == theirs["{1}"].ravel().tolist()
    assert [size(text, dim) for dim in (1, 2)] == theirs["{2}"].ravel().tolist()


def test_sizes_of_numbers_and_vectors_are_those_of_rows():
    assert size([]) == (0, 0)
    assert size([1, 2]) == (1, 2)
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


def wording(function, x):
    """What a function says when it refuses."""
    with pytest.raises(MatlabError) as error:
        function(x)
    return error.value.message


@pytest.mark.parametrize("function", [operand, size])
def test_lists_of_different_lengths_are_refused_in_words(function):
    assert wording(function, [[1, 2], [3]]) == (
        "lists of different lengths were given: expected an array, each row as long as the next"
    )


@pytest.mark.parametrize("text", ["12", b"12"])
def test_text_is_refused_in_words(text):
    assert wording(operand, text) == (
        f"the text {text!r} was given: expected a number or an array of numbers"
    )


def test_masked_values_are_refused_in_words():
    x = np.ma.array([1.0, 2.0], mask=[False, True])
    assert wording(operand, x) == (
        "an array with masked values was given: fill them (x.filled(value))"
    )


@pytest.mark.parametrize(
    ("given", "values"), [([], np.zeros((0, 0))), ([5], [5.0]), ([[1, 2]], [[1.0, 2.0]])]
)
def test_lists_are_arrays_and_an_empty_one_has_no_rows(given, values):
    assert operand(given).dtype == np.float64
    assert operand(given).shape == np.shape(values)
    assert np.array_equal(operand(given), values)


@pytest.mark.parametrize("given", [np.ones((1, 2)).view(np.matrix), np.ma.ones((1, 2))])
def test_a_subclass_of_arrays_loses_its_own_operators(given):
    assert type(operand(given)) is np.ndarray


@pytest.mark.parametrize("code", ["f8", "f4", "i2", "u4"])
@pytest.mark.parametrize("order", "<>")
def test_another_order_of_bytes_is_made_native(order, code):
    found = operand(np.array([1, 2], order + code))
    assert (found.dtype, found.tolist()) == (np.dtype(code), [1, 2])


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        *((1, True), (7.0, True), ((2, 3), True), (np.uint8(4), True), (np.float32(2), True)),
        *((0, False), (-1, False), (0.5, False), (1.5, False), ((2, 0), False), ((1, 1.5), False)),
        *((np.inf, False), (np.nan, False), (True, False), ("1", False), ((), True)),
    ],
)
def test_whole_numbers(value, whole):
    assert are_whole(value) is whole


@pytest.mark.parametrize(
    ("value", "numeric"),
    [
        *((1, True), (1.5, True), (np.int8(3), True), (np.uint8(3), True), (np.ones(2), True)),
        *((True, False), ("1", False), (None, False), (1j, False)),
    ],
)
def test_isnumeric(value, numeric):
    assert isnumeric(value) is numeric


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *((cell(2), "cell"), (Layer("i"), "struct"), (1.5, "double"), (7, "double")),
        *((np.float32(1), "single"), (np.int8([1]), "int8"), (True, "logical"), ("a", "char")),
        *(([1, 2], "double"), ([True], "logical"), (np.bool_(1), "logical"), ("", "char")),
        *((np.ones((2, 2), np.float32), "single"), (np.ones(2, np.uint8), "uint8")),
        *(([1, "a", None], "list"), (None, "NoneType"), ({}, "dict"), ((1, [2]), "tuple")),
        *((np.array(None), "object"), (1j, "complex128")),
        ([np.datetime64("2020-01-01")], "datetime64[D]"),
    ],
    ids=repr,
)
def test_the_class_of_a_value(value, name):
    assert classname(value) == name
    assert islogical(value) is (name == "logical")
    assert isfloat(value) is (name in ("double", "single"))


@pytest.mark.parametrize("value", [1.5, np.ones((2, 3, 4)), [1, 2], np.zeros((0, 3))])
def test_the_size_of_a_value(acnn_session, value):
    theirs = value_in_octave(acnn_session, "size(in.x)", x=value)["value"]
    assert list(size_of(value)) == theirs.ravel().tolist()


@pytest.mark.parametrize(("value", "size"), [(None, (1, 1)), ([1, [2, 3]], (1, 2)), ({}, (1, 1))])
def test_the_size_of_what_is_no_array(value, size):
    assert size_of(value) == size


@pytest.mark.parametrize("value", [1.5, np.ones((2, 3)), np.zeros((0, 3)), [], "", "a", [[1]]])
def test_what_is_empty(acnn_session, value):
    code = f"isempty('{value}')" if isinstance(value, str) else "isempty(in.x)"
    given = {} if isinstance(value, str) else {"x": value}
    assert isempty(value) == bool(value_in_octave(acnn_session, code, **given)["value"])


@pytest.mark.parametrize("x", [2**64, -(2**63) - 1, 2**70])
def test_integers_beyond_64_bits_are_refused(x):
    with pytest.raises(MatlabError, match="a int was given: expected a number"):
        operand(x)


@pytest.mark.parametrize(
    ("x", "cls"),
    [
        (1j, "complex128"),
        (np.timedelta64(1), "timedelta64"),
        (np.datetime64("2026"), r"datetime64\[Y\]"),
    ],
)
def test_a_scalar_of_another_class_is_refused_by_its_class(x, cls):
    with pytest.raises(MatlabError, match=f"^an array of class {cls} was given: expected double"):
        operand(x)


@pytest.mark.parametrize(
    ("x", "got", "remedy"),
    [
        (None, "None", ""),
        ({1}, "a set", ""),
        (
            (each for each in ()),
            "a generator",
            " (np.stack([*x], axis=-1) makes one of equal arrays)",
        ),
        (scipy.sparse.csr_matrix(np.eye(2)), "a csr_matrix", " (x.toarray() makes one)"),
    ],
)
def test_what_is_no_array_is_refused_with_a_remedy(x, got, remedy):
    with pytest.raises(MatlabError) as caught:
        operand(x)
    wanted = f"{got} was given: expected a number or an array of numbers{remedy}"
    assert str(caught.value) == wanted
