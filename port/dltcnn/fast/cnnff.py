"""The quick engine's cnnff."""

from ..cnn.cnnff import cnnff as exact
from ..matlab.classes import operand
from ..value_semantics import unshared_copy
from .accept import forward_class, require_finite, require_finite_weights
from .chain import read_chain
from .chunks import Chunks, largest
from .fields import forward_fields
from .weights import Weights


def cnnff(net, x):
    """Feed images forward.

    The quick form of `dltcnn.cnnff`, with the same fields up to rounding.

    Parameters
    ----------
    net : Net
        A net with weights.
    x : numpy.ndarray
        Images (rows, cols, N) with N >= 2, double, single, logical or an integer class.

    Returns
    -------
    Net
        A net with activations a, feature vectors fv and outputs o, as `dltcnn.cnnff` gives them.

    Raises
    ------
    ValueError
        If images or weights are not finite.
    MatlabError
        As `dltcnn.cnnff` does.
    """
    return forward(net, operand(x), read_chain) or exact(net, x)


def forward(net, x, read):
    """Feed images x forward through a net that `read` reads; None if it is for the exact engine."""
    weights = forward_weights(net, x, read)
    if weights is None:
        return None
    net = unshared_copy(net)
    forward_fields(net, Chunks(weights, largest(x)), x)
    return net


def forward_weights(net, x, read):
    """Return a net's weights for a forward pass of x, None if it is for the exact engine."""
    chain = read(net, x)
    dtype = forward_class(net, chain, x) if chain else None
    require_finite(dtype, x=x)
    require_finite_weights(net, dtype)
    return Weights.of(net, chain, dtype) if dtype else None
