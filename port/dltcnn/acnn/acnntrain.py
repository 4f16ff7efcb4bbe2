"""Port of matlab_ref/acnn/acnntrain.m."""

from ..matlab import (
    MatlabError,
    append,
    are_whole,
    isempty,
    isfield,
    isnumeric,
    numel,
    randperm,
    zeros,
)
from ..mfile import mfile
from .acnnapplygrads import acnnapplygrads
from .acnnbp import acnnbp
from .acnncheck import acnncheck
from .acnncount import acnncount
from .acnnff import acnnff
from .acnnget import acnnget
from .acnntargets import acnntargets
from .acnntext import acnntext


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
        Before the training, if an option is missing or wrong or the targets do not fit, as for
        `acnnloss`; and as the other functions do.
    """
    acnncheck(net)  # acnntrain.m:7
    count = acnncount(net, x)  # acnntrain.m:8
    batchsize = whole("batchsize", acnnget(opts, "batchsize", zeros((0, 0))))  # acnntrain.m:9
    numepochs = whole("numepochs", acnnget(opts, "numepochs", zeros((0, 0))))  # acnntrain.m:10
    if not isfield(opts, "alpha"):  # acnntrain.m:11
        raise MatlabError("opts.alpha is missing, expected a learning rate")  # acnntrain.m:12
    acnntargets(net, y, count)  # acnntrain.m:14
    net.rL = zeros((0, 0))  # acnntrain.m:15
    for _ in range(numepochs):  # acnntrain.m:16
        order = randperm(rng, count)  # acnntrain.m:17
        for first in range(0, count, batchsize):  # acnntrain.m:18
            chosen = order[first : min(first + batchsize, count)]  # acnntrain.m:19
            if acnnget(net.layers[0], "channels", 1) > 1:  # acnntrain.m:20
                net = acnnff(net, x[:, :, :, chosen])  # acnntrain.m:21
            else:
                net = acnnff(net, x[:, :, chosen])  # acnntrain.m:23
            net = acnnbp(net, y[:, chosen])  # acnntrain.m:25
            net = acnnapplygrads(net, opts)  # acnntrain.m:26
            if isempty(net.rL):  # acnntrain.m:27
                net.rL = append(net.rL, net.L)  # acnntrain.m:28
            net.rL = append(net.rL, 0.99 * net.rL[-1] + 0.01 * net.L)  # acnntrain.m:30
    return net


def whole(name, value):
    """Refuse what is not one whole number of at least 1; give it as an integer."""
    if isempty(value):  # acnntrain.m:37
        raise MatlabError(
            f"opts.{name} is missing, expected one whole number of at least 1"
        )  # acnntrain.m:38
    good = isnumeric(value) and numel(value) == 1  # acnntrain.m:40
    if not good or not are_whole(value):  # acnntrain.m:41
        raise MatlabError(
            f"opts.{name} is {acnntext(value)}, expected one whole number of at least 1"
        )  # acnntrain.m:42
    value = int(value[0])  # acnntrain.m:45
    return value
