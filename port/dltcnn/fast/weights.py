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
    k : list of numpy.ndarray
        Per block the kernels, rotated by 180 degrees: (outputmaps, rows, maps, columns).
    b : list of numpy.ndarray
        Per block the biases (outputmaps,).
    ffW, ffb : numpy.ndarray
        (classes, features), (classes, 1).
    """

    def __init__(self, chain, dtype):
        self.chain = chain
        shapes = [shape for s in chain.blocks for shape in (s.kernels, (s.outputmaps,))]
        shapes += [(chain.classes, chain.features), (chain.classes, 1)]
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        self.vector = np.zeros(ends[-1], dtype)
        parts = np.split(self.vector, ends[:-1])
        views = [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]
        self.k, self.b = views[0:-2:2], views[1:-2:2]
        self.ffW, self.ffb = views[-2:]

    @classmethod
    def of(cls, net, chain, dtype):
        """Copy the weights of a net."""
        weights = cls(chain, dtype)
        for block, k, b in zip(chain.blocks, weights.k, weights.b, strict=True):
            layer = net.layers[block.conv]
            for i in range(block.maps):
                for j in range(block.outputmaps):
                    k[j, :, i] = layer.k[i][j][::-1, ::-1]
            b[:] = layer.b[: block.outputmaps]
        weights.ffW[:], weights.ffb[:] = net.ffW, net.ffb
        return weights

    def write(self, net, prefix=""):
        """Write copies into the fields k, b, ffW and ffb of a net, or dk, ... with prefix 'd'."""
        for block, k, b in zip(self.chain.blocks, self.k, self.b, strict=True):
            layer = net.layers[block.conv]
            kernels, biases = getattr(layer, prefix + "k"), getattr(layer, prefix + "b")
            for j in range(block.outputmaps):
                for i in range(block.maps):
                    kernels[i][j] = k[j, ::-1, i, ::-1].copy()
                biases[j] = b[j]
        setattr(net, prefix + "ffW", self.ffW.copy())
        setattr(net, prefix + "ffb", self.ffb.copy())
