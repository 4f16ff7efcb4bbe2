"""Nets of the acnn functions, for their tests."""

import numpy as np

from both_sides.functions import unlike
from dltcnn import Layer, Net, OctaveRandom
from dltcnn.functions import acnnsetup

X = unlike(9, 9, 6) ** 2
Y = np.eye(3)[:, [0, 1, 2, 0, 1, 2]]


def set_up(*layers, x=X, y=Y, seed=1, **fields):
    """A net with weights; images of four dimensions have channels."""
    first = Layer("i", channels=x.shape[2]) if x.ndim > 3 else Layer("i")
    return acnnsetup(Net([first, *layers], **fields), x, y, OctaveRandom(seed))


C, A, S = {"outputmaps": 2, "kernelsize": 2}, {"outputmaps": 3, "kernelsize": 1}, {"scale": 2}
TABLE = np.array([[True, False], [True, True]])
# Layers after the first, and the size of images that they fit.
NETS = {
    "no layers": ([], (4, 5, 3)),
    "no layers and channels": ([], (4, 5, 3, 2)),
    "one pixel": ([Layer("f", units=2)], (1, 1, 3)),
    "one row": ([Layer("c", **C | {"kernelsize": (1, 3)})], (1, 5, 2)),
    "one column": ([Layer("a", **C | {"kernelsize": (3, 1)})], (5, 1, 2)),
    "one image": ([Layer("c", **C)], (4, 5)),
    "one image of one pixel": ([Layer("c", **C | {"kernelsize": 1})], (1, 1)),
    "one image with channels": ([Layer("a", **A)], (4, 5, 2, 1)),
    "kernels as large as the maps": ([Layer("c", **C | {"kernelsize": (4, 5)})], (4, 5, 2)),
    "kernels as tall as the maps": ([Layer("a", **C | {"kernelsize": (4, 2)})], (4, 5, 2)),
    "a window as large as the maps": ([Layer("s", scale=(4, 6))], (4, 6, 2)),
    "a window of one pixel": ([Layer("s", scale=1, trainable=True)], (3, 2, 2)),
    "a window of channels": ([Layer("s", scale=(2, 5))], (4, 5, 3, 2)),
    "a trainable window": (
        [Layer("c", **C), Layer("s", scale=(3, 2), trainable=True, activation="tanh")],
        (4, 5, 2),
    ),
    "a window that is not trainable": (
        [Layer("c", **C), Layer("s", **S, trainable=False), Layer("c", **C)],
        (5, 7, 2),
    ),
    "a table": ([Layer("c", **C), Layer("c", **C, maps=TABLE)], (4, 5, 2)),
    "a table of channels": ([Layer("c", **C, maps=TABLE, activation="linear")], (4, 5, 2, 3)),
    "a table of numbers": ([Layer("c", **C), Layer("c", **C, maps=TABLE * 1.0)], (4, 5, 2)),
    "a table of bytes": (
        [Layer("c", **C), Layer("c", **C, maps=TABLE.astype(np.uint8))],
        (4, 5, 2),
    ),
    "a kernel for each map": ([Layer("c", **C), Layer("a", **A), Layer("a", **C)], (4, 5, 2)),
    "a kernel for each pair": (
        [Layer("a", **C, shared=False, lam=0.5), Layer("a", **A, shared=False)],
        (4, 5, 2),
    ),
    "a penalty": (
        [Layer("a", **C, lam=0.3, penalty="entropy"), Layer("s", scale=(3, 1)), Layer("a", **A)],
        (4, 5, 2),
    ),
    "channels after a convolution": ([Layer("c", **C), Layer("f", units=3)], (4, 5, 3, 2)),
    "units of channels": ([Layer("f", units=3, activation="linear")], (4, 5, 3, 2)),
    "units after units": (
        [Layer("c", **C), Layer("f", units=3, activation="tanh"), Layer("f", units=1)],
        (4, 5, 2),
    ),
    "units after a window": (
        [Layer("c", **C), Layer("s", scale=(3, 2)), Layer("f", units=3)],
        (4, 5, 2),
    ),
}


def stirred(net):
    """The net with biases, scales and logits that have left their start."""
    rng = np.random.default_rng(6)
    for layer in net.layers[1:]:
        for name in ("b", "beta"):
            value = getattr(layer, name)
            cells = isinstance(value, list)
            drawn = rng.standard_normal(len(value) if cells else np.shape(value))
            setattr(layer, name, drawn.tolist() if cells else drawn)
        if layer.type == "a":
            layer.c = rng.standard_normal(layer.c.shape)
    net.ffb = rng.standard_normal(net.ffb.shape)
    return net


def small():
    """The net of `mixed` for images of 5x5."""
    return mixed(x=X[:5, :5])


def mixed(penalty="entropy", lam=0.2, shared=True, x=X):
    """A net with a combination layer that has left its start."""
    net = set_up(
        Layer("c", outputmaps=3, kernelsize=3),
        Layer("a", outputmaps=2, kernelsize=2, penalty=penalty, lam=lam, shared=shared),
        Layer("s", scale=2, trainable=True),
        Layer("f", units=4, activation="tanh"),
        x=x,
    )
    net.layers[2].c = np.array([[0.3, -1.0], [0.9, 0.2], [-0.4, 0.1]])
    return net
