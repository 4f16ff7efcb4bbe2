"""What a file holds of its last batch: the batch, the weights before it, and what may be off."""

import re

import numpy as np

from dltcnn.fields import FIELDS

from ..comparison.error_analysis import Arithmetic, Running, ratio, unit_roundoff
from ..comparison.step_bounds import analyse
from ..traces.trace import field_name, net_fields, staged

_WEIGHTS = [name for name, field in FIELDS.items() if field.weight]
_COUNTS = ("outputmaps", "kernelsize", "scale")


def batch(net):
    """Return the images of the last batch, as the functions take them.

    Parameters
    ----------
    net : Net
        The saved net.

    Returns
    -------
    numpy.ndarray
        (rows, cols, N), or (rows, cols, channels, N).
    """
    maps = net.layers[0].a
    return maps[0] if len(maps) == 1 else np.stack(maps, axis=2)


def targets(net):
    """Return the targets of the last batch, ``o - e``; whole numbers where these give e's bits.

    Parameters
    ----------
    net : Net
        The saved net.

    Returns
    -------
    y : numpy.ndarray
        (classes, N).
    known : Running
        The same, and how far off each may be: what the rounding of e hides.
    """
    y = net.o - net.e
    whole = np.round(y)
    exact = net.o - whole == net.e
    y = np.where(exact, whole, y)
    err = np.where(exact, 0, 2 * unit_roundoff(_class(net.o)) * np.abs(net.e).astype(float))
    return y, Running(y.astype(np.longdouble), err, np.abs(y).astype(float))


def undone(net, alpha):
    """Return a net as it was before its last update, as far as rounding lets it.

    Parameters
    ----------
    net : Net
        The saved net.
    alpha : float
        The learning rate.

    Returns
    -------
    Net
        A copy with ``w + alpha * dw`` for each weight; without what normalizes images, since those
        of the batch are normalized.
    """
    before = net.copy()
    for owner in (before, *before.layers[1:]):
        for name in _WEIGHTS:
            held, gradient = (getattr(owner, each, None) for each in (name, f"d{name}"))
            if gradient is not None and held is not None:
                setattr(owner, name, _added(held, gradient, alpha))
    for name in ("normalize", "mu", "sigma"):
        vars(before).pop(name, None)
    return before


def _added(held, gradient, alpha):
    if not isinstance(held, list):
        return held + alpha * gradient
    found = held.copy()
    for number, part in enumerate(gradient):
        found[number] = _added(held[number], part, alpha)
    return found


def ratios(net, alpha):
    """Hold each saved value against its statement, evaluated from the values saved before it.

    The bound of a statement holds for any order of its sums, with or without fused multiply-add, as
    MATLAB's libraries may use them, if their exp is as good as the GNU C library's.

    Parameters
    ----------
    net : Net
        The saved net.
    alpha : float or None
        The learning rate; without it the weights before the update are not known, and the
        statements that read weights are left out.

    Returns
    -------
    dict of str to float
        Field of the passes -> its largest difference in units of its bound.

    Raises
    ------
    ValueError
        If the file does not hold every field of a step, or the layers are not the toolbox's.
    """
    cls, fields = _class(net.o), net_fields(net)
    _, y = targets(net)
    before = _before(fields, alpha, Arithmetic(cls))
    found = step_ratios(net, before, batch(net), y, 0.0, fields)
    return {
        path: value
        for path, value in found.items()
        if field_name(path) not in _WEIGHTS
        if alpha is not None or not _reads_weights(path, net)
    }


def _reads_weights(path, net):
    """Whether the statement that sets a field has weights among its operands."""
    name, found = field_name(path), re.match(r"layers\{(\d+)\}", path)
    if not found:
        return name in ("o", "fvd")
    number = int(found[1])
    kind = net.layers[number - 1].type
    return (name, kind) == ("a", "c") or (
        (name, kind) == ("d", "s") and number < len(net.layers)  # the last layer's are fvd's
    )


def step_ratios(net, weights, x, y, alpha, fields):
    """Hold what a step of the toolbox's functions gave against the bounds of its statements.

    Parameters
    ----------
    net : Net
        The net, for its layers.
    weights : mapping of str to (numpy.ndarray or Running)
        The weights before the step.
    x, y, alpha
        Images, targets (or `Running`) and learning rate.
    fields : dict of str to numpy.ndarray
        What the step gave.

    Returns
    -------
    dict of str to float
        Field -> its largest difference in units of its bound.

    Raises
    ------
    ValueError
        As `ratios`.
    """
    spec = [
        {"type": layer.type, **{n: int(v) for n, v in vars(layer).items() if n in _COUNTS}}
        for layer in net.layers
    ]
    feed = staged(fields)
    bounds = analyse(spec, weights, x, y, alpha, _class(fields["o"]), feed)
    return {key.split(".", 1)[1]: ratio(feed[key], running) for key, running in bounds.items()}


def not_finite(net):
    """Name what is not finite of what the saved values are computed from: nothing bounds them.

    Parameters
    ----------
    net : Net
        The saved net.

    Returns
    -------
    str
        The field and the value; empty where all are finite.
    """
    for path, value in net_fields(net).items():
        name = field_name(path)
        if name in (*_WEIGHTS, "e") or path.startswith("layers{1}.a"):
            odd = value[~np.isfinite(value)]
            if odd.size:
                return f"{path} holds {odd[0]:g}"
    return ""


def classes(net, x, y):
    """List the classes of what a step computes with: bounds are known where it is one."""
    weights = [value for path, value in net_fields(net).items() if field_name(path) in _WEIGHTS]
    return sorted({_class(each) for each in (*weights, x, y)})


def _before(fields, alpha, do):
    """Return the weights before the update: each is within roundings of ``w + alpha * dw``.

    Backwards, w = fl(before - fl(alpha * dw)) says that before is w, off by a rounding of w itself,
    plus the product, off by its own.
    """
    found = {}
    for path, value in fields.items():
        name = field_name(path)
        if name not in _WEIGHTS:
            continue
        gradient = f"{path[: len(path) - len(_last(path))]}d{_last(path)}"
        known = do.given(value)
        if alpha is None or gradient not in fields:
            found[path] = known
            continue
        one = do.given(np.ones_like(value))  # times one, rounded: a rounding of w
        product = do.multiply(do.given(np.full_like(value, alpha)), do.given(fields[gradient]))
        found[path] = do.add(do.multiply(known, one), product)
    return found


def _last(path):
    """Return the last name of a path with its cells: ``k{1}{3}`` of ``layers{2}.k{1}{3}``."""
    return path.rpartition("}.")[2] if "." in path else path


def _class(o):
    return "single" if o.dtype == np.float32 else "double"
