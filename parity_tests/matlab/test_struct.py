"""Structs and cell arrays."""

import numpy as np
import pytest

from dltcnn import Layer, MatlabError, Net
from dltcnn.matlab.errors import MissingFieldError
from dltcnn.matlab.struct import Cell, cell, iscell, isfield, numel, rmfield


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


def test_a_layer_without_some_fields():
    layer = Layer("c", outputmaps=2, scale=3)
    layer.k[0][0] = np.ones((2, 2))
    assert rmfield(layer, ["k", "outputmaps"]) is layer
    assert not isfield(layer, "outputmaps")
    assert layer.k == [] and layer.k.name == "k"
    assert (layer.type, layer.scale) == ("c", 3)


def test_a_layer_with_a_constructor_of_its_own_without_some_fields():
    class Convolution(Layer):
        def __init__(self, maps, side):
            super().__init__("c", outputmaps=maps, kernelsize=side)

    layer = Convolution(2, 3)
    layer.b = np.zeros((2, 1))
    assert type(rmfield(layer, ["b"])) is Convolution
    assert layer.b == [] and layer.b.name == "b"


def test_a_field_of_what_is_no_struct():
    with pytest.raises(TypeError) as error:
        isfield([1], "k")
    assert str(error.value) == "a list was given: expected a Net, a Layer or Opts"


def test_a_cell_that_nobody_filled_is_a_missing_field():
    with pytest.raises(MissingFieldError) as error:
        numel(Cell("a"))
    assert error.value.message == "structure has no member 'a'"
    assert numel(Cell("a", items=[1, 2])) == 2
    assert numel(np.ones((2, 3))) == 6
    assert type(numel([1.0])) is np.float64


def test_functions_leave_their_structs_alone():
    net = Net([Layer("i")])
    assert net.copy() is not net
