"""The small functions that the network with combinations stands on, against Octave's."""

import numpy as np
import pytest

from both_sides.expressions import text_in_octave, value_in_octave
from both_sides.functions import assert_same
from dltcnn import Layer, MatlabError
from dltcnn.matlab.elementary import (
    cell,
    chosen,
    classname,
    double,
    element,
    exp,
    iscell,
    isfield,
    isfloat,
    islogical,
    isnumeric,
    lengths,
    log,
    mat2str,
    pair,
    rmfield,
    wholes,
    with_element,
    written,
)
from dltparity.octave.values import matlab_array

SMALLEST = [5e-324, 1e-310, 1e-300, 1e-45]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_exp_of_what_is_not_positive(acnn_session, rng, dtype):
    x = -rng.exponential(30, 20_000)
    with np.errstate(all="ignore"):
        x = np.concatenate([x, [0.0, -0.0, -np.inf, np.nan, -745.2, -103.9, -87.4]]).astype(dtype)
    assert_same(value_in_octave(acnn_session, "exp(in.x)", x=x[None]), {"value": exp(x[None])})
    assert exp(x[None]).flags.c_contiguous


def test_exp_of_logicals_is_double(acnn_session):
    x = np.zeros((1, 2), bool)
    assert_same(value_in_octave(acnn_session, "exp(in.x)", x=x), {"value": exp(x)})


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_log_of_what_is_not_negative(acnn_session, rng, dtype):
    x = rng.exponential(30, 20_000)
    with np.errstate(all="ignore"):
        x = np.concatenate([x, x / 1000, SMALLEST, [0.0, 1.0, np.inf, np.nan]]).astype(dtype)
        ours = log(x[None])
    assert_same(value_in_octave(acnn_session, "log(in.x)", x=x[None]), {"value": ours})


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.uint8, bool])
def test_double(acnn_session, dtype):
    x = np.array([[0, 1, 1], [1, 0, 1]]).astype(dtype)
    assert_same(value_in_octave(acnn_session, "double(in.x)", x=x), {"value": double(x)})


def test_one_number_counts_for_rows_and_columns(acnn_session):
    for value in (3, (2, 5), 1):
        theirs = value_in_octave(acnn_session, "in.s .* [1 1]", s=value)
        assert_same(theirs, {"value": matlab_array(pair(value))})
        assert pair(value).shape == (2,)


@pytest.mark.parametrize(
    "value",
    [
        *(0.0, -2.5, 1e20, 123456789012345678, np.nan, np.inf, -np.inf, 0.1),
        *(np.float32(0.1), np.uint8(200), (1, 2.5, 3), [[1, 2], [3, 4.25]], [[1], [2]]),
        *(np.array([[True]]), np.array([[False]]), np.array([[True, False], [True, True]])),
        *(np.zeros((0, 0)), np.zeros((0, 3))),
        *(np.zeros((1, 0)), np.zeros((2, 0)), np.ones((0, 1), bool)),
    ],
    ids=repr,
)
def test_mat2str(acnn_session, value):
    assert mat2str(value) == text_in_octave(acnn_session, "mat2str(in.x)", x=value)


def test_mat2str_of_text_says_the_text():
    assert mat2str("relu") == '"relu"'  # MATLAB does, too; Octave refuses


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        *((1, True), (7.0, True), ((2, 3), True), (np.uint8(4), True), (np.float32(2), True)),
        *((0, False), (-1, False), (0.5, False), (1.5, False), ((2, 0), False), ((1, 1.5), False)),
        *((np.inf, False), (np.nan, False), (True, False), ("1", False), ((), True)),
    ],
)
def test_wholes(value, whole):
    assert wholes(value) is whole


@pytest.mark.parametrize(
    ("value", "numeric"),
    [
        *((1, True), (1.5, True), (np.int8(3), True), (np.uint8(3), True), (np.ones(2), True)),
        *((True, False), ("1", False), (None, False), (1j, False)),
    ],
)
def test_isnumeric(value, numeric):
    assert isnumeric(value) is numeric


def test_a_field_that_somebody_set():
    layer = Layer("c", outputmaps=2)
    assert isfield(layer, "outputmaps")
    assert isfield(layer, "type")
    assert not isfield(layer, "scale")
    assert not isfield(layer, "nothing")
    assert not isfield(layer, "k")
    layer.k[0][0] = 1.0
    assert isfield(layer, "k")
    layer.c = np.zeros((0, 0))
    assert isfield(layer, "c")


def test_cell_arrays():
    cells = cell(3)
    assert iscell(cells)
    assert cells.name == "cell"
    assert [each.shape for each in cells] == [(0, 0)] * 3
    assert not iscell(np.ones(3))
    assert not iscell((1, 2))
    with pytest.raises(MatlabError, match="out of bound 3"):
        _ = cells[5]


@pytest.mark.parametrize("index", [[0], [2, 0], [1, 2, 1]])
def test_images_are_chosen_along_the_last_dimension(acnn_session, rng, index):
    for shape, dim in (((2, 3, 4), 3), ((2, 3, 2, 4), 4)):
        x = rng.random(shape)
        code = f"in.x({':, ' * (dim - 1)}in.i)"
        theirs = value_in_octave(acnn_session, code, x=x, i=np.array([index]) + 1.0)
        ours = chosen(x, index, dim)
        assert_same(theirs, {"value": matlab_array(ours)})
        assert ours.shape == (*shape[:-1], len(index))
    assert chosen(rng.random((2, 3)), [0], 3).shape == (2, 3, 1)
    assert chosen(rng.random((2, 3)), [0, 0], 4).shape == (2, 3, 1, 2)


@pytest.mark.parametrize("i", [0, 1, 3, 5])
def test_single_elements_column_by_column(acnn_session, rng, i):
    x = rng.random((2, 3)).astype(np.float32)
    theirs = value_in_octave(acnn_session, f"in.x({i + 1})", x=x)
    assert_same(theirs, {"value": matlab_array(element(x, i))})
    before = x.copy()
    acnn_session.eval(f"in.x({i + 1}) = 0.1;")
    assert_same(acnn_session.fields("in"), {"x": with_element(x, i, 0.1)})
    assert (x == before).all()


@pytest.mark.parametrize("value", [1 / 3, 1234567.0, 1e-7, np.nan, np.inf, -np.inf, 2.0])
def test_numbers_in_messages(acnn_session, value):
    assert written(value) == text_in_octave(acnn_session, "sprintf('%g', in.x)", x=value)
    assert written(value, 3) == text_in_octave(acnn_session, "sprintf('%.3g', in.x)", x=value)


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
    assert list(lengths(value)) == theirs.ravel().tolist()


@pytest.mark.parametrize(("value", "size"), [(None, (1, 1)), ([1, [2, 3]], (1, 2)), ({}, (1, 1))])
def test_the_size_of_what_is_no_array(value, size):
    assert lengths(value) == size


def test_a_layer_without_some_fields():
    layer = Layer("c", outputmaps=2, scale=3)
    layer.k[0][0] = np.ones((2, 2))
    assert rmfield(layer, ["k", "outputmaps"]) is layer
    assert not isfield(layer, "outputmaps")
    assert layer.k == [] and layer.k.name == "k"
    assert (layer.type, layer.scale) == ("c", 3)


def test_a_field_of_what_is_no_struct():
    with pytest.raises(TypeError) as error:
        isfield([1], "k")
    assert str(error.value) == "a list was given: expected a Net, a Layer or Opts"
