"""The quick engine's acnnff."""

from ..acnn.acnnff import acnnff as exact
from ..matlab.classes import operand
from .chain import read_acnn_chain
from .cnnff import forward


def acnnff(net, x):
    """Feed images forward.

    The quick form of `dltcnn.acnnff`, with the same fields up to rounding.

    Parameters
    ----------
    net : Net
        A net with weights.
    x : numpy.ndarray
        Images (rows, cols, N), double, single, logical or an integer class.

    Returns
    -------
    Net
        A net with activations a, feature vectors fv and outputs o, as `dltcnn.acnnff` gives them.

    Raises
    ------
    ValueError
        If images or weights are not finite.
    MatlabError
        As `dltcnn.acnnff` does.
    """
    return forward(net, operand(x), read_acnn_chain) or exact(net, x)
