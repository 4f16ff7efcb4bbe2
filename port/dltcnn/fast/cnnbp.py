"""The quick engine's cnnbp."""

import math

import numpy as np

from ..cnn.cnnbp import cnnbp as exact
from ..matlab.classes import DOUBLE, SINGLE, operand
from ..value_semantics import unshared_copy
from .accept import require_finite, require_finite_weights
from .chain import are_cells, has_gradient_cells, is_array, read_chain
from .chunks import Chunks
from .fields import backward_fields
from .weights import Weights


def cnnbp(net, y):
    """Propagate the error back and take the gradients.

    The quick form of `dltcnn.cnnbp`, with the same fields up to rounding.

    Parameters
    ----------
    net : Net
        A net after `cnnff`, of either engine.
    y : numpy.ndarray
        Targets (classes, N) in [0, 1], double, single or logical.

    Returns
    -------
    Net
        A net with e, L, od, fvd, d, dk, db, dffW and dffb, as `dltcnn.cnnbp` gives them.

    Raises
    ------
    ValueError
        If targets, weights or the fields of `cnnff` are not finite.
    MatlabError
        As `dltcnn.cnnbp` does.
    """
    return backward(net, operand(y), read_chain) or exact(net, y)


def backward(net, y, read):
    """Propagate the error back in a net that `read` reads; None if it is for the exact engine."""
    chain = _chain_after_forward(net, y, read)
    dtype = _backward_class(net, chain, y) if chain else None
    require_finite(dtype, y=y)
    require_finite_weights(net, dtype)
    if dtype is None:
        return None
    for l, layer in enumerate(net.layers):
        for j, a in enumerate(layer.a):
            require_finite(dtype, **{f"net.layers[{l}].a[{j}]": a})
    require_finite(dtype, fv=net.fv, o=net.o)
    net = unshared_copy(net)
    # No images are fed forward, so how large their numbers are does not matter.
    chunks = Chunks(Weights.of(net, chain, dtype), math.inf, for_fields=True)
    backward_fields(net, chunks, y)
    return net


def _chain_after_forward(net, y, read):
    """Read a net's structure, None where its activations or the targets do not fit it."""
    images = net.layers[0].a
    x = images[0] if are_cells(images) and len(images) else None
    chain = read(net, x) if type(x) is np.ndarray else None
    if chain is None:
        return None
    N = x.shape[2]
    wanted = {0: (1, *x.shape[:2])}
    if chain.first_scale:
        wanted[1] = (1, *(size // chain.first_scale for size in x.shape[:2]))
    for block in chain.blocks:
        wanted[block.conv] = (block.outputmaps, *block.conv_shape)
        if block.pool:
            wanted[block.pool] = (block.outputmaps, block.pooled_rows, block.pooled_cols)
    fits = [
        len(net.layers[l].a) == maps and all(is_array(a, (rows, cols, N)) for a in net.layers[l].a)
        for l, (maps, rows, cols) in wanted.items()
    ]
    fits.append(has_gradient_cells(net))
    fits.append(is_array(getattr(net, "fv", None), (chain.features, N)))
    fits.append(is_array(getattr(net, "o", None), y.shape) and y.shape == (chain.classes, N))
    return chain if all(fits) else None


def _backward_class(net, chain, y):
    """Return the class that `cnnbp` calculates in, None where it changes on the way."""
    layers = [net.layers[block.conv] for block in chain.blocks]
    deciding = {net.fv.dtype, net.o.dtype} | {a.dtype for layer in layers for a in layer.a}
    others = {y.dtype, net.ffW.dtype} - {np.dtype(bool)}
    others |= {np.asarray(k).dtype for layer in layers for row in layer.k for k in row}
    if deciding == {SINGLE}:
        return SINGLE if others <= {DOUBLE, SINGLE} else None
    return DOUBLE if deciding | others == {DOUBLE} else None
