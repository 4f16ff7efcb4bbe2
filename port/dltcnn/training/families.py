"""The two families of functions, as the loop needs them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..acnn.acnnapplygrads import acnnapplygrads
from ..acnn.acnnbp import acnnbp
from ..acnn.acnnff import acnnff
from ..acnn.acnntrain import acnntrain
from ..cnn.cnnapplygrads import cnnapplygrads
from ..cnn.cnnbp import cnnbp
from ..cnn.cnnff import cnnff
from ..cnn.cnntrain import cnntrain
from ..matlab.classes import operand
from ..matlab.errors import MatlabError
from ..matlab.subscripts import colon
from ..mfile import mfile


@dataclass(frozen=True)
class Batches:
    """How a training goes through its images.

    Attributes
    ----------
    x, y : numpy.ndarray
        Images, with their number at the last axis, and targets (classes, N).
    images, size, epochs : int
        How many images, images per batch, passes over all of them.
    """

    x: np.ndarray
    y: np.ndarray
    images: int
    size: int
    epochs: int

    @property
    def per_epoch(self):
        """How many batches are an epoch; the last may be smaller."""
        return -(-self.images // self.size)


@dataclass(frozen=True)
class Family:
    """The toolbox's functions, or acnn's.

    Attributes
    ----------
    train : callable
        The line-by-line training, which knows what is to be refused.
    step : callable
        ``net = step(net, x, y, order, first, last, opts)``: a batch forward, back, and down the
        gradient.
    quiet : dict
        What keeps `train` from printing.
    """

    train: Callable
    step: Callable
    quiet: dict = field(default_factory=dict)

    def batches(self, net, x, y, opts):
        """Refuse as the line-by-line training does, before its first shuffle.

        Returns
        -------
        Batches or None
            None for options and arrays that only the line-by-line training itself can follow:
            several numbers for one, images of other dimensions, too few targets.
        """
        try:
            self.train(net, x, y, opts, _NoShuffle(), **self.quiet)
        except _Shuffle as asked:
            count = asked.count
        else:
            return None  # no epoch is asked for
        try:
            x, y = operand(x), np.atleast_2d(operand(y))
        except MatlabError:
            return None
        channels = vars(net.layers[0]).get("channels", 1) if self.train is acnntrain else 1
        axis = 3 if channels > 1 else 2
        x = x.reshape(x.shape + (1,) * (axis + 1 - x.ndim))
        size, epochs = opts.batchsize, opts.numepochs
        plain = (
            _is_number(size)
            and _is_number(epochs)
            and size % 1 == 0
            and size >= 1
            and (self.train is acnntrain or count % size == 0)
            and math.isfinite(epochs)
            and (x.ndim, x.shape[axis]) == (axis + 1, count)
            and y.ndim == 2
            and y.shape[1] >= count
        )
        return Batches(x, y, count, int(size), len(colon(epochs))) if plain else None


class _Shuffle(Exception):  # noqa: N818
    """The first shuffle was asked for: nothing is to be refused any more."""

    def __init__(self, count):
        super().__init__()
        self.count = int(count)


class _NoShuffle:
    def randperm(self, n):
        raise _Shuffle(n)


def _is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


@mfile
def cnn_step(net, x, y, kk, first, last, opts):
    """Train on the images kk[first] to kk[last - 1], as `cnntrain` does within an epoch."""
    net = cnnff(net, x[:, :, kk[first:last]])  # cnntrain.m:13
    net = cnnbp(net, y[:, kk[first:last]])  # cnntrain.m:14
    return cnnapplygrads(net, opts)  # cnntrain.m:18


@mfile
def acnn_step(net, x, y, order, first, last, opts):
    """Train on the images order[first] to order[last - 1], as `acnntrain` does."""
    chosen = order[first:last]  # acnntrain.m:19
    batch_x = x[:, :, :, chosen] if x.ndim > 3 else x[:, :, chosen]  # acnntrain.m:21
    net = acnnff(net, batch_x)  # acnntrain.m:23
    net = acnnbp(net, y[:, chosen])  # acnntrain.m:25
    return acnnapplygrads(net, opts)  # acnntrain.m:26


CNN = Family(cnntrain, cnn_step, {"verbose": False})
ACNN = Family(acnntrain, acnn_step)
