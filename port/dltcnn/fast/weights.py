"""All weights of a net in one vector, so that an update is one statement."""

import numpy as np


class Weights:
    """Weights, or their gradients.

    Parameters
    ----------
    chain : Chain
        The net's structure.
    dtype : numpy.dtype
        Double or single.

    Attributes
    ----------
    vector : numpy.ndarray
        All numbers; the others are views into it.
    biases : numpy.ndarray
        The biases of all blocks.
    k : list of numpy.ndarray
        Per block the kernels, rotated by 180 degrees: (outputmaps, rows, columns * maps).
    b : list of numpy.ndarray
        Per block the biases (outputmaps,).
    ffW, ffb : numpy.ndarray
        (classes, features) in the order of `Chain.order`, (classes, 1).
    """

    def __init__(self, chain, dtype):
        self.chain = chain
        shapes = [(shape.outputmaps,) for shape in chain.blocks]
        shapes += [shape.kernels for shape in chain.blocks]
        shapes += [(chain.classes, chain.features), (chain.classes, 1)]
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        self.vector = np.zeros(ends[-1], dtype)
        parts = np.split(self.vector, ends[:-1])
        views = [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
        blocks = len(chain.blocks)
        self.b, self.k, (self.ffW, self.ffb) = views[:blocks], views[blocks:-2], views[-2:]
        self.biases = self.vector[: ends[blocks - 1]]

    @classmethod
    def of(cls, net, chain, dtype):
        """Copy the weights of a net."""
        weights = cls(chain, dtype)
        for block, k, b in zip(chain.blocks, weights.k, weights.b, strict=True):
            layer = net.layers[block.conv]
            for i in range(block.maps):
                for j in range(block.outputmaps):
                    k[j, :, i :: block.maps] = layer.k[i][j][::-1, ::-1]
            b[:] = layer.b[: block.outputmaps]
        weights.ffW[:], weights.ffb[:] = net.ffW[:, chain.order], net.ffb
        return weights

    def write(self, net, prefix=""):
        """Write copies into the fields k, b, ffW and ffb of a net, or dk, ... with prefix 'd'."""
        for block, k, b in zip(self.chain.blocks, self.k, self.b, strict=True):
            layer = net.layers[block.conv]
            kernels, biases = getattr(layer, prefix + "k"), getattr(layer, prefix + "b")
            for j in range(block.outputmaps):
                for i in range(block.maps):
                    kernels[i][j] = k[j, :, i :: block.maps][::-1, ::-1].copy()
                biases[j] = b[j]
        ffW = np.empty_like(self.ffW)
        ffW[:, self.chain.order] = self.ffW
        setattr(net, prefix + "ffW", ffW)
        setattr(net, prefix + "ffb", self.ffb.copy())
