"""Port of matlab_ref/acnn/acnntrain.m."""

import numpy as np

from .acnnapplygrads import acnnapplygrads
from .acnnbp import acnnbp
from .acnncount import acnncount
from .acnnff import acnnff
from .acnnget import acnnget
from .classes import size
from .elementary import chosen as taken
from .elementary import isfield, mat2str, wholes
from .errors import MatlabError
from .indexing import columns
from .matlab import append, plus, times, zeros
from .mfile import mfile


@mfile
def acnntrain(net, x, y, opts, rng):
    """Train by gradient descent over shuffled batches.

    Port of matlab_ref/acnn/acnntrain.m.

    Parameters
    ----------
    net : Net
        A net from `acnnsetup`, or a trained one to train further.
    x : numpy.ndarray
        Images (rows, cols, N) or (rows, cols, channels, N).
    y : numpy.ndarray
        Targets (classes, N), as for `acnnloss`.
    opts : Opts
        alpha as for `acnnapplygrads`, batchsize (at least 1; the last batch may be smaller) and
        numepochs.
    rng : OctaveRandom
        Where the shuffles are drawn from: any object with ``randperm(n)``, 0-based.

    Returns
    -------
    Net
        The trained net, with all fields of its last batch and the smoothed loss rL,
        (batches + 1,): the first batch's loss, then 0.99 of the last value and 0.01 of the batch's.

    Raises
    ------
    MatlabError
        If an option is missing or wrong, images and targets differ in number, and as the other
        functions do.
    """
    count = acnncount(net, x)  # acnntrain.m:7
    whole("batchsize", acnnget(opts, "batchsize", zeros((0, 0))))  # acnntrain.m:8
    whole("numepochs", acnnget(opts, "numepochs", zeros((0, 0))))  # acnntrain.m:9
    if not isfield(opts, "alpha"):  # acnntrain.m:10
        raise MatlabError("opts.alpha is missing, expected a learning rate")  # acnntrain.m:11
    if size(y, 2) != count:  # acnntrain.m:13
        raise MatlabError(
            f"y has {size(y, 2)} columns, expected one for each of the {count} images"
        )  # acnntrain.m:14
    net.rL = zeros((0, 0))  # acnntrain.m:17
    for _ in range(int(opts.numepochs)):  # acnntrain.m:18
        order = rng.randperm(count)  # acnntrain.m:19
        for first in range(0, count, int(opts.batchsize)):  # acnntrain.m:20
            chosen = order[first : min(first + int(opts.batchsize), count)]  # acnntrain.m:21
            if acnnget(net.layers[0], "channels", 1) > 1:  # acnntrain.m:22
                net = acnnff(net, taken(x, chosen, 4))  # acnntrain.m:23
            else:
                net = acnnff(net, taken(x, chosen, 3))  # acnntrain.m:25
            net = acnnbp(net, columns(y, chosen))  # acnntrain.m:27
            net = acnnapplygrads(net, opts)  # acnntrain.m:28
            if net.rL.size == 0:  # acnntrain.m:29
                net.rL = append(net.rL, net.L)  # acnntrain.m:30
            net.rL = append(
                net.rL, plus(times(0.99, net.rL[-1]), times(0.01, net.L))
            )  # acnntrain.m:32
    return net


def whole(name, value):
    """Refuse what is not one whole number of at least 1."""
    if np.size(value) == 0:  # acnntrain.m:39
        raise MatlabError(
            f"opts.{name} is missing, expected one whole number of at least 1"
        )  # acnntrain.m:40
    if np.size(value) != 1 or not wholes(value):  # acnntrain.m:42
        raise MatlabError(
            f"opts.{name} is {mat2str(value)}, expected one whole number of at least 1"
        )  # acnntrain.m:43
