"""What the engine covers: the classes it works in, and cells that hold what they should."""

import numpy as np

from ..matlab.classes import DOUBLE, SINGLE
from ..matlab.struct import isfield
from .structure import COMBINE, CONV, FULL, INPUT, POOL, require

_FLOATS = {DOUBLE, SINGLE}


def weight_fields(stage):
    """Name the fields of a stage's weights: that of its kernels, W or beta, and its biases."""
    if stage.layer is None:
        return "ffW", "ffb"
    named = {CONV: ("k", "b"), COMBINE: ("k", "b"), FULL: ("W", "b")}
    return named.get(stage.kind) or (("beta", "b") if stage.trainable else ())


def owner(net, stage):
    """Return the struct that a stage's fields are in: its layer, or the net."""
    return net if stage.layer is None else net.layers[stage.layer]


def require_weights(net, structure):
    """Raise `NotCovered` unless all weights are arrays of the right shapes, scalars where single.

    Parameters
    ----------
    net : Net
        The net.
    structure : Structure
        Its stages.

    Returns
    -------
    weights, biases : set of numpy.dtype
        Their classes, double or single; logits are not among them.
    """
    weights, biases = set(), set()
    for stage, below in structure.pairs:
        named = weight_fields(stage)
        if not named:
            continue
        name, bias = (getattr(owner(net, stage), field, None) for field in named)
        where = f"layer {stage.layer + 1}" if stage.layer is not None else "the output"
        if stage.kind == FULL:
            fits = _is_array(name, (stage.maps, below.pixels)) and _is_array(bias, (stage.maps, 1))
            require(fits, f"{where}: odd weights")
            weights.add(name.dtype)
            biases.add(bias.dtype)
        else:
            require(are_cells(bias) and len(bias) >= stage.maps, f"{where}: odd biases")
            biases |= _of_numbers(bias[: stage.maps], where)
            if stage.kind == POOL:
                require(are_cells(name) and len(name) == len(bias) == stage.maps, f"{where}: odd")
                weights |= _of_numbers(name, where)
            else:
                weights |= _of_kernels(name, stage, below, structure, where)
        if stage.kind == COMBINE:
            c = net.layers[stage.layer].c
            require(_is_array(c, (below.maps, stage.maps)), f"{where}: odd logits")
            require(c.dtype in _FLOATS, f"{where}: its logits are neither double nor single")
    require(weights | biases <= _FLOATS, "weights are neither double nor single")
    return weights, biases


def _of_numbers(cells, where):
    """Return the classes of cells that hold one number each, perhaps as an array of 1x1."""
    single = all(np.shape(cell) in ((), (1, 1)) for cell in cells)
    require(single, f"{where}: a cell holds no single number")
    return {_class(cell) for cell in cells}


def _class(number):
    return getattr(number, "dtype", DOUBLE) if not isinstance(number, bool) else np.dtype(bool)


def _of_kernels(k, stage, below, structure, where):
    """Return the classes of all kernels of a stage."""
    require(are_cells(k, 2) and len(k) >= below.maps, f"{where}: odd kernels")
    classes = set()
    for i in range(below.maps):
        require(len(k[i]) >= stage.kernels, f"{where}: odd kernels")
        for j in range(stage.kernels):
            if stage.table is None or stage.table[i, j]:
                require(_is_array(k[i][j], stage.window), f"{where}: odd kernels")
                classes.add(k[i][j].dtype)
    if structure.acnn:
        exact = len(k) == below.maps and all(len(row) == stage.kernels for row in k)
        require(exact, f"{where}: odd kernels")
    return classes


def require_cells(net, structure, names):
    """Raise `NotCovered` unless the layers have cells where fields are written, and not too many.

    The line-by-line functions run through all cells that there are, those of an earlier net too.
    """
    for stage in structure.stages[:-1]:
        layer = net.layers[stage.layer]
        for name in names:
            cells = getattr(layer, name, None)
            nested = name in ("p", "dk")
            grows = are_cells(cells, 2 if nested else 1) and not isinstance(cells, np.ndarray)
            require(grows, f"layer {stage.layer + 1}: odd {name}")
            if name in ("a", "d"):
                few = isinstance(cells, list) and len(cells) <= stage.maps
                most = 1 if stage.kind == FULL else stage.maps
                require(few and len(cells) <= most, f"layer {stage.layer + 1}: more maps than now")


def forward_class(net, structure, x):
    """Return the class that a forward pass calculates in.

    Parameters
    ----------
    net : Net
        With weights.
    structure : Structure
        Its stages.
    x : numpy.ndarray
        Images.

    Returns
    -------
    numpy.dtype
        Double or single.

    Raises
    ------
    NotCovered
        If the class changes on the way.
    """
    weights, biases = require_weights(net, structure)
    second = structure.stages[1]
    if x.dtype == SINGLE:
        return SINGLE
    plain = x.dtype == DOUBLE or (x.dtype.kind in "biu" and (structure.acnn or second.kind != FULL))
    require(plain, "images of this class")
    if weights == {SINGLE} and second.kind in (CONV, COMBINE):
        return SINGLE
    logits = {net.layers[s.layer].c.dtype for s in structure.stages if s.kind == COMBINE}
    require(weights | biases | logits == {DOUBLE}, "double and single weights are mixed")
    return DOUBLE


def require_moments(net, structure):
    """Raise `NotCovered` unless mean and deviation, where the net has them, fit its images."""
    if not (structure.acnn and isfield(net, "mu")):
        return
    first, (mu, sigma) = structure.stages[0], (getattr(net, name, None) for name in ("mu", "sigma"))
    require(all(isinstance(m, np.ndarray | np.generic | float) for m in (mu, sigma)), "odd mu")
    image = (first.rows, first.cols, *([first.maps] if first.maps > 1 else []))
    shapes = ((), (1, 1), image, (*image, 1))
    require(np.shape(mu) in shapes and np.shape(sigma) in shapes, "mu or sigma do not fit")


def require_class(dtype, others):
    """Raise `NotCovered` unless others (targets, rates) leave the class of a pass as it is."""
    others = set(others) - {np.dtype(bool)}
    allowed = {DOUBLE} if dtype == DOUBLE else _FLOATS
    require(others <= allowed, "targets or rates of another class")


def require_one_class(dtype, structure):
    """Raise `NotCovered` where a sensitivity is double among single ones, line by line.

    What comes down to a map that the table above connects to none is MATLAB's zeros, double, and a
    linear activation leaves it so.
    """
    for stage, below in structure.pairs:
        leaves = below.kind != INPUT and below.activation == "linear"
        if dtype == SINGLE and leaves and stage.table is not None:
            require(stage.table.any(axis=1).all(), "a single map that the table above leaves out")


def are_cells(value, depth=1):
    """Whether it can stand for cells: a list, tuple or array; with depth 2, of such."""
    held = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return held and (depth == 1 or all(map(are_cells, value)))


def _is_array(value, shape):
    """Whether it is an array of that shape: no list, and no class with operators of its own."""
    return type(value) is np.ndarray and value.shape == tuple(shape)
