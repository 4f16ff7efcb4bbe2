"""Calls of public functions, with and without the front door."""

import warnings

import numpy as np

import dltcnn
from dltcnn import DltWarning, Layer, Net, OctaveRandom, Opts, functions, load_digits

_DIGITS = load_digits()
X, Y = _DIGITS.train_x[:, :, :40], _DIGITS.train_y[:, :40]  # 8x8, ten classes
OPTS = Opts(alpha=1, batchsize=10, numepochs=1)
PLACES = {"cnn": (dltcnn, "cnn"), "acnn": (dltcnn, "acnn")}


def layers(kernelsize=3, scale=2, **fields):
    """A net of 27 features of an 8x8 image, without weights."""
    kernels = Layer("c", outputmaps=3, kernelsize=kernelsize)
    return Net([Layer("i"), kernels, Layer("s", scale=scale)], **fields)


def net_of(family, y=Y, **fields):
    """The same with weights."""
    return getattr(functions, f"{family}setup")(layers(**fields), X, y, OctaveRandom(0))


def called(module, family, task, net, x, y, opts=OPTS):
    """Call a function of a family, by its name without the prefix."""
    function = getattr(module, family + task)
    if task == "setup":
        return function(net, x, y, OctaveRandom(0))
    if task == "train":
        return function(net, x, y, opts, OctaveRandom(0), verbose=False)
    if task in ("ff", "predict"):
        return function(net, x)
    if task == "bp":
        return function(net, y)
    return function(net, x, y)


def outcome(module, *arguments):
    """What a call raises, or None, and the warnings of ours before."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", DltWarning)
        try:
            called(module, *arguments)
        except ValueError as error:
            return error, [str(each.message) for each in caught]
    return None, [str(each.message) for each in caught]


def lists(x):
    """The images one by one."""
    return [x[:, :, n] for n in range(x.shape[2])]


def flat(x):
    """The images in rows of bytes, as files have them."""
    return np.uint8(x.reshape(64, -1, order="F").T * 255)
