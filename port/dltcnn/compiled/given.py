"""The fields of a forward pass, as a backward pass takes them: they may come from anywhere."""

import numpy as np

from ..acnn.acnntargets import acnntargets
from ..matlab.classes import DOUBLE, SINGLE
from .accept import owner, require_class, require_one_class, require_weights
from .fields import Fields, maps_of, stacked
from .reasons import LeftToLines
from .structure import COMBINE, FULL, require


def given(net, y, read):
    """Check the fields of a forward pass; returns structure, `Fields` with them, and the class."""
    images = getattr(net.layers[0], "a", None)
    require(isinstance(images, list) and len(images), "no activations")
    require(all(type(a) is np.ndarray and a.ndim == 3 for a in images), "odd activations")
    x = images[0] if len(images) == 1 else np.stack(images, axis=2)
    structure = read(net, x)
    if structure.acnn:
        acnntargets(net, y, x.shape[-1])
    last = structure.stages[-1]
    require(y.shape == (last.maps, x.shape[-1]), "targets do not fit")
    dtype = _backward_class(net, structure, x, y)
    fields = Fields(structure, dtype, x.shape[-1], backward=True)
    for number, stage in enumerate(structure.stages):
        _give(net, structure, fields, number, stage, x.shape[-1])
    return structure, fields, dtype


def _give(net, structure, fields, number, stage, images):
    """Take the fields of one stage as they are."""
    if stage.kind == FULL:
        below = structure.stages[number - 1]
        fv = getattr(owner(net, stage), "fv", None)
        if type(fv) is np.ndarray and not np.isfinite(fv).all():
            raise LeftToLines("something is not finite")
        wanted = stacked(net.layers[below.layer].a, images, getattr(fv, "dtype", DOUBLE))
        require(
            type(fv) is np.ndarray and fv.shape == wanted.shape and _same(fv, wanted),
            "feature vectors that are not those of the activations",
        )
    cells = [net.o] if stage.layer is None else net.layers[stage.layer].a
    a = maps_of(cells, stage, images)
    require(a is not None, "activations do not fit")
    fields.put(number, "a", a)
    if stage.kind == COMBINE or stage.trainable:
        p = _products(net, structure, number, stage, images)
        require(p is not None, "p or pool do not fit")
        fields.put(number, "p", p)


def _products(net, structure, number, stage, images):
    """Return p or pool of a stage as one array, None where they do not fit."""
    layer = net.layers[stage.layer]
    if stage.trainable:
        return maps_of(layer.pool, stage, images)
    below = structure.stages[number - 1]
    A = getattr(layer, "A", None)
    require(type(A) is np.ndarray and A.shape == (below.maps, stage.maps), "A does not fit")
    require(len(layer.p) == below.maps, "p does not fit")
    flat = [p for row in layer.p for p in row]
    shape = (stage.rows, stage.cols, images)
    count = below.maps * stage.kernels
    if len(flat) != count or not all(type(p) is np.ndarray and p.shape == shape for p in flat):
        return None
    return np.stack(flat)


def _same(a, b):
    """Whether two arrays have the same bits."""
    return np.array_equal(a, b) and np.array_equal(np.signbit(a), np.signbit(b))


def _backward_class(net, structure, x, y):
    """Return the class that a backward pass calculates in."""
    weights = require_weights(net, structure)[0]
    deciding = {net.o.dtype} if isinstance(getattr(net, "o", None), np.ndarray) else set()
    stages = structure.stages
    for stage in stages[1:-1]:
        layer = net.layers[stage.layer]
        deciding |= {getattr(a, "dtype", None) for a in layer.a}
        if stage.trainable:
            deciding |= {getattr(a, "dtype", None) for a in layer.pool}
        if stage.kind == COMBINE:
            deciding |= {getattr(a, "dtype", None) for row in layer.p for a in row}
            weights = weights | {layer.c.dtype, getattr(getattr(layer, "A", None), "dtype", None)}
    if len(stages) == 2:
        deciding |= {x.dtype}
    require(deciding in ({DOUBLE}, {SINGLE}), "activations of several classes")
    (dtype,) = deciding
    require(weights <= ({DOUBLE} if dtype == DOUBLE else {DOUBLE, SINGLE}), "mixed classes")
    require(dtype == DOUBLE or x.dtype == SINGLE or stages[1].kind != FULL, "mixed classes")
    require_class(dtype, {y.dtype})
    require_one_class(dtype, structure)
    return dtype
