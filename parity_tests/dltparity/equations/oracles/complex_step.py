"""Derivatives of the loss by complex steps: no difference is taken, so no digit is lost."""

import re

import numpy as np

from ...traces.acnn import is_trained
from .model import Model

_STEP = 1e-150  # its square vanishes beside 1 in any format


def gradients(case, fields, wide=False):
    """Differentiate the loss with respect to every weight, every A and every argument u.

    Parameters
    ----------
    case : AcnnCase
        Its layers, images and targets.
    fields : dict of str to numpy.ndarray
        The weights.
    wide : bool
        Whether to compute in extended precision.

    Returns
    -------
    dict of str to numpy.ndarray
        Paths as acnnbp sets them: dk, db, dbeta, dc, dA, dW, dffW, dffb, d, od and fvd.
    """
    model = Model(case.layers, case.net, fields, np.clongdouble if wide else np.complex128)
    trained = [path for path in model.weights if is_trained(path, case.layers)]
    found = {gradient_of(path): _by_weight(model, case, path) for path in trained}
    found |= _by_mix(model, case)
    found |= _by_argument(model, case)
    return found


def by_weights(case, fields):
    """Differentiate the loss with respect to every weight: its path -> the derivative."""
    model = Model(case.layers, case.net, fields, np.complex128)
    trained = [path for path in model.weights if is_trained(path, case.layers)]
    return {path: _by_weight(model, case, path) for path in trained}


def gradient_of(path):
    """Return the path of a weight's gradient."""
    return re.sub(r"(^|\.)(\w+)((\{\d+\})*)$", r"\1d\2\3", path)


def _by_weight(model, case, path):
    weight = model.weights[path]
    found = np.empty(weight.shape, weight.real.dtype)
    for index in np.ndindex(weight.shape):
        kept = weight[index]
        weight[index] = kept + 1j * _STEP
        found[index] = model.loss(case.x, case.y).imag / _STEP
        weight[index] = kept
    return found


def _by_mix(model, case):
    """Differentiate with respect to A as if its entries were free.

    Where one is 0 a penalty has no derivative, or an infinite one: such a layer is left out.
    """
    found = {}
    for number, mix in model.run(case.x, case.y).mixes.items():
        if case.layers[number - 1].get("lam", 0) and not mix.all():
            continue
        result = np.empty(mix.shape, mix.real.dtype)
        for index in np.ndindex(mix.shape):
            step = np.zeros(mix.shape, mix.dtype)
            step[index] = 1j * _STEP
            result[index] = model.loss(case.x, case.y, (number, "A", step)).imag / _STEP
        found[f"layers{{{number}}}.dA"] = result
    return found


def _by_argument(model, case):
    """Differentiate each image's loss with respect to the arguments of the activations."""
    values = model.run(case.x, case.y)
    found = {}
    first = min(2, len(model.layers))  # sensitivities of the input only where nothing is above
    for number, maps in enumerate(values.maps[first - 1 :], first):
        single = not isinstance(maps, list)
        for j, shape in enumerate([m.shape for m in ([maps] if single else maps)], 1):
            result = np.empty(shape, values.losses.real.dtype)
            for index in np.ndindex(shape[:-1]):
                step = np.zeros((*shape[:-1], 1), model.dtype)
                step[index] = 1j * _STEP
                bump = (number, None if single else j, step)
                result[index] = model.run(case.x, case.y, bump).losses.imag / _STEP
            found[f"layers{{{number}}}.d{{{j}}}"] = result
    last = len(model.layers)
    found["od"] = found.pop(f"layers{{{last + 1}}}.d{{1}}")
    parts = [found[f"layers{{{last}}}.d{{{j}}}"] for j in range(1, _count(values.maps[-2]) + 1)]
    flat = [np.swapaxes(p, 0, 1).reshape(-1, p.shape[2]) if p.ndim == 3 else p for p in parts]
    found["fvd"] = np.concatenate(flat)
    return found


def _count(maps):
    return len(maps) if isinstance(maps, list) else 1
