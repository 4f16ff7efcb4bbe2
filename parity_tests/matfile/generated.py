"""Nets with fields of every kind that a .mat file holds, for hypothesis."""

import string

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dltcnn import Layer, Net
from dltcnn.fields import ACNN_LAYER_OPTIONS, ACNN_NET_OPTIONS, CELLS, LAYER_FIELDS, NET_FIELDS
from dltcnn.matlab.struct import Cell, Struct, StructArray

CLASSES = ["f8", "f4", "?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]
_OURS = LAYER_FIELDS | NET_FIELDS | ACNN_LAYER_OPTIONS | ACNN_NET_OPTIONS
names = st.one_of(
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,6}", fullmatch=True),
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{30,62}", fullmatch=True),
).filter(lambda name: name not in _OURS)


def sizes(most=3):
    """Two to four dimensions, each perhaps 0, without a last one of 1 beyond the second."""
    whole = st.lists(st.integers(0, most), min_size=2, max_size=4)
    return whole.map(tuple).filter(lambda size: len(size) == 2 or size[-1] != 1)


@st.composite
def numbers(draw):
    """An array of any class; floats of any bits."""
    return draw(arrays.arrays(draw(st.sampled_from(CLASSES)), sizes()))


@st.composite
def complexes(draw):
    """A complex array; Octave makes a real one of it where no part is imaginary."""
    dtype = draw(st.sampled_from(["c16", "c8"]))
    size = draw(sizes().filter(lambda size: np.prod(size) > 0))
    array = draw(arrays.arrays(dtype, size))
    array.imag[(0,) * array.ndim] = 1
    return array


_letters = string.ascii_letters + string.digits + " %'\"\\\n"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def _is_no_row(size):
    """Whether it is no row; nor one of 3 or 4 characters, of which Octave reads no file."""
    return size != (0, 0) and (len(size) > 2 or size[0] != 1) and np.prod(size) not in (3, 4)


@st.composite
def characters(draw):
    """Text of several rows, or of none, which Octave keeps in bytes."""
    size = draw(sizes().filter(_is_no_row))
    return draw(arrays.arrays("U1", size, elements=st.sampled_from(_letters)))


leaves = st.one_of(numbers(), complexes(), texts, characters())


def _within(values):
    return st.one_of(cells(values), structs(values), struct_arrays(values))


@st.composite
def cells(draw, values):
    """A cell array of any size."""
    size = draw(sizes(2))
    return Cell("any", items=[draw(values) for _ in range(int(np.prod(size)))], dims=size)


@st.composite
def structs(draw, values):
    """A struct, perhaps without fields."""
    made = Struct()
    vars(made).update(draw(st.dictionaries(names, values, max_size=3)))
    return made


@st.composite
def struct_arrays(draw, values):
    """An array of structs that is not 1x1."""
    size = draw(sizes(2).filter(lambda size: size != (1, 1)))
    fields = draw(st.lists(names, unique=True, max_size=3))
    items = []
    for _ in range(int(np.prod(size))):
        made = Struct()
        vars(made).update({name: draw(values) for name in fields})
        items.append(made)
    return StructArray(fields, size, items)


values = st.recursive(leaves, _within, max_leaves=8)
_real = st.sampled_from(["f8", "f4"])
_kernels = arrays.arrays(_real, (2, 2))


@st.composite
def layers(draw):
    """A layer with some of the toolbox's fields and some of its own."""
    layer = object.__new__(Layer)
    fields = {"type": draw(st.sampled_from("icsaf"))}
    for name in draw(st.lists(st.sampled_from(["scale", "outputmaps", "kernelsize"]), unique=True)):
        dtype = draw(st.sampled_from(CLASSES))
        fields[name] = draw(arrays.arrays(dtype, st.sampled_from([(1, 1), (1, 2), (0, 0)])))
    rows, cols = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    if draw(st.booleans()):
        row = [Cell("k", items=[draw(_kernels)] * cols, dims=(1, cols)) for _ in range(rows)]
        fields["k"] = Cell("k", 2, row, draw(st.sampled_from([(1, rows), (rows, 1)])))
    for name in draw(st.lists(st.sampled_from(["a", "b", "d", "db"]), unique=True)):
        items = [draw(arrays.arrays(_real, st.sampled_from([(1, 1), (2, 3, 2)])))] * rows
        fields[name] = Cell(name, 1, items, draw(st.sampled_from([(1, rows), (rows, 1)])))
    fields |= draw(st.dictionaries(names, values, max_size=2))
    vars(layer).update(fields)
    for name in CELLS:
        vars(layer).setdefault(name, Cell(name))
    return layer


@st.composite
def nets(draw):
    """A net whose layers stand in a cell array of any shape."""
    net = object.__new__(Net)
    size = draw(st.sampled_from([(1, 1), (2, 1), (1, 3), (2, 2), (0, 0), (1, 0), (2, 1, 2)]))
    own = [draw(layers()) for _ in range(int(np.prod(size)))]
    fields = draw(st.dictionaries(names, values, max_size=4))
    for name in draw(st.lists(st.sampled_from(["L", "rL", "mu", "o"]), unique=True)):
        fields[name] = draw(arrays.arrays("f8", st.sampled_from([(1, 1), (1, 3), (0, 0), (3, 1)])))
    vars(net).update(fields)
    vars(net)["layers"] = Cell("layers", items=own, dims=size)
    return net
