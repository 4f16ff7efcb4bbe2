"""One pass through a net, forward and back, for the images of one chunk."""

import math
from itertools import pairwise

import numpy as np
from scipy.special import expit

from .block import Block, lengths
from .buffers import cut, empty, length, zeros

_CLASSES = tuple(map(np.finfo, (np.float32, np.float64)))
# How large an exponent may be: exp of it, sums of such and their reciprocals are normal numbers.
_LARGEST_EXPONENT = {each.dtype: math.log(each.max) - 8 for each in _CLASSES}
# From here on what a sum of squares has lost by underflow makes no difference.
_LEAST_SQUARES = {each.dtype: float(each.tiny / each.eps) for each in _CLASSES}


def pooled(x, scale):
    """Average windows of the images x (rows, cols, N), as a first layer of type 's' does."""
    rows, cols, N = x.shape
    windows = x.reshape(rows // scale, scale, cols // scale, scale, N)
    dtype = np.float32 if x.dtype == np.float32 else np.float64
    return windows.sum(axis=(1, 3), dtype=dtype) / scale**2


class Work:
    """Buffers for N images and what one thread does with them.

    Parameters
    ----------
    chain : Chain
        The net's structure.
    images : int
        N.
    dtype : numpy.dtype
        Double or single.
    for_fields : bool
        Whether sensitivities after pooling are wanted as the toolbox has them; else they may be
        kept times `BlockShape.delta_scale`.

    Attributes
    ----------
    blocks : list of Block
        Their buffers hold activations and sensitivities.
    fv : numpy.ndarray
        Feature vectors (features, N), a view of the last block's `out`, after `forward`; after
        `backward` their sensitivities, as `Block.out` has them.
    o : numpy.ndarray
        Outputs (classes, N), after `forward`.
    e, od : numpy.ndarray
        Error and output delta, after `backward`.
    """

    def __init__(self, chain, images, dtype, for_fields=False):
        self.chain = chain
        out_scales = [1 if for_fields else shape.delta_scale for shape in chain.blocks]
        # The field d of a first layer 's' is all that the first block's are for.
        input_scales = [1 if chain.first_scale and for_fields else None, *out_scales[:-1]]
        settings = list(zip(chain.blocks, out_scales, input_scales, strict=True))
        needed = (lengths(shape, images, dtype, *scales) for shape, *scales in settings)
        rooms, scratches = zip(*needed, strict=True)
        pieces = [(size,) for size in (*rooms, max(scratches))]
        *rooms, scratch = cut(empty((length(pieces),), dtype), pieces)
        self.blocks, before = [], None
        following = (*chain.blocks[1:], None)
        for (shape, *scales), room, after in zip(settings, rooms, following, strict=True):
            if before and shape.takes_in_place:
                x = before.out
            else:
                columns = shape.padded_cols // shape.scale
                x = zeros((shape.rows, shape.maps, shape.scale, columns, images), dtype)
            out_phases = after.scale if after and after.takes_in_place else 1
            before = Block(shape, x, out_phases, *scales, room, scratch)
            self.blocks.append(before)
        maps = np.cumsum([shape.outputmaps for shape in chain.blocks])
        self.all_odds = np.empty(maps[-1], dtype)
        self.odds = [odds[:, None] for odds in np.split(self.all_odds, maps[:-1])]
        self.one = np.ones((1, 1), dtype)
        self.fv = self.blocks[-1].out.reshape(chain.features, images)

    def load(self, weights, largest):
        """Take the weights of the step over, for images of numbers up to `largest`."""
        self.weights = weights
        # In double, because the sigmoid's error has this one in it too.
        np.exp(weights.biases, out=self.all_odds, dtype=np.float64, casting="same_kind")
        for block, k, b, odds in zip(self.blocks, weights.k, weights.b, self.odds, strict=True):
            if _largest_exponent(k, b, largest) <= _LARGEST_EXPONENT[k.dtype]:
                block.load(k, None, odds)
            else:
                block.load(k, b[:, None], self.one)
            largest = 1  # so far does a sigmoid reach

    def forward(self, x):
        """Feed the images x (rows, cols, N), of any class, forward."""
        if self.chain.first_scale:
            x = pooled(x, self.chain.first_scale)
        self.blocks[0].set_input(x[:, None])
        self.blocks[0].forward()
        for before, block in pairwise(self.blocks):
            if block.x is not before.out:
                block.set_input(before.out[:, :, 0])
            block.forward()
        z = self.weights.ffW @ self.fv
        z += self.weights.ffb
        self.o = expit(z)

    def backward(self, y, gradient):
        """Propagate the error against the targets y (classes, N) back.

        Parameters
        ----------
        y : numpy.ndarray
            Targets (classes, N).
        gradient : Weights
            Filled with the gradient, summed over the images.

        Returns
        -------
        number
            The summed loss.
        """
        o, last = self.o, self.blocks[-1]
        self.e = o - y.astype(o.dtype, copy=False)
        self.od = self.e * (o * (1 - o))
        np.matmul(self.od, self.fv.T, out=gradient.ffW)
        np.add.reduce(self.od, axis=1, keepdims=True, out=gradient.ffb)
        # The feature vectors are not needed any more.
        np.matmul((self.weights.ffW * last.out_scale).T, self.od, out=self.fv)
        for number in reversed(range(len(self.blocks))):
            block = self.blocks[number]
            block.backward(gradient.k[number], gradient.b[number])
            if number and block.x is not self.blocks[number - 1].out:
                block.get_input_delta(self.blocks[number - 1].out[:, :, 0])
        return 0.5 * np.vdot(self.e, self.e)


def _largest_exponent(k, b, largest):
    """Bound products and biases together, by the inequality of Cauchy and Schwarz."""
    squares = float(np.vdot(k, k))
    if squares < _LEAST_SQUARES[k.dtype]:
        return math.inf
    return math.sqrt(squares * k[0].size) * largest + max(map(abs, b.tolist()))
