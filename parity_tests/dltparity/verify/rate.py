"""Which learning rate the last update had, told by the outputs that were saved. Pure."""

import numpy as np

from .altered import sums_of

# Digits that a rate has at most, and how near to it (relative) the outputs must be: of others the
# outputs tell too few digits to undo an update by them.
_ROUND = {"double": (6, 1e-8), "single": (2, 1e-3)}


def rate(net):
    """Find the learning rate with which the weights before the last update give the saved outputs.

    Before it they were ``w + alpha * dw``, so that what the saved weights lack of the saved outputs
    grows with alpha. Each output tells one; the middle one counts, since a weight that was altered
    after the training spoils its own output only.

    Parameters
    ----------
    net : Net
        A saved net of the toolbox's layers, with its last batch.

    Returns
    -------
    float or None
        None where the outputs tell no round positive number.
    """
    if not _whole(net):
        return None
    fv = np.asarray(net.fv, float)
    known, sums = sums_of(np.asarray(net.o, float))
    lacking = known * (sums - _product(net.ffW, net.ffb, fv))
    gained = known * _product(net.dffW, net.dffb, fv)
    lacking, gained = (lacking * gained).sum(axis=1), (gained**2).sum(axis=1)
    told = (gained > 0) & np.isfinite(gained) & np.isfinite(lacking)
    if not told.any():
        return None
    each = lacking[told] / gained[told]
    found = float(np.median(each))
    digits, tolerance = _ROUND["single" if net.o.dtype == np.float32 else "double"]
    near = float(f"{found:.{digits}g}")
    return near if near > 0 and abs(found - near) <= tolerance * near else None


def _whole(net):
    """Whether the output layer's fields are there and fit each other."""
    features = np.shape(getattr(net, "fv", 0))
    if len(features) != 2 or np.ndim(net.o) != 2:
        return False
    outputs = (len(net.o), features[0])
    wanted = {"ffW": outputs, "dffW": outputs, "ffb": (outputs[0], 1), "dffb": (outputs[0], 1)}
    given = {name: np.shape(getattr(net, name, 0)) for name in wanted}
    return given == wanted and np.shape(net.o)[1] == features[1]


def _product(weights, biases, below):
    return np.asarray(weights, float) @ below + np.asarray(biases, float)
