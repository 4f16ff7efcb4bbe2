"""Structs and cell arrays by themselves: equality, sizes, growth, and what they show."""

import numpy as np
import pytest

from dltcnn import MatlabError
from dltcnn.matlab.struct import Cell, Struct, StructArray, same


def struct(**fields):
    made = Struct()
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def cells(*items, dims=None):
    return Cell("b", items=items, dims=dims)


SAME = {
    "structs": (struct(a=1.0, b=np.nan), struct(b=np.nan, a=1.0)),
    "structs in structs": (struct(a=struct(b=1.0)), struct(a=struct(b=1.0))),
    "a field that nobody set": (struct(a=1.0, b=Cell("b")), struct(a=1.0)),
    "cells": (cells(1.0, "a"), cells(1.0, "a")),
    "cells of cells": (cells(cells(1.0)), cells(cells(1.0))),
    "arrays of structs": (
        StructArray(["a"], (1, 2), [struct(a=1.0), struct(a=2.0)]),
        StructArray(["a"], (1, 2), [struct(a=1.0), struct(a=2.0)]),
    ),
    "no structs": (StructArray(["a", "b"], (0, 0)), StructArray(["b", "a"], (0, 0))),
    "a list of numbers and a row": ([1, 2], np.array([[1.0, 2.0]])),
    "lists of text": (["a", "bc"], ["a", "bc"]),
    "a list of structs and a column": (
        [struct(a=1.0), struct(a=2.0)],
        cells(struct(a=1.0), struct(a=2.0), dims=(2, 1)),
    ),
}
OTHERS = {
    "values of fields": (struct(a=1.0), struct(a=2.0)),
    "more fields": (struct(a=1.0), struct(a=1.0, b=2.0)),
    "other fields": (struct(a=1.0), struct(b=1.0)),
    "a struct and a number": (struct(a=1.0), 1.0),
    "a struct and cells": (struct(a=1.0), cells(1.0)),
    "cells and a number": (cells(1.0), 1.0),
    "cells": (cells(1.0, 2.0), cells(1.0, 3.0)),
    "counts of cells": (cells(1.0), cells(1.0, 2.0)),
    "a row and a column": (cells(1.0, 2.0), cells(1.0, 2.0, dims=(2, 1))),
    "arrays of structs": (
        StructArray(["a"], (1, 2), [struct(a=1.0), struct(a=2.0)]),
        StructArray(["a"], (1, 2), [struct(a=1.0), struct(a=3.0)]),
    ),
    "names of no structs": (StructArray(["a"], (0, 0)), StructArray(["b"], (0, 0))),
    "more names of no structs": (StructArray(["a"], (0, 0)), StructArray(["a", "b"], (0, 0))),
    "sizes of no structs": (StructArray(["a"], (0, 0)), StructArray(["a"], (1, 0))),
    "structs and cells": (StructArray(["a"], (0, 0)), Cell("a", dims=(0, 0))),
    "lists of text": (["a", "bc"], ["a", "bd"]),
}


@pytest.mark.parametrize("name", SAME)
def test_same(name):
    a, b = SAME[name]
    assert same(a, b) is True
    assert same(b, a) is True


@pytest.mark.parametrize("name", OTHERS)
def test_not_the_same(name):
    a, b = OTHERS[name]
    assert same(a, b) is False
    assert same(b, a) is False


def test_structs_and_cells_are_compared_by_what_they_hold():
    assert struct(a=1.0) == struct(a=1.0)
    assert struct(a=1.0) != struct(a=2.0)
    assert struct(a=1.0) != 3
    assert cells(1.0, 2.0) == cells(1.0, 2.0)
    assert cells(1.0, 2.0) == [1.0, 2.0]
    assert cells(1.0, 2.0) != [1.0, 3.0]
    assert cells(1.0) != 3
    assert (cells(np.zeros(2)) != cells(np.zeros(2))) is False
    assert (cells(np.zeros(2)) != cells(np.ones(2))) is True


def test_a_cell_array_is_a_row_unless_it_is_said():
    assert cells().dims == (0, 0)
    assert cells(1.0, 2.0).dims == (1, 2)
    assert cells(1.0, 2.0, dims=(2, 1)).dims == (2, 1)
    assert cells(*"abcd", dims=(2, 2)).dims == (2, 2)
    assert (Cell("b").depth, Cell("b").joined) == (1, False)


@pytest.mark.parametrize(
    ("dims", "count", "grown"),
    [
        ((2, 1), 3, (3, 1)),
        ((3, 1), 4, (4, 1)),
        ((1, 1), 2, (1, 2)),
        ((1, 2), 3, (1, 3)),
        ((0, 0), 2, (1, 2)),
        ((0, 1), 2, (1, 2)),
        ((2, 0), 2, (1, 2)),
        ((2, 2), 3, (1, 3)),
        ((2, 1, 3), 5, (1, 5)),
    ],
)
def test_a_column_stays_one_when_the_count_changes_and_all_else_becomes_a_row(dims, count, grown):
    assert cells(*range(count), dims=dims).dims == grown


@pytest.mark.parametrize("dims", [(2, 1), (1, 2), (0, 0), (1, 0)])
def test_rows_and_columns_grow_and_are_filled_with_nothing(dims):
    count = dims[0] * dims[1]
    grown = cells(*range(count), dims=dims)
    grown[count + 2] = 5.0
    assert [each.shape for each in grown[count : count + 2]] == [(0, 0), (0, 0)]
    assert grown[count + 2] == 5.0


@pytest.mark.parametrize("dims", [(2, 2), (3, 2), (1, 1, 2), (2, 1, 2), (2, 0)])
def test_what_is_neither_a_row_nor_a_column_does_not_grow(dims):
    count = int(np.prod(dims))
    full = cells(*range(count), dims=dims)
    with pytest.raises(MatlabError) as caught:
        full[count] = 5.0
    assert caught.value.message == (
        "Invalid resizing operation or ambiguous assignment to an out-of-bounds array element"
    )


def test_cells_of_cells_hold_cells_and_grow_by_one_when_their_end_is_read():
    kernels = Cell("k", 2, [[np.zeros((2, 2))]])
    assert (type(kernels[0]), kernels[0].depth, kernels[0].name) == (Cell, 1, "k")
    for beyond in (-5, 2):
        with pytest.raises(MatlabError):
            kernels[beyond]
        assert len(kernels) == 1
    assert kernels[1] == Cell("k") and len(kernels) == 2


def test_a_struct_shows_its_fields_and_of_cell_arrays_its_layers():
    shown = struct(
        one=1.5,
        k=cells(1.0),
        z=cells(1.0),
        layers=cells("a", "b"),
        few=np.array([1.0]),
        two=np.zeros(2),
        many=np.zeros((2, 3), np.float32),
    )
    assert repr(shown) == (
        "Struct(one=1.5, layers=['a', 'b'], few=array([1.]), two=<2 float64>, many=<2x3 float32>)"
    )


def test_pythons_own_names_are_no_fields():
    with pytest.raises(AttributeError) as caught:
        _ = struct(a=1.0).__no_such_method__
    assert type(caught.value) is AttributeError


def test_a_cell_array_and_a_list_are_compared_by_matlabs_rules():
    assert cells(np.nan) == [float("nan")]
    assert cells(0.0) != [-0.0]


def test_an_empty_array_is_shown_with_its_size():
    shown = repr(struct(none=np.zeros((0, 2))))
    assert shown == f"Struct(none={np.zeros((0, 2))!r})"
