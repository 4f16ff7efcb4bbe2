"""The compiled forms of cnnff, cnnbp, cnntest and of their acnn namesakes."""

import numpy as np

from ..acnn.acnnget import acnnget
from ..acnn.acnnpenalty import acnnpenalty
from ..acnn.acnnsoftmax import acnnsoftmax
from ..matlab.classes import DOUBLE, array, operand, size
from ..matlab.errors import MatlabError
from ..matlab.operators import minus, ne, plus, rdivide, times
from ..matlab.struct import isfield
from ..matlab.sums import find, max_, sum_
from .accept import forward_class, require_cells, require_moments
from .by_value import by_value
from .fields import Fields
from .given import given
from .library import engine
from .parameters import Parameters, combinations
from .plan import Crew, Plan
from .reasons import LeftToLines
from .structure import read_acnn, read_cnn


@by_value
def cnnff(net, x, threads=1):
    """Feed images forward; arguments and result as `dltcnn.cnnff`, and its bits."""
    return _forward(net, x, read_cnn, Crew(threads))


@by_value
def acnnff(net, x, threads=1):
    """Feed images forward; arguments and result as `dltcnn.acnnff`, and its bits."""
    return _forward(net, x, read_acnn, Crew(threads))


@by_value
def cnnbp(net, y, threads=1):
    """Propagate the error back; arguments and result as `dltcnn.cnnbp`, and its bits."""
    return _backward(net, y, read_cnn, Crew(threads))


@by_value
def acnnbp(net, y, threads=1):
    """Propagate the error back; arguments and result as `dltcnn.acnnbp`, and its bits."""
    return _backward(net, y, read_acnn, Crew(threads))


@by_value
def cnntest(net, x, y, threads=1):
    """Count what a net classifies wrongly; as `dltcnn.cnntest`, in memory that does not grow."""
    o = _outputs(net, x, y, read_cnn, threads)
    bad = find(ne(max_(o)[1], max_(y)[1]))
    return float(rdivide(bad.size, size(y, 2))), bad


@by_value
def acnntest(net, x, y, threads=1):
    """Count what a net classifies wrongly; as `dltcnn.acnntest`, in memory that does not grow."""
    o = _outputs(net, x, y, read_acnn, threads)
    if len(o) == 1:  # one output alone is held against the middle of its range
        middle = 0 if acnnget(net, "activation", "sigm") == "tanh" else 0.5
        given, wanted = np.ravel(o > middle), np.ravel(operand(y) > middle)
    else:
        given, wanted = max_(o, 1)[1], max_(y, 1)[1]
    bad = find(ne(given, wanted))
    return float(rdivide(bad.size, size(y, 2))), bad


@by_value
def cnnoutputs(net, x, threads=1):
    """Return the outputs (classes, N): `o` of `cnnff`, in memory that does not grow."""
    return _outputs(net, x, None, read_cnn, threads)


@by_value
def acnnoutputs(net, x, threads=1):
    """Return the outputs (classes, N): `o` of `acnnff`, in memory that does not grow."""
    return _outputs(net, x, None, read_acnn, threads)


def _outputs(net, x, y, read, threads):
    """Return the outputs for images, without any other field.

    Parameters
    ----------
    net : Net
        With weights.
    x : numpy.ndarray
        Images.
    y : numpy.ndarray or None
        Targets that are to be of the outputs' size.
    read : callable
        `read_cnn` or `read_acnn`.
    threads : int
        How many share the images.

    Returns
    -------
    numpy.ndarray
        (classes, N).
    """
    crew = Crew(threads)
    structure, compiled, x = prepared(net, x, read)
    require_cells(net, structure, ("a",))
    pixels = images_of(x, structure, net)
    classes, count = structure.stages[-1].maps, pixels.shape[3]
    if y is not None and size(y) != (classes, count):
        raise LeftToLines("the targets do not fit")
    weights = Parameters.of(net, structure, compiled.dtype)
    fields, last = Fields(structure, compiled.dtype, 0), len(structure.stages) - 1
    fields.put(last, "a", np.empty((classes, 1, 1, count), compiled.dtype))
    with crew:
        plan = Plan(compiled, weights, count, fields=fields, crew=crew)
        combine(net, plan)
        _require_finite(plan.run(pixels))
    return fields.of(last, "a").reshape(classes, count)


def _require_finite(finite):
    if not finite:
        raise LeftToLines("something is not finite")


def prepared(net, x, read):
    """Read a net and images; returns the structure, the engine of the class, and the images."""
    try:
        x = operand(x)
        structure = read(net, x)
    except MatlabError as error:
        raise LeftToLines(f"it is refused: {error}") from None
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


def _forward(net, x, read, crew):
    """Return the net with the fields of a forward pass."""
    structure, compiled, x = prepared(net, x, read)
    require_cells(net, structure, ("a", "p", "pool"))
    pixels = images_of(x, structure, net)
    fields = Fields(structure, compiled.dtype, pixels.shape[3], forward=True)
    weights = Parameters.of(net, structure, compiled.dtype)
    with crew:
        plan = Plan(compiled, weights, pixels.shape[3], fields=fields, crew=crew)
        combine(net, plan)
        _require_finite(plan.run(pixels))
    set_images(net, x, structure)
    fields.write_forward(net)
    return net


def set_images(net, x, structure):
    """Give the input layer its images, as arrays of its own."""
    for i, one in enumerate(input_maps(net, x, structure)):
        net.layers[0].a[i] = one


def _backward(net, y, read, crew):
    """Return the net with the fields of a backward pass."""
    try:
        y = operand(y)
        structure, fields, dtype = given(net, y, read)
    except MatlabError as error:
        raise LeftToLines(f"it is refused: {error}") from None
    compiled = engine(dtype)
    require_cells(net, structure, ("d", "dk", "db", "dbeta"))
    images = y.shape[1]
    weights, gradient = (Parameters(structure, dtype) for _ in range(2))
    weights.read(net)
    with crew:
        plan = Plan(
            compiled, weights, images, gradient, fields, True, lowest=fields.lowest, crew=crew
        )
        for stage, (A, _) in zip(_combining(structure), plan.combined, strict=True):
            A[...] = net.layers[stage.layer].A
        _require_finite(plan.run(targets=y))
    fields.write_backward(net, finish_combinations(net, plan))
    gradient.write(net, "d")
    return net
