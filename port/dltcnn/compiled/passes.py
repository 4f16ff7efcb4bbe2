"""The compiled forms of cnnff, cnnbp, cnntest and of their acnn namesakes."""

import numpy as np

from . import lines
from .accept import forward_class, owner, require_cells, require_class, require_weights
from .fields import Fields, maps_of, stacked
from .library import UnbuiltError, engine
from .lines import (
    DOUBLE,
    SINGLE,
    acnnpenalty,
    acnnsoftmax,
    find,
    max_,
    mfile,
    minus,
    ne,
    operand,
    plus,
    rdivide,
    size,
    sums,
    times,
)
from .parameters import Parameters, combinations
from .plan import Crew, Plan
from .structure import COMBINE, FULL, NotCovered, read_acnn, read_cnn, require


@mfile
def cnnff(net, x):
    """Feed images forward; arguments, result and errors as `dltcnn.cnnff`, and its bits."""
    return _forward(net, x, read_cnn) or lines.cnnff(net, x)


@mfile
def acnnff(net, x):
    """Feed images forward; arguments, result and errors as `dltcnn.acnnff`, and its bits."""
    return _forward(net, x, read_acnn) or lines.acnnff(net, x)


@mfile
def cnnbp(net, y):
    """Propagate the error back; arguments, result and errors as `dltcnn.cnnbp`, and its bits."""
    return _backward(net, y, read_cnn) or lines.cnnbp(net, y)


@mfile
def acnnbp(net, y):
    """Propagate the error back; arguments, result and errors as `dltcnn.acnnbp`, and its bits."""
    return _backward(net, y, read_acnn) or lines.acnnbp(net, y)


@mfile
def cnntest(net, x, y, threads=1):
    """Count what a net classifies wrongly; as `dltcnn.cnntest`, in memory that does not grow."""
    crew = Crew(threads)
    o = outputs(net, x, read_cnn, crew)
    if o is None or size(y) != o.shape:
        return lines.cnntest(net, x, y)
    bad = find(ne(max_(o)[1], max_(y)[1]))
    return float(rdivide(bad.size, size(y, 2))), bad


@mfile
def acnntest(net, x, y, threads=1):
    """Count what a net classifies wrongly; as `dltcnn.acnntest`, in memory that does not grow."""
    crew = Crew(threads)
    o = outputs(net, x, read_acnn, crew)
    # One output alone is held against a threshold.
    if o is None or size(y) != o.shape or len(o) == 1:
        return lines.acnntest(net, x, y)
    bad = find(ne(max_(o, 1)[1], max_(y, 1)[1]))
    return float(rdivide(bad.size, size(y, 2))), bad


def outputs(net, x, read, crew):
    """Return the outputs (classes, N) for images, without any other field.

    Parameters
    ----------
    net : Net
        With weights.
    x : numpy.ndarray
        Images.
    read : callable
        `read_cnn` or `read_acnn`.
    crew : Crew
        Who shares the images.

    Returns
    -------
    numpy.ndarray or None
        None where the line-by-line functions must do it.
    """
    try:
        structure, compiled, x = prepared(net, x, read)
        require_cells(net, structure, ("a",))
    except (NotCovered, UnbuiltError):
        return None
    weights = Parameters.of(net, structure, compiled.dtype)
    pixels = images_of(x, structure, net)
    fields, last = Fields(structure, compiled.dtype, 0), len(structure.stages) - 1
    count = pixels.shape[3]
    o = np.empty((structure.stages[-1].maps, 1, 1, count), compiled.dtype)
    fields.put(last, "a", o)
    with crew:
        plan = Plan(compiled, weights, count, fields=fields, crew=crew)
        combine(net, plan)
        return fields.of(last, "a").reshape(len(o), count) if plan.run(pixels) else None


def prepared(net, x, read):
    """Read a net and images; returns the structure, the engine of the class, and the images."""
    try:
        x = operand(x)
        structure = read(net, x)
    except lines.MatlabError as error:
        raise NotCovered(f"it is refused: {error}") from None
    return structure, engine(forward_class(net, structure, x)), x


