"""Small trainings, and their results in every bit."""

import numpy as np

from both_sides.functions import images, net_of
from dltcnn import Layer, Net, OctaveRandom, Opts, acnnsetup
from dltcnn.acnn.acnntrain import acnntrain as acnn_line_by_line
from dltcnn.cnn.cnntrain import cnntrain as cnn_line_by_line
from dltcnn.matlab.struct import Struct

BATCHES, EPOCHS = 3, 3  # of `cnn_case` and `acnn_case`


def cnn_case(x_class=float, y_class=float):
    """A net of the toolbox's, images and targets."""
    x, y = images(8, 8, 12)
    x, y = x.astype(x_class), y.astype(y_class)
    return net_of("2c3-2s", x, y), x, y


def acnn_case(channels=1, count=11, activation="sigm"):
    """A net of acnn's whose last batch is smaller, with several kinds of layers."""
    rng = np.random.default_rng(3)
    shape = (8, 8, channels, count) if channels > 1 else (8, 8, count)
    x, y = rng.random(shape), np.eye(3)[:, rng.integers(0, 3, count)]
    layers = [
        Layer("i", channels=channels) if channels > 1 else Layer("i"),
        Layer("c", outputmaps=2, kernelsize=3),
        Layer("s", scale=2, trainable=True),
        Layer("a", outputmaps=2, kernelsize=2, lam=0.1, penalty="entropy"),
        Layer("f", units=4),
    ]
    net = acnnsetup(Net(layers, activation=activation), x, y, OctaveRandom(1))
    return net, x, y


def options(**changes):
    """Three epochs of three batches."""
    return Opts(**{"alpha": 0.7, "batchsize": 4, "numepochs": EPOCHS} | changes)


def line_by_line(net, x, y, opts, rng):
    """The ported function, cnntrain or acnntrain."""
    if "activation" in vars(net):
        return acnn_line_by_line(net, x, y, opts, rng)
    return cnn_line_by_line(net, x, y, opts, rng, False)


def bits(value, path="net"):
    """Every field of a net in its order: class, size, layout of cells, and bits."""
    if isinstance(value, Struct):
        found = {}
        for name, item in vars(value).items():
            found |= bits(item, f"{path}.{name}")
        return found
    if isinstance(value, list | tuple):
        found = {path: (type(value).__name__, len(value))}
        for number, item in enumerate(value):
            found |= bits(item, f"{path}[{number}]")
        return found
    if isinstance(value, np.ndarray | np.generic | float):
        array = np.asarray(value)
        return {path: (array.dtype, array.shape, array.tobytes())}
    return {path: value}


def assert_same_bits(one, other):
    """Demand two nets that no program could tell apart."""
    one, other = bits(one), bits(other)
    assert len(one) > 20, "nothing was compared"
    assert [*one] == [*other]
    assert not [path for path in one if one[path] != other[path]]
