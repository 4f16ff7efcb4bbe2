"""A net's whole course, from the formulas: set up, one update, a training with batches, a test.

The stream of random numbers and the orders of the images are `OctaveRandom`'s, which is held to
Octave elsewhere; everything else is computed here.
"""

import re
from dataclasses import replace

import numpy as np

from dltcnn import OctaveRandom

from ...traces.acnn import EPOCHS, pokes, rates
from . import complex_step, printed
from .model import Model

_SMOOTH = 0.99  # the share of rL that an update keeps


def course(case, fields):
    """Compute the course of a case.

    Parameters
    ----------
    case : AcnnCase
        Its layers, images, targets and options.
    fields : dict of str to numpy.ndarray
        The net's fields: their names and sizes count, and mu and sigma where the images are
        normalized.

    Returns
    -------
    dict of str to numpy.ndarray
        Stage and path, as in the case's trace, to value: the weights of setup, step1 and trained,
        rL, er and bad.
    """
    rng = OctaveRandom(case.seed)
    weights = set_up(case, rng)
    found = {f"setup.{path}": value for path, value in weights.items()}
    if "normalize" in case.net:
        channels = case.layers[0].get("channels", 1)
        x = case.x.reshape((*case.x.shape, 1)[: 3 + (channels > 1)])
        found["setup.mu"], found["setup.sigma"] = printed.moments(
            x, case.net["normalize"] == "pixel"
        )
    weights |= pokes(case, fields | weights)
    rate = _rates(case, fields, weights)
    moments = {name: fields[name] for name in ("mu", "sigma") if name in fields}
    stepped, _ = _updated(case, weights, moments, rate)
    found |= {f"step1.{path}": value for path, value in stepped.items()}
    count, losses = case.x.shape[-1], []
    for _ in range(EPOCHS):
        order = np.asarray(rng.randperm(count), int).ravel()
        for chosen in np.split(order, range(case.batchsize, count, case.batchsize)):
            batch = replace(case, x=case.x[..., chosen], y=case.y[:, chosen])
            weights, loss = _updated(batch, weights, moments, rate)
            losses.append(loss)
    found |= {f"trained.{path}": value for path, value in weights.items()}
    found["trained.rL"] = _smoothed(losses)
    return found | _tested(case, weights | moments)


def set_up(case, rng):
    """Draw the weights: uniform within sqrt(6 / (fan in + fan out)), biases 0, averages first."""
    weights, side = {}, np.array(case.x.shape[:2])
    maps = case.layers[0].get("channels", 1)
    for number, layer in enumerate(case.layers[1:], 2):
        here = f"layers{{{number}}}"
        if layer["type"] == "s":
            scale = np.broadcast_to(layer["scale"], 2)
            side = side // scale
            if layer.get("trainable"):
                weights |= {f"{here}.b{{{j}}}": np.zeros((1, 1)) for j in range(1, maps + 1)}
                start = np.full((1, 1), 1 / scale.prod())
                weights |= {f"{here}.beta{{{j}}}": start for j in range(1, maps + 1)}
        elif layer["type"] == "f":
            inputs, maps = maps * side.prod(), layer["units"]
            weights[f"{here}.W"] = _uniform(rng, (maps, inputs), maps + inputs)
            weights[f"{here}.b"] = np.zeros((maps, 1))
            side = np.ones(2, int)
        else:
            kernel, outputs = np.broadcast_to(layer["kernelsize"], 2), layer["outputmaps"]
            weights |= _kernels(rng, here, layer, kernel, maps, outputs)
            weights |= {f"{here}.b{{{j}}}": np.zeros((1, 1)) for j in range(1, outputs + 1)}
            side, maps = side - kernel + 1, outputs
    inputs, classes = maps * side.prod(), len(case.y)
    weights["ffb"] = np.zeros((classes, 1))
    weights["ffW"] = _uniform(rng, (classes, inputs), classes + inputs)
    return weights


def _kernels(rng, here, layer, kernel, maps, outputs):
    """Draw kernels; each output map's one after the other."""
    table = np.asarray(layer.get("maps", np.ones((maps, outputs), bool)))
    found = {}
    if layer["type"] == "a":
        found[f"{here}.c"] = np.zeros((maps, outputs))
    one = layer["type"] == "a" and layer.get("shared", True)
    for j in range(1 if one else outputs):
        for i in range(maps):
            found[f"{here}.k{{{i + 1}}}{{{j + 1}}}"] = np.zeros((0, 0))
            if table[i, j]:
                fans = kernel.prod() * (table[:, j].sum() + table[i].sum())
                found[f"{here}.k{{{i + 1}}}{{{j + 1}}}"] = _uniform(rng, tuple(kernel), fans)
    return found


def _uniform(rng, shape, fans):
    drawn = np.asarray(rng.rand(*(int(n) for n in shape)), np.longdouble).reshape(shape)
    return (2 * drawn - 1) * np.sqrt(np.longdouble(6) / int(fans))


def _rates(case, fields, weights):
    """Give each weight its rate, a number or an array: its own, or that of its cell array."""
    drawn = rates(case, fields)
    if "" in drawn:
        return dict.fromkeys(weights, drawn[""])
    whole = {path: re.sub(r"(\{\d+\})+$", "", path) for path in weights}
    return {
        path: drawn[f".{path}" if f".{path}" in drawn else f".{whole[path]}"] for path in weights
    }


def _updated(case, weights, moments, rate):
    """Take one step down the gradient; the weights after it, and the loss before it."""
    double = {path: np.asarray(value, float) for path, value in (weights | moments).items()}
    slopes = complex_step.by_weights(case, double)
    loss = Model(case.layers, case.net, double, np.longdouble).loss(case.x, case.y)
    return {path: value - rate[path] * slopes[path] for path, value in weights.items()}, loss


def _smoothed(losses):
    found = [losses[0]]
    for loss in losses:
        found.append(_SMOOTH * found[-1] + (1 - np.longdouble(_SMOOTH)) * loss)
    return np.array([found])


def _tested(case, fields):
    """Judge by the largest output; a single one by the middle of its range."""
    outputs = Model(case.layers, case.net, fields, np.longdouble).run(case.x, case.y).maps[-1]
    if len(outputs) == 1:
        middle = 0 if case.net.get("activation") == "tanh" else 0.5
        wrong = ((outputs > middle) != (case.y > middle))[0]
    else:
        wrong = outputs.argmax(0) != case.y.argmax(0)
    bad = np.flatnonzero(wrong)[None] + 1.0
    if len(wrong) == 1 and not bad.size:
        bad = np.zeros((0, 0))  # what `find` gives for one number
    return {"test.er": wrong.mean(), "test.bad": bad}
