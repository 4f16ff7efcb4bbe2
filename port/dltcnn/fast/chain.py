"""What the quick engine works on: a net read as a chain of blocks."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..acnn.acnncheck import acnncheck
from ..acnn.acnnfits import acnnfits
from ..acnn.acnnget import acnnget
from ..matlab.errors import MatlabError
from ..matlab.struct import isfield

_CNN = re.compile("is?(cs)*(cs|c)")
_ACNN = re.compile("is?(cs?)+")


@dataclass(frozen=True)
class BlockShape:
    """Sizes of a convolution and the subsampling after it.

    Attributes
    ----------
    conv : int
        Index of the 'c' layer in the net.
    pool : int or None
        Index of its 's' layer; None without one.
    maps, rows, cols : int
        Input.
    outputmaps, kernelsize : int
        Convolution.
    scale : int
        Of the 's' layer; 1 without one.
    """

    conv: int
    pool: int | None
    maps: int
    rows: int
    cols: int
    outputmaps: int
    kernelsize: int
    scale: int

    @property
    def conv_shape(self):
        """Rows and columns after the convolution."""
        return self.rows - self.kernelsize + 1, self.cols - self.kernelsize + 1

    @property
    def pooled_rows(self):
        """Rows of the output."""
        return self.conv_shape[0] // self.scale

    @property
    def pooled_cols(self):
        """Columns of the output."""
        return self.conv_shape[1] // self.scale

    @property
    def taps(self):
        """How many windows of `scale` columns hold what one pooled column sees."""
        return -(-(self.kernelsize + self.scale - 1) // self.scale)

    @property
    def padded_cols(self):
        """Columns that all taps together go over: those of the input, or a few more."""
        return self.scale * (self.pooled_cols + self.taps - 1)

    @property
    def takes_in_place(self):
        """Whether the maps of the block before, kept by phase, are the input as it is needed."""
        return self.padded_cols == self.cols

    @property
    def strip(self):
        """How many shifted columns there are of a row of all input maps."""
        return self.maps * self.taps * self.scale

    @property
    def delta_scale(self):
        """What the sensitivities after pooling are kept multiplied by.

        One over the pixels of a window, as each of them needs it, where that is exact; elsewhere
        1, and it takes a pass of its own.
        """
        return 1 / self.scale**2 if self.scale & (self.scale - 1) == 0 else 1

    @property
    def kernels(self):
        """Shape of the kernels as the engine keeps them."""
        return self.outputmaps, self.kernelsize, self.kernelsize * self.maps


@dataclass(frozen=True)
class Chain:
    """A net's structure.

    Attributes
    ----------
    first_scale : int or None
        Scale of an 's' layer right after the input, the net's layer 1.
    blocks : tuple of BlockShape
        At least one.
    features, classes : int
        Shape of the output layer.
    """

    first_scale: int | None
    blocks: tuple
    features: int
    classes: int

    @cached_property
    def order(self):
        """The toolbox's number of each feature, in the order of the last block's `out`.

        The toolbox goes down the columns of one map after the other, the engine along the rows of
        all maps.
        """
        last = self.blocks[-1]
        shape = last.outputmaps, last.pooled_cols, last.pooled_rows
        return np.arange(self.features).reshape(shape).transpose(2, 0, 1).ravel()


def read_chain(net, x):
    """Read a net that is fed with images x.

    Parameters
    ----------
    net : Net
        A net with weights.
    x : numpy.ndarray
        Images.

    Returns
    -------
    Chain or None
        None where something is not of the form that the engine takes: the line-by-line functions
        then know what to do with it, or what to say.
    """
    return _read(net, x, _CNN) if x.ndim == 3 and x.shape[2] > 1 else None


def read_acnn_chain(net, x):
    """Read a net of the acnn functions; as `read_chain`, but one image is enough."""
    try:
        acnncheck(net)
        acnnfits(net)
    except MatlabError:
        return None
    plain = acnnget(net, "activation", "sigm") == "sigm" and not isfield(net, "mu")
    for layer in net.layers:
        plain &= acnnget(layer, "activation", "sigm") == "sigm"
        plain &= acnnget(layer, "channels", 1) == 1 and not acnnget(layer, "trainable", False)
    return _read(net, x, _ACNN) if plain and x.ndim == 3 and x.shape[2] > 0 else None


def _read(net, x, form):
    """Read a net whose layers have types of that form."""
    types = "".join(layer.type for layer in net.layers if layer.type in ("i", "c", "s"))
    if len(types) < len(net.layers) or not form.fullmatch(types):
        return None
    if not all(are_cells(layer.a) for layer in net.layers):
        return None
    maps, rows, cols = 1, x.shape[0], x.shape[1]
    first_scale, blocks = None, []
    for l, layer in enumerate(net.layers[1:], 1):
        if layer.type == "c":
            K, O = _whole(layer, "kernelsize"), _whole(layer, "outputmaps")
            if not (K and O and min(rows, cols) >= K and _weights_fit(layer, maps, O, K)):
                return None
            pooled = types[l + 1 : l + 2] == "s"
            scale = _whole(net.layers[l + 1], "scale") if pooled else 1
            block = BlockShape(l, l + 1 if pooled else None, maps, rows, cols, O, K, scale)
            blocks.append(block)
            maps, (rows, cols) = O, block.conv_shape
        else:
            scale = _whole(layer, "scale")
            if not scale or rows % scale or cols % scale:
                return None
            first_scale = scale if l == 1 else first_scale
            rows, cols = rows // scale, cols // scale
        if len(layer.a) > maps:  # the toolbox would go through the additional ones too
            return None
    ffW, ffb = getattr(net, "ffW", None), getattr(net, "ffb", None)
    classes, features = len(ffW) if np.ndim(ffW) == 2 else 0, maps * rows * cols
    if not (classes and is_array(ffW, (classes, features)) and is_array(ffb, (classes, 1))):
        return None
    return Chain(first_scale, tuple(blocks), features, classes)


def _whole(layer, name):
    """Return a field that must be one whole number, at least 1; None for anything else."""
    value = getattr(layer, name, None)
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        return None
    return int(value) if np.isfinite(value) and value >= 1 and value == int(value) else None


def _weights_fit(layer, maps, outputmaps, kernelsize):
    """Whether a 'c' layer has all its kernels and biases, of the right shape."""
    if not (are_cells(layer.k, depth=2) and are_cells(layer.b)):
        return False
    kernels = [list(row[:outputmaps]) for row in layer.k[:maps]]
    biases = layer.b[:outputmaps]
    return (
        [len(row) for row in kernels] == [outputmaps] * maps
        and all(is_array(k, (kernelsize, kernelsize)) for row in kernels for k in row)
        and [np.shape(b) for b in biases] == [()] * outputmaps
    )


def are_cells(value, depth=1):
    """Whether it can stand for cells: a list, tuple or array; with depth 2, of such."""
    held = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return held and (depth == 1 or all(map(are_cells, value)))


def has_gradient_cells(net):
    """Whether each layer that `cnnbp` writes into has cells there."""
    return all(
        are_cells(layer.d) and are_cells(layer.dk, depth=2) and are_cells(layer.db)
        for layer in net.layers[1:]
    )


def is_array(value, shape):
    """Whether it is an array of that shape: no list, and no class with operators of its own."""
    return type(value) is np.ndarray and value.shape == shape
