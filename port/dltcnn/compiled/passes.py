"""The compiled forms of cnnff, cnnbp, cnntest and of their acnn namesakes."""

import numpy as np

from . import lines
from .accept import forward_class, require_cells, require_moments
from .by_value import by_value
from .fields import Fields
from .given import given
from .library import UnbuiltError, engine
from .lines import (
    DOUBLE,
    acnnget,
    acnnpenalty,
    acnnsoftmax,
    array,
    find,
    isfield,
    max_,
    minus,
    ne,
    operand,
    plus,
    rdivide,
    size,
    sum_,
    times,
)
from .parameters import Parameters, combinations
from .plan import Crew, Plan
from .structure import NotCovered, read_acnn, read_cnn


@by_value
def cnnff(net, x):
    """Feed images forward; arguments, result and errors as `dltcnn.cnnff`, and its bits."""
    return _forward(net, x, read_cnn) or lines.cnnff(net, x)


@by_value
def acnnff(net, x):
    """Feed images forward; arguments, result and errors as `dltcnn.acnnff`, and its bits."""
    return _forward(net, x, read_acnn) or lines.acnnff(net, x)


@by_value
def cnnbp(net, y):
    """Propagate the error back; arguments, result and errors as `dltcnn.cnnbp`, and its bits."""
    return _backward(net, y, read_cnn) or lines.cnnbp(net, y)


@by_value
def acnnbp(net, y):
    """Propagate the error back; arguments, result and errors as `dltcnn.acnnbp`, and its bits."""
    return _backward(net, y, read_acnn) or lines.acnnbp(net, y)


@by_value
def cnntest(net, x, y, threads=1):
    """Count what a net classifies wrongly; as `dltcnn.cnntest`, in memory that does not grow."""
    crew = Crew(threads)
    o = outputs(net, x, read_cnn, crew)
    if o is None or size(y) != o.shape:
        return lines.cnntest(net, x, y)
    bad = find(ne(max_(o)[1], max_(y)[1]))
    return float(rdivide(bad.size, size(y, 2))), bad


@by_value
def acnntest(net, x, y, threads=1):
    """Count what a net classifies wrongly; as `dltcnn.acnntest`, in memory that does not grow."""
    crew = Crew(threads)
    o = outputs(net, x, read_acnn, crew)
    if o is None or size(y) != o.shape:
        return lines.acnntest(net, x, y)
    if len(o) == 1:  # one output alone is held against the middle of its range
        middle = 0 if acnnget(net, "activation", "sigm") == "tanh" else 0.5
        given, wanted = np.ravel(o > middle), np.ravel(operand(y) > middle)
    else:
        given, wanted = max_(o, 1)[1], max_(y, 1)[1]
    bad = find(ne(given, wanted))
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
    require_moments(net, structure)
    return structure, engine(forward_class(net, structure, x)), x


def images_of(x, structure, net):
    """Return images as (rows, cols, channels, N), normalized where the net says so."""
    first = structure.stages[0]
    if structure.acnn and isfield(net, "mu"):
        return np.stack(input_maps(net, x, structure), axis=2)
    return x.reshape(first.rows, first.cols, first.maps, -1)


def input_maps(net, x, structure):
    """Return the maps of the input layer: one per channel, normalized where the net says so."""
    first = structure.stages[0]
    if not structure.acnn:
        return [array(x)]
    if isfield(net, "mu"):
        x = rdivide(minus(x if x.dtype.kind == "f" else x.astype(DOUBLE), net.mu), net.sigma)
    x = x.reshape(first.rows, first.cols, first.maps, -1)
    return [array(x[:, :, i]) for i in range(first.maps)]


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
        layer.dc = plus(times(layer.A, minus(dE, sum_(times(dE, layer.A), 1))), dc)
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
    for i, one in enumerate(input_maps(net, x, structure)):
        net.layers[0].a[i] = one


def _backward(net, y, read):
    """Return the net with the fields of a backward pass, None for the line-by-line functions."""
    try:
        y = operand(y)
        structure, fields, dtype = given(net, y, read)
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
