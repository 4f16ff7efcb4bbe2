"""Nets of the acnn functions, for their tests."""

import numpy as np

from dltcnn import Layer, Net, OctaveRandom, acnnsetup

RNG = np.random.default_rng(5)
X = RNG.random((9, 9, 6))
Y = np.eye(3)[:, [0, 1, 2, 0, 1, 2]]


def set_up(*layers, x=X, y=Y, seed=1, **fields):
    """A net with weights."""
    return acnnsetup(Net([Layer("i"), *layers], **fields), x, y, OctaveRandom(seed))


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
