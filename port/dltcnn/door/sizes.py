"""How large the maps are on their way through the layers of a net."""

import math
from typing import NamedTuple

import numpy as np


class Sizes(NamedTuple):
    """What images of one size become in a net.

    Attributes
    ----------
    features : int
        How many numbers of each image reach the outputs, or the first hidden layer; 0 where a
        kernel is too large.
    values : int
        How many numbers the maps of one image have, in all layers below.
    problem : str
        The first layer that they do not fit, and why; empty where they fit all.
    setup_stops : bool
        Whether the toolbox's cnnsetup refuses them: a map size that is not whole.
    """

    features: int
    values: int
    problem: str
    setup_stops: bool


def through(net, rows, cols):
    """Follow images of one size through a net.

    Parameters
    ----------
    net : Net
        Any net.
    rows, cols : int
        The size of the images.

    Returns
    -------
    Sizes or None
        None where the layers' numbers are such that nothing can be said.
    """
    side, maps, problems, stops, values = (rows, cols), channels(net), [], False, 0
    for number, layer in enumerate(net.layers[1:], 2):
        fields = vars(layer)
        kind, below = fields.get("type"), side
        if kind in ("c", "a"):
            kernel, maps = _pair(fields.get("kernelsize")), _whole(fields.get("outputmaps"))
            if not kernel or not maps:
                return None
            if any(k > n for k, n in zip(kernel, side, strict=True)):
                problems.append(f"its kernels of {kernel[0]}x{kernel[1]} are larger than the")
            side = tuple(n - k + 1 for n, k in zip(side, kernel, strict=True))
        elif kind == "s":
            scale = _pair(fields.get("scale"))
            if not scale:
                return None
            if any(n % s for n, s in zip(side, scale, strict=True)):
                shown = scale[0] if len({*scale}) == 1 else f"{scale[0]}x{scale[1]}"
                problems.append(f"its scale {shown} does not divide the")
                stops = True
            side = tuple(n // s for n, s in zip(side, scale, strict=True))
        if problems and not problems[0].startswith("layer"):
            maps_of = f"maps of {below[0]}x{below[1]} below it"
            problems[0] = f"layer {number}: {problems[0]} {maps_of}"
        values += math.prod(side) * maps if min(side) > 0 else 0
    features = math.prod(side) * maps if min(side) > 0 else 0
    return Sizes(features, values, problems[0] if problems else "", stops)


def channels(net):
    """Return how many channels the net's images have."""
    return _whole(vars(net.layers[0]).get("channels", 1)) or 1


def weights(net):
    """Return the size of ffW, (classes, features); None where there is no such array."""
    return _matrix(vars(net).get("ffW"))


def first_weights(net):
    """Return the first layer that takes all features, and how many its weights are for; or None."""
    for number, layer in enumerate(net.layers, 1):
        if vars(layer).get("type") == "f":
            known = _matrix(vars(layer).get("W"))
            return known and (number, known[1])
    known = weights(net)
    return known and (len(net.layers) + 1, known[1])


def outputs(net):
    """Return the size of o, (classes, N) of the last batch; None where there is no such array."""
    return _matrix(vars(net).get("o"))


def fits(net, rows, cols):
    """Say whether images of one size fit a net, and its weights where it has some."""
    return fitting(net, through(net, rows, cols))


def fitting(net, sizes):
    """Say whether images that become these sizes fit a net, and its weights where it has some."""
    known = first_weights(net)
    if sizes is None or sizes.problem:
        return False
    return known is None or sizes.features == known[1]


def square(net):
    """Return the side of the square images that fit a net's weights; None where none is found."""
    return next((side for side in range(1, 257) if fits(net, side, side)), None)


def _matrix(value):
    return value.shape if isinstance(value, np.ndarray) and value.ndim == 2 else None


def _pair(value):
    """Return (rows, cols) of a size that may be one number; None for what is none."""
    numbers = np.ravel(value) if isinstance(value, np.ndarray | list | tuple) else [value]
    found = [_whole(number) for number in numbers]
    return None if None in found or not 1 <= len(found) <= 2 else (found[0], found[-1])


def _whole(value):
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(())[()]
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return int(value) if number and 1 <= value < 2**31 and value == math.floor(value) else None
