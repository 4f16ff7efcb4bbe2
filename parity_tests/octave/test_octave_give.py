"""What `give` makes of a value of each kind: its class, size and bits, and where it stands."""

import numpy as np
import pytest

from dltcnn import Layer, Net, Opts
from dltcnn.matlab.struct import Cell
from octave.processes import bits, shown

pytestmark = pytest.mark.octave

SINGLE = np.array([[0.1, -0.0]], np.float32)
LEAVES = {  # value: class and size that Octave shows, elements in Octave's order
    "int": (3, "double", "1 1", [3.0]),
    "float": (-0.0, "double", "1 1", [-0.0]),
    "bool": (True, "double", "1 1", [1.0]),  # as in a program: trainable = 1
    "numpy's bool": (np.bool_(True), "logical", "1 1", [True]),
    "numpy's number": (np.int8(-3), "int8", "1 1", [-3]),
    "tuple": ((3, 4.5), "double", "1 2", [3.0, 4.5]),
    "one dimension": (np.arange(3.0), "double", "1 3", [0.0, 1.0, 2.0]),
    "no dimension": (np.array(2, np.uint8), "uint8", "1 1", [2]),
    "a trailing dimension of 1": (np.ones((2, 1, 1)), "double", "2 1", [1.0, 1.0]),
    "an array": (np.arange(4.0).reshape(2, 2), "double", "2 2", [0.0, 2.0, 1.0, 3.0]),
    "pages": (np.arange(8).reshape(1, 2, 4), "int64", "1 2 4", [0, 4, 1, 5, 2, 6, 3, 7]),
    "single": (SINGLE, "single", "1 2", SINGLE.ravel().tolist()),
    "no numbers": (np.zeros((0, 3), bool), "logical", "0 3", []),
    "text": ("sigm", "char", "1 4", None),
    "no text": ("", "char", "0 0", None),
    "no cells": ([], "cell", "0 0", None),
    "no fields": ({}, "struct", "1 1", None),
}
PLACES = {"v": lambda v: v, "v.a.b": lambda v: {"a": {"b": v}}, "v{2}{1}": lambda v: [0, [v]]}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", LEAVES)
def test_a_leaf_keeps_its_class_size_and_bits_wherever_it_stands(session, name, place):
    value, kind, size, numbers = LEAVES[name]
    session.give("v", PLACES[place](value))
    assert shown(session, f"class({place})") == kind
    assert " ".join(shown(session, f"size({place})").split()) == size
    if numbers is not None:
        session.eval(f"leaf = {place};")
        found = session.pull("leaf")
        assert bits(found.ravel(order="F")) == bits(np.array(numbers, found.dtype))


def test_a_net_is_a_struct_with_the_fields_that_somebody_set(session):
    net = Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=3)], activation="tanh")
    net.layers[1].k = [[np.eye(2), np.ones((2, 2), np.float32)], [1.0, np.bool_(False)]]
    net.layers[1].b, net.layers[1].db = [0.5, np.int8(2)], 7
    net.rL = np.arange(3.0)
    session.give("net", net)
    assert shown(session, "strjoin(sort(fieldnames(net))', ' ')") == "activation layers rL"
    assert shown(session, "class(net.layers)") == "cell"
    assert shown(session, "strjoin(sort(fieldnames(net.layers{1}))', ' ')") == "type"
    names = "b db k kernelsize outputmaps type"
    assert shown(session, "strjoin(sort(fieldnames(net.layers{2}))', ' ')") == names
    assert shown(session, "[net.layers{2}.type, ' ', net.activation]") == "c tanh"
    assert {path: bits(value) for path, value in session.fields("net").items()} == {
        "layers{2}.outputmaps": bits(np.array([[2.0]])),
        "layers{2}.kernelsize": bits(np.array([[3.0]])),
        "layers{2}.k{1}{1}": bits(np.eye(2)),
        "layers{2}.k{1}{2}": bits(np.ones((2, 2), np.float32)),
        "layers{2}.k{2}{1}": bits(np.array([[1.0]])),
        "layers{2}.k{2}{2}": bits(np.array([[False]])),
        "layers{2}.b{1}": bits(np.array([[0.5]])),
        "layers{2}.b{2}": bits(np.array([[2]], np.int8)),
        "layers{2}.db": bits(np.array([[7.0]])),
        "rL": bits(np.array([[0.0, 1.0, 2.0]])),
    }


def test_structs_and_cells_stand_in_each_other(session):
    opts = Opts(alpha=Net([Layer("s", scale=(2, 3))]), batchsize=np.uint8(2))
    session.give("v", {"opts": opts, "cells": [Layer("f", units=4), Cell("k", items=[1, "a"]), {}]})
    assert shown(session, "v.opts.alpha.layers{1}.scale").split() == ["2", "3"]
    assert shown(session, "class(v.opts.batchsize)") == "double"  # as in a program
    assert shown(session, "v.cells{1}.units") == "4"
    assert shown(session, "v.cells{2}{2}") == "a"
    assert shown(session, "numel(fieldnames(v.cells{3}))") == "0"


def test_the_key_of_a_dict_may_be_a_path(session):
    session.give("v", {"layers{2}.k{1}{3}": 5, "layers{1}": {"type": "i"}})
    assert shown(session, "v.layers{2}.k{1}{3}") == "5"
    assert shown(session, "v.layers{1}.type") == "i"


def test_a_variable_is_made_anew(session):
    session.give("v", {"a": 1, "b": 2})
    session.give("v", {"b": None, "c": 3})
    assert list(session.fields("v")) == ["c"]
    session.give("v", [4])
    assert list(session.fields("v")) == ["{1}"]
    session.give("v", Opts())
    assert shown(session, "isstruct(v) && isempty(fieldnames(v))") == "1"


@pytest.mark.parametrize(
    ("value", "path", "says"),
    [
        (None, "the value", "NoneType"),
        ([1, None], r"\{2\}", "NoneType"),
        ({"a": [{1}]}, r"a\{1\}", "set"),
        (Opts(alpha=2j), "alpha", "complex"),
        ({"x": np.ones(2, np.longdouble)}, "x", "float128|longdouble"),
    ],
    ids=str,
)
def test_what_octave_has_not_is_refused_by_name(session, value, path, says):
    with pytest.raises(TypeError, match=rf"^{path}: Octave gets no .*({says})"):
        session.give("v", value)
