"""A net as the engine sees it: a row of stages, each fed by the one before."""

import re
from dataclasses import dataclass
from math import prod

import numpy as np

from ..acnn.acnncheck import acnncheck
from ..acnn.acnncount import acnncount
from ..acnn.acnnfits import acnnfits
from ..acnn.acnnget import acnnget
from ..matlab.classes import size
from ..matlab.errors import MatlabError
from ..matlab.struct import isfield
from .reasons import LeftToLines, NotCovered

INPUT, CONV, COMBINE, POOL, FULL = range(5)
ACTIVATIONS = ("linear", "sigm", "tanh")
_CNN = re.compile("is?(cs)*c?")


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes
    ----------
    layer : int or None
        The index of its layer; None for the output.
    kind : int
        INPUT, CONV, COMBINE, POOL or FULL.
    activation : str
        'linear', 'sigm' or 'tanh'.
    maps, rows, cols : int
        What comes out of it; FULL: units, 1, 1.
    window : tuple of int
        Rows and columns of a kernel or window.
    kernels : int
        Kernels for each input map.
    trainable : bool
        For POOL.
    table : numpy.ndarray or None
        For CONV, logical (input maps, maps): who is connected to whom; None for all.
    """

    layer: int | None
    kind: int
    activation: str
    maps: int
    rows: int
    cols: int
    window: tuple = (1, 1)
    kernels: int = 1
    trainable: bool = False
    table: np.ndarray | None = None

    @property
    def pixels(self):
        """How many numbers come out of it for an image."""
        return self.maps * self.rows * self.cols


@dataclass(frozen=True)
class Structure:
    """A net's stages, input and output included, and whether they are a net of the acnn functions.

    Attributes
    ----------
    stages : tuple of Stage
        From the input to the output.
    acnn : bool
        Whose rules it follows.
    """

    stages: tuple
    acnn: bool

    @property
    def pairs(self):
        """Each stage after the input, with the one that feeds it."""
        return tuple(zip(self.stages[1:], self.stages, strict=False))


def read_cnn(net, x):
    """Read a net of the toolbox that is fed with images x.

    Parameters
    ----------
    net : Net
        With weights.
    x : numpy.ndarray
        Images.

    Returns
    -------
    Structure
        Its stages.

    Raises
    ------
    NotCovered
        If the toolbox would refuse it, or do with it what nobody meant.
    """
    require(x.ndim == 3 and x.shape[2] > 1 and x.size, "the images are not rows x cols x N, N > 1")
    types = [layer.type for layer in net.layers]
    known = all(kind in ("i", "c", "s") for kind in types)
    require(known and _CNN.fullmatch("".join(types)), "the layers are not input, then c and s")
    stages = [Stage(0, INPUT, "linear", 1, *x.shape[:2])]
    for l, layer in enumerate(net.layers[1:], 1):
        below = stages[-1]
        if layer.type == "c":
            outputs, kernel = _whole(layer, "outputmaps"), _whole(layer, "kernelsize")
            stages.append(_convolved(l, below, (kernel, kernel), outputs, CONV, outputs, "sigm"))
        else:
            scale = _whole(layer, "scale")
            stages.append(_pooled(l, below, (scale, scale), False, "linear"))
    stages.append(_output(net, stages[-1], "sigm"))
    return Structure(tuple(stages), False)


def read_acnn(net, x):
    """Read a net of the acnn functions; arguments, result and errors as `read_cnn`."""
    try:
        acnncheck(net)
        acnncount(net, x)
        acnnfits(net)
    except MatlabError as error:
        raise LeftToLines(f"it is refused: {error}") from None
    stages = [
        Stage(
            0, INPUT, "linear", int(acnnget(net.layers[0], "channels", 1)), size(x, 1), size(x, 2)
        )
    ]
    for l, layer in enumerate(net.layers[1:], 1):
        below, trainable = stages[-1], bool(acnnget(layer, "trainable", False))
        active = acnnget(layer, "activation", "sigm")
        if layer.type == "s":
            scale = _pair(layer.scale)
            stages.append(_pooled(l, below, scale, trainable, active if trainable else "linear"))
        elif layer.type == "f":
            require(size(layer.W) == (int(layer.units), below.pixels), "W does not fit its input")
            stages.append(Stage(l, FULL, active, int(layer.units), 1, 1))
        else:
            require(layer.type in ("c", "a"), f"layers of type {layer.type!r} are not compiled")
            outputs, kernel = int(layer.outputmaps), _pair(layer.kernelsize)
            combine = layer.type == "a"
            kernels = 1 if combine and acnnget(layer, "shared", True) else outputs
            kind = COMBINE if combine else CONV
            table = None if combine else _table(layer, below.maps, outputs)
            stages.append(_convolved(l, below, kernel, outputs, kind, kernels, active, table))
    stages.append(_output(net, stages[-1], acnnget(net, "activation", "sigm")))
    return Structure(tuple(stages), True)


def require(condition, otherwise):
    """Raise `NotCovered` with a reason unless a condition holds."""
    if not condition:
        raise NotCovered(otherwise)


def _convolved(l, below, kernel, outputs, kind, kernels, active, table=None):
    rows, cols = below.rows - kernel[0] + 1, below.cols - kernel[1] + 1
    require(rows > 0 and cols > 0, f"layer {l + 1}: its kernels are larger than its maps")
    return Stage(l, kind, active, outputs, rows, cols, kernel, kernels, table=table)


def _pooled(l, below, scale, trainable, active):
    divides = below.rows % scale[0] == 0 and below.cols % scale[1] == 0
    require(divides, f"layer {l + 1}: its scale does not divide its maps")
    rows, cols = below.rows // scale[0], below.cols // scale[1]
    return Stage(l, POOL, active, below.maps, rows, cols, scale, trainable=trainable)


def _output(net, below, active):
    ffW = vars(net).get("ffW")
    require(type(ffW) is np.ndarray and ffW.ndim == 2 and len(ffW), "ffW is not a matrix")
    require(ffW.shape[1] == below.pixels, "ffW does not fit the features")
    return Stage(None, FULL, active, len(ffW), 1, 1)


def _table(layer, maps, outputs):
    """Return the connection table of a 'c' layer, None where all are connected."""
    if not isfield(layer, "maps"):
        return None
    table = np.ascontiguousarray(np.reshape(layer.maps, (maps, outputs)), bool)
    return None if table.all() else table


def _pair(value):
    """Return rows and columns of what one number or two stand for."""
    numbers = np.ravel(value)
    return int(numbers[0]), int(numbers[-1])


def _whole(layer, name):
    """Return a field that must be one whole number, at least 1."""
    value = vars(layer).get(name)
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    require(number and np.isfinite(value) and value >= 1 and value % 1 == 0, f"odd {name}")
    return int(value)


def total(shape):
    """Return how many numbers an array of that shape holds."""
    return prod(shape)
