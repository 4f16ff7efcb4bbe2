"""One pass through a net, forward and back, for the images of one chunk."""

import numpy as np
from scipy.special import expit

from .block import Block, lengths
from .buffers import cut, empty, length, zeros
from .weights import Weights


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

    Attributes
    ----------
    blocks : list of Block
        Their buffers hold activations and sensitivities.
    fv, o : numpy.ndarray
        Feature vectors (features, N) and outputs (classes, N), after `forward`.
    e, od, fvd : numpy.ndarray
        Error, output delta, feature delta, after `backward`.
    gradient : Weights
        Sums over the images, after `backward`.
    """

    def __init__(self, chain, images, dtype):
        self.chain = chain
        first = chain.first_scale is not None
        settings = [(shape, first or number > 0) for number, shape in enumerate(chain.blocks)]
        needed = (lengths(shape, images, dtype, back) for shape, back in settings)
        rooms, scratches = zip(*needed, strict=True)
        pieces = [(size,) for size in (*rooms, max(scratches))]
        *rooms, scratch = cut(empty((length(pieces),), dtype), pieces)
        self.blocks = []
        for (shape, back), room in zip(settings, rooms, strict=True):
            if self.blocks and shape.padded_cols == shape.cols:
                x = self.blocks[-1].out
            else:
                x = zeros((shape.rows, shape.maps, shape.padded_cols, images), dtype)
            self.blocks.append(Block(shape, x, back, room, scratch))
        self.fv = empty((chain.features, images), dtype)
        self.gradient = Weights(chain, dtype)

    def load(self, weights):
        """Take the weights of the step over."""
        self.weights = weights
        for block, k, b in zip(self.blocks, weights.k, weights.b, strict=True):
            block.load(k, b)

    def forward(self, x):
        """Feed the images x (rows, cols, N), of any class, forward."""
        if self.chain.first_scale:
            x = pooled(x, self.chain.first_scale)
        a = x[:, None]
        for block in self.blocks:
            block.set_input(a)
            a = block.forward()
        self._features(self.fv)[...] = a
        z = self.weights.ffW @ self.fv
        z += self.weights.ffb
        self.o = expit(z)

    def backward(self, y):
        """Propagate the error against the targets y (classes, N) back; return the summed loss."""
        gradient, o = self.gradient, self.o
        self.e = o - y.astype(o.dtype, copy=False)
        self.od = self.e * (o * (1 - o))
        self.fvd = self.weights.ffW.T @ self.od
        np.matmul(self.od, self.fv.T, out=gradient.ffW)
        np.add.reduce(self.od, axis=1, keepdims=True, out=gradient.ffb)
        g = self.blocks[-1].out  # not needed any more, and of the right shape
        g[...] = self._features(self.fvd)
        for number, block in reversed(list(enumerate(self.blocks))):
            block.backward(g, gradient.k[number], gradient.b[number])
            if number:
                g = self.blocks[number - 1].out
                block.get_input_delta(g)
        return 0.5 * np.vdot(self.e, self.e)

    def _features(self, vectors):
        """View feature vectors, which go down the columns of each map, as the last block's out."""
        rows, maps, cols, N = self.blocks[-1].out.shape
        return vectors.reshape(maps, cols, rows, N).transpose(2, 0, 1, 3)