def images_of(x, structure, net):
    """Return images as (rows, cols, channels, N), normalized where the net says so."""
    first = structure.stages[0]
    shape = first.rows, first.cols, first.maps
    x = x.reshape(*shape, -1) if x.ndim == 4 or first.maps > 1 else x.reshape(*shape[:2], 1, -1)
    if structure.acnn and lines.isfield(net, "mu"):
        given = x if first.maps > 1 else x[:, :, 0]
        maps = lines.acnnchannels(net, given, x.shape[3])
        require(len(maps) == first.maps, "normalized images of another shape")
        x = np.stack(maps, axis=2)
    return x


def combine(net, plan):
    """Set the combination layers' A, of the net's logits, in the net and in a plan."""
    for stage, (A, _) in zip(_combining(plan.structure), plan.combined, strict=True):
        layer = net.layers[stage.layer]
        layer.A = acnnsoftmax(layer.c)[0]
        A[...] = layer.A


def finish_combinations(net, plan):
    """Set dA and dc of the combination layers; returns the loss, penalties included."""
    L = plan.loss[0]
    for stage, (_, dE) in zip(_combining(plan.structure), plan.combined, strict=True):
        layer = net.layers[stage.layer]
        omega, dA, dc = acnnpenalty(layer)
        L = plus(L, omega)
        layer.dA = plus(dE, dA)
        layer.dc = plus(times(layer.A, minus(dE, sums(times(dE, layer.A), 1))), dc)
    return L


def _combining(structure):
    return [stage for _, stage in combinations(structure)]


def _forward(net, x, read):
    """Return the net with the fields of a forward pass, None for the line-by-line functions."""
    try:
        structure, compiled, x = prepared(net, x, read)
        require_cells(net, structure, ("a", "p", "pool"))
    except (NotCovered, UnbuiltError):
        return None
    pixels = images_of(x, structure, net)
    fields = Fields(structure, compiled.dtype, pixels.shape[3], forward=True)
    plan = Plan(
        compiled, Parameters.of(net, structure, compiled.dtype), pixels.shape[3], fields=fields
    )
    combine(net, plan)
    if not plan.run(pixels):
        return None
    set_images(net, x, structure)
    fields.write_forward(net)
    return net


def set_images(net, x, structure):
    """Give the input layer its images, as arrays of its own."""
    if structure.acnn:
        net.layers[0].a = lines.acnnchannels(net, x, lines.acnncount(net, x))
    else:
        net.layers[0].a[0] = lines.array(x)


def _backward(net, y, read):
    """Return the net with the fields of a backward pass, None for the line-by-line functions."""
    try:
        y = operand(y)
        structure, fields, dtype = _given(net, y, read)
        compiled = engine(dtype)
        require_cells(net, structure, ("d", "dk", "db", "dbeta"))
    except (NotCovered, UnbuiltError, lines.MatlabError):
        return None
    images = y.shape[1]
    weights, gradient = (Parameters(structure, dtype) for _ in range(2))
    weights.read(net)
    plan = Plan(compiled, weights, images, gradient, fields, given=True, lowest=fields.lowest)
    for stage, (A, _) in zip(_combining(structure), plan.combined, strict=True):
        A[...] = net.layers[stage.layer].A
    if not plan.run(targets=y):
        return None
    fields.write_backward(net)
    gradient.write(net, "d")
    net.L = finish_combinations(net, plan)
    return net


def _given(net, y, read):
    """Check the fields of a forward pass; returns structure, `Fields` with them, and the class."""
    images = getattr(net.layers[0], "a", None)
    require(isinstance(images, list) and len(images), "no activations")
    require(all(type(a) is np.ndarray and a.ndim == 3 for a in images), "odd activations")
    x = images[0] if len(images) == 1 else np.stack(images, axis=2)
    structure = read(net, x)
    if structure.acnn:
        lines.acnntargets(net, y, x.shape[-1])
    last = structure.stages[-1]
    require(y.shape == (last.maps, x.shape[-1]), "targets do not fit")
    dtype = _backward_class(net, structure, x, y)
    lowest = 0 if len(structure.stages) == 2 else 1
    fields = Fields(structure, dtype, x.shape[-1], backward=True, lowest=lowest)
    fields.lowest = lowest
    for number, stage in enumerate(structure.stages):
        _give(net, structure, fields, number, stage, x.shape[-1])
    return structure, fields, dtype


def _give(net, structure, fields, number, stage, images):
    """Take the fields of one stage as they are."""
    if stage.kind == FULL:
        below = structure.stages[number - 1]
        fv = getattr(owner(net, stage), "fv", None)
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
    return dtype
