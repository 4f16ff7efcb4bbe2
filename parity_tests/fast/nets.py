"""Nets for the quick engine, and their fields."""

from functools import cache

import numpy as np

from both_sides.functions import layer_of
from dltcnn import Layer, Net, OctaveRandom, cnnsetup

EXAMPLE = "6c5-2s-12c5-2s"
U = {np.float64: np.finfo(np.float64).eps / 2, np.float32: np.finfo(np.float32).eps / 2}


class Unshuffled:
    def randperm(self, n):
        return np.arange(n)


def layer(text):
    if text.endswith("s"):
        return Layer("s", scale=int(text[:-1]))
    kind = "C" if "C" in text else "c"
    maps, kernelsize = text.split(kind)
    return layer_of({"type": kind, "outputmaps": int(maps), "kernelsize": int(kernelsize)})


@cache
def case(layers, rows, cols, classes, dtype=np.float64, images=12, shift=0.0, seed=0):
    """A net with weights, images, targets."""
    rng = np.random.default_rng(seed)
    x = rng.random((rows, cols, images)).astype(dtype)
    y = np.zeros((classes, images), dtype)
    y[rng.integers(0, classes, images), np.arange(images)] = 1
    net = Net([Layer("i"), *map(layer, filter(None, layers.split("-")))])
    net = cnnsetup(net, x, y, OctaveRandom(seed))
    for cells in (one for each in net.layers if each.type == "c" for one in (*each.k, each.b)):
        cells[:] = [value if np.ndim(value) else value + shift for value in cells]
        cells[:] = [np.asarray(value, dtype)[()] for value in cells]
    net.ffW, net.ffb = net.ffW.astype(dtype), net.ffb.astype(dtype)
    return net, x, y


def fields(net):
    """All arrays of a net by name."""
    found = {}
    for number, each in enumerate(net.layers):
        for name in ("a", "d", "b", "db"):
            found |= {f"{number}.{name}{j}": v for j, v in enumerate(getattr(each, name))}
        for name in ("k", "dk"):
            for i, row in enumerate(getattr(each, name)):
                found |= {f"{number}.{name}{i},{j}": v for j, v in enumerate(row)}
    return found | {name: v for name, v in vars(net).items() if name != "layers"}


def classes_and_shapes(net):
    return {name: (np.asarray(v).dtype.name, np.shape(v)) for name, v in fields(net).items()}
