"""What the quick engine refuses, and the class that it calculates in."""

import numpy as np

from ..matlab.classes import DOUBLE, SINGLE
from .chain import are_cells


class NotFiniteError(ValueError):
    """What is given to the quick engine, or comes of it, is not finite."""


def require_finite(dtype, **arrays):
    """Refuse numbers that are not finite.

    Parameters
    ----------
    dtype : numpy.dtype or None
        The class that they must be finite in; None for their own.
    **arrays : numpy.ndarray
        By name.

    Raises
    ------
    NotFiniteError
        If there is a NaN or an Inf.
    """
    for name, values in arrays.items():
        values = np.asarray(values)
        if values.size and values.dtype.kind == "f":
            # Extremes need no array of logicals as large as the images, and NaN is one.
            extremes = np.array([values.min(), values.max()])
            with np.errstate(over="ignore"):
                extremes = extremes.astype(dtype or values.dtype)
            if not np.isfinite(extremes).all():
                raise NotFiniteError(
                    f"{name} has values that are not finite in {extremes.dtype}: the quick engine "
                    'takes finite numbers only; use engine="exact" (dltcnn.cnntrain, cnnff, ...)'
                )


def require_finite_weights(net, dtype=None):
    """Refuse a net with weights that are not finite; errors as `require_finite`."""
    for l, layer in enumerate(net.layers):
        for name, depth in (("k", 2), ("b", 1)):
            for path, value in _entries(f"net.layers[{l}].{name}", getattr(layer, name), depth):
                require_finite(dtype, **{path: value})
    for name in ("ffW", "ffb"):
        if hasattr(net, name):
            require_finite(dtype, **{f"net.{name}": getattr(net, name)})


def _entries(path, value, depth):
    """Go through what cells, so many in each other, hold: pairs of path and value."""
    if not (depth and are_cells(value)):
        yield path, value
        return
    for i, item in enumerate(value):
        yield from _entries(f"{path}[{i}]", item, depth - 1)


def forward_class(net, chain, x):
    """Return the class that `cnnff` calculates in.

    Parameters
    ----------
    net : Net
        With weights.
    chain : Chain
        Its structure.
    x : numpy.ndarray
        Images.

    Returns
    -------
    numpy.dtype or None
        Double or single; None where the class changes on the way, or is an integer one.
    """
    weights = {np.asarray(net.ffW).dtype}
    biases = {np.asarray(net.ffb).dtype}
    for block in chain.blocks:
        layer = net.layers[block.conv]
        weights |= {np.asarray(k).dtype for row in layer.k for k in row}
        biases |= {np.asarray(b).dtype for b in layer.b}
    if not weights | biases <= {DOUBLE, SINGLE}:
        return None
    if x.dtype == SINGLE or weights == {SINGLE}:
        return SINGLE
    return DOUBLE if weights | biases == {DOUBLE} else None


def training_class(net, chain, x, y, alpha):
    """Return the class that a step of training calculates in; None as in `forward_class`."""
    dtype = forward_class(net, chain, x)
    others = {y.dtype, np.asarray(alpha, getattr(alpha, "dtype", DOUBLE)).dtype}
    others -= {np.dtype(bool)}
    allowed = {DOUBLE} if dtype == DOUBLE else {DOUBLE, SINGLE}
    return dtype if others <= allowed else None
