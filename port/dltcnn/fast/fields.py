"""From the engine's buffers to the fields of a net, and back."""

import numpy as np

from ..by_value import separate, unshared
from ..classes import array
from .buffers import direct_arithmetic
from .weights import Weights
from .work import pooled


def own(net):
    """Return a copy of a net, its layers apart from each other even where they are one object."""
    return separate(unshared(net), [net])


@direct_arithmetic
def forward_fields(net, chunks, x):
    """Write the fields of `cnnff` into a net.

    Parameters
    ----------
    net : Net
        Changed in place.
    chunks : Chunks
        With its weights.
    x : numpy.ndarray
        Images (rows, cols, N).
    """
    N, chain, dtype = x.shape[2], chunks.weights.chain, chunks.weights.vector.dtype
    maps = _Maps(chain, N, dtype)
    net.layers[0].a[0] = array(x)
    net.fv, net.o = np.empty((chain.features, N), dtype), np.empty((chain.classes, N), dtype)
    if chain.first_scale:
        net.layers[1].a[0] = pooled(x, chain.first_scale)
    for chunk, work in chunks.of(N):
        work.forward(x[:, :, chunk])
        for block in work.blocks:
            maps.take(block, chunk)
        net.fv[:, chunk], net.o[:, chunk] = work.fv, work.o
    maps.write(net, "a")


@direct_arithmetic
def backward_fields(net, chunks, y):
    """Write the fields of `cnnbp` into a net; arguments as in `forward_fields`.

    Parameters
    ----------
    net : Net
        With the fields of `cnnff`; changed in place.
    chunks : Chunks
        With its weights.
    y : numpy.ndarray
        Targets (classes, N).

    Returns
    -------
    Weights
        The gradient, a mean over the images.
    """
    N, chain, dtype = y.shape[1], chunks.weights.chain, chunks.weights.vector.dtype
    maps, gradient = _Maps(chain, N, dtype), Weights(chain, dtype)
    net.e, net.od = (np.empty((chain.classes, N), dtype) for _ in range(2))
    net.fvd = np.empty((chain.features, N), dtype)
    first = np.empty((*net.layers[1].a[0].shape[:2], N), dtype) if chain.first_scale else None
    loss = dtype.type(0)
    for chunk, work in chunks.of(N):
        _restore(work, net, chunk)
        loss += work.backward(y[:, chunk])
        gradient.vector += work.gradient.vector
        net.e[:, chunk], net.od[:, chunk], net.fvd[:, chunk] = work.e, work.od, work.fvd
        for block in work.blocks:
            maps.take(block, chunk)
        if chain.first_scale:
            work.blocks[0].get_input_delta(first[:, None, :, chunk])
    if not chain.blocks[-1].pool:
        net.fvd *= net.fv * (1 - net.fv)
    gradient.vector /= N
    net.L = loss / N
    maps.write(net, "d")
    if chain.first_scale:
        net.layers[1].d[0] = first
    gradient.write(net, "d")
    return gradient


class _Maps:
    """The maps of all layers of the blocks for a whole batch: activations or sensitivities."""

    def __init__(self, chain, images, dtype):
        self.layers = {}
        for block in chain.blocks:
            O = block.outputmaps
            self.layers[block.conv] = np.empty((O, *block.conv_shape, images), dtype)
            if block.pool:
                shape = (O, block.pooled_rows, block.pooled_cols, images)
                self.layers[block.pool] = np.empty(shape, dtype)

    def take(self, block, chunk):
        """Take a chunk's maps from the buffers of a block."""
        phases = block.phases
        rows, s, _, O, cols, _ = phases.shape
        conv = self.layers[block.shape.conv].reshape(O, rows, s, cols, s, -1)
        conv[..., chunk] = phases.transpose(3, 0, 1, 4, 2, 5)
        if block.shape.pool:
            self.layers[block.shape.pool][..., chunk] = block.out.transpose(1, 0, 2, 3)

    def write(self, net, field):
        """Write the maps into a field of the layers."""
        for l, maps in self.layers.items():
            cells = getattr(net.layers[l], field)
            for j, values in enumerate(maps):
                cells[j] = values


def _restore(work, net, chunk):
    """Bring a `Work` into the state that its forward pass left."""
    for block in work.blocks:
        shape, (rows, s, _, O, cols, n) = block.shape, block.phases.shape
        block.set_input(_stacked(net.layers[shape.conv - 1], shape.maps, chunk, axis=1))
        conv = _stacked(net.layers[shape.conv], O, chunk, axis=0).reshape(O, rows, s, cols, s, n)
        block.phases[...] = conv.transpose(1, 2, 4, 0, 3, 5)
    work.fv[...], work.o = net.fv[:, chunk], net.o[:, chunk].astype(work.fv.dtype, copy=False)


def _stacked(layer, maps, chunk, axis):
    """Return a chunk of a layer's activations in one array."""
    return np.stack([a[:, :, chunk] for a in layer.a[:maps]], axis)
