"""From the engine's buffers to the fields of a net, and back."""

import numpy as np

from ..matlab.classes import array
from .buffers import direct_arithmetic
from .weights import Weights
from .work import pooled


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
        net.fv[chain.order, chunk], net.o[:, chunk] = work.fv, work.o
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
    maps, gradient, part = _Maps(chain, N, dtype), Weights(chain, dtype), Weights(chain, dtype)
    net.e, net.od = (np.empty((chain.classes, N), dtype) for _ in range(2))
    net.fvd = np.empty((chain.features, N), dtype)
    first = np.empty((*net.layers[1].a[0].shape[:2], N), dtype) if chain.first_scale else None
    loss = dtype.type(0)
    for chunk, work in chunks.of(N):
        _restore(work, net, chunk)
        loss += work.backward(y[:, chunk], part)
        gradient.vector += part.vector
        net.e[:, chunk], net.od[:, chunk] = work.e, work.od
        net.fvd[chain.order, chunk] = work.fv
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
        conv, pooled = _by_pixel(block)
        self.layers[block.shape.conv].reshape(*conv.shape[:-1], -1)[..., chunk] = conv
        if block.shape.pool:
            self.layers[block.shape.pool].reshape(*pooled.shape[:-1], -1)[..., chunk] = pooled

    def write(self, net, field):
        """Write the maps into a field of the layers."""
        for l, maps in self.layers.items():
            cells = getattr(net.layers[l], field)
            for j, values in enumerate(maps):
                cells[j] = values


def _by_pixel(block):
    """View the maps of a block, rows and columns of one map side by side.

    Returns
    -------
    conv, pooled : numpy.ndarray
        (O, rows, s, columns, phases, s, N), (O, rows, columns, phases, N).
    """
    rows, s = block.phases.shape[:2]
    conv = block.phases.reshape(rows, s, s, *block.out.shape[1:])
    return conv.transpose(3, 0, 1, 5, 4, 2, 6), block.out.transpose(1, 0, 3, 2, 4)


def _restore(work, net, chunk):
    """Bring a `Work` into the state that its forward pass left."""
    for block in work.blocks:
        shape, (conv, _) = block.shape, _by_pixel(block)
        block.set_input(_stacked(net.layers[shape.conv - 1], shape.maps, chunk, axis=1))
        block.unroll()
        conv[...] = _stacked(net.layers[shape.conv], len(conv), chunk, axis=0).reshape(conv.shape)
    work.fv[...], last = net.fv[work.chain.order, chunk], work.blocks[-1]
    if not last.shape.pool:  # the derivative is then taken of the feature vectors
        last.phases[...] = last.out.reshape(last.phases.shape)
    work.o = net.o[:, chunk].astype(work.fv.dtype, copy=False)


def _stacked(layer, maps, chunk, axis):
    """Return a chunk of a layer's activations in one array."""
    return np.stack([a[:, :, chunk] for a in layer.a[:maps]], axis)
