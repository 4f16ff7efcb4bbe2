"""Small nets that the tests name, and how often the engine covers what it is given."""

import numpy as np

from dltcnn import Layer, Net, OctaveRandom, Opts
from dltcnn.functions import acnnsetup, cnnsetup

EXAMPLE = (
    Layer("i"),
    Layer("c", outputmaps=6, kernelsize=5),
    Layer("s", scale=2),
    Layer("c", outputmaps=12, kernelsize=5),
    Layer("s", scale=2),
)
SMALL = (Layer("i"), Layer("c", outputmaps=3, kernelsize=3), Layer("s", scale=2))
COMBINED = (
    Layer("i", channels=2),
    Layer("c", outputmaps=3, kernelsize=(3, 2), activation="tanh"),
    Layer("s", scale=(2, 1), trainable=True),
    Layer("a", outputmaps=4, kernelsize=2, shared=False, lam=0.1, penalty="entropy"),
    Layer("f", units=5, activation="linear"),
)


def cnn(layers=SMALL, side=8, images=6, cls=np.float64):
    """Set a net of the toolbox up; returns it, with images, targets and options."""
    x, y = _data((side, side, images), images, cls)
    net = cnnsetup(Net(layers), x, y, OctaveRandom(0))
    return net, x, y, Opts(alpha=1, batchsize=images // 2, numepochs=2)


def acnn(layers=COMBINED, side=8, images=7, cls=np.float64, channels=2):
    """Set a net of the acnn functions up; as `cnn`."""
    shape = (side, side, channels, images) if channels > 1 else (side, side, images)
    x, y = _data(shape, images, cls)
    net = acnnsetup(Net(layers), x, y, OctaveRandom(0))
    return net, x, y, Opts(alpha=0.5, batchsize=3, numepochs=2)


def _data(shape, images, cls):
    rng = np.random.default_rng(1)
    y = np.zeros((3, images), cls)
    y[rng.integers(0, 3, images), np.arange(images)] = 1
    return rng.random(shape).astype(cls), y
