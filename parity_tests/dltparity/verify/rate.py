"""Which learning rate the last update had, told by the outputs that were saved. Pure."""

import numpy as np

_SATURATED = 1e-6  # nearer to 0 or 1 an output tells too little
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
    o, fv = np.asarray(net.o, float), np.asarray(net.fv, float)
    known = (o > _SATURATED) & (o < 1 - _SATURATED)
    inside = np.where(known, o, 0.5)
    lacking = known * (np.log(inside / (1 - inside)) - _sums(net.ffW, net.ffb, fv))
    gained = known * _sums(net.dffW, net.dffb, fv)
    told = (gained**2).sum(axis=1) > 0
    if not told.any():
        return None
    each = (lacking * gained).sum(axis=1)[told] / (gained**2).sum(axis=1)[told]
    found = float(np.median(each))
    digits, tolerance = _ROUND["single" if net.o.dtype == np.float32 else "double"]
    near = float(f"{found:.{digits}g}")
    return near if near > 0 and abs(found - near) <= tolerance * near else None


def _sums(weights, biases, below):
    return np.asarray(weights, float) @ below + np.asarray(biases, float)
