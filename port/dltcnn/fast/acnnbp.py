"""The quick engine's acnnbp."""

from ..acnn.acnnbp import acnnbp as exact
from ..matlab.classes import operand
from .accept import require_finite
from .chain import read_acnn_chain
from .cnnbp import backward


def acnnbp(net, y):
    """Propagate the error back and take the gradients.

    The quick form of `dltcnn.acnnbp`, with the same fields up to rounding.

    Parameters
    ----------
    net : Net
        A net after `acnnff`, of either engine.
    y : numpy.ndarray
        Targets (classes, N) in [0, 1], double, single or logical.

    Returns
    -------
    Net
        A net with e, L, od, fvd, d, dk, db, dffW and dffb, as `dltcnn.acnnbp` gives them.

    Raises
    ------
    ValueError
        If targets, weights or the fields of `acnnff` are not finite.
    MatlabError
        As `dltcnn.acnnbp` does.
    """
    targets = operand(y)
    require_finite(None, y=targets)
    quick = backward(net, targets, read_acnn_chain) if are_targets(targets) else None
    return quick or exact(net, y)


def are_targets(y):
    """Whether `acnnloss` takes these as targets of sigmoids."""
    return y.dtype.kind in "fb" and y.size > 0 and y.min() >= 0 and y.max() <= 1
