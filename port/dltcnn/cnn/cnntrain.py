"""Port of CNN/cnntrain.m (DeepLearnToolbox 5df2801)."""

from ..matlab import (
    MatlabError,
    append,
    colon,
    isempty,
    mrdivide,
    randperm,
    rem,
    size,
    strings,
    zeros,
)
from ..mfile import mfile
from .cnnapplygrads import cnnapplygrads
from .cnnbp import cnnbp
from .cnnff import cnnff


@mfile
def cnntrain(net, x, y, opts, rng, verbose=True):
    """Train by stochastic gradient descent over shuffled batches.

    Port of CNN/cnntrain.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    net : Net
        A net from `cnnsetup`, or a trained one to train further.
    x : numpy.ndarray
        Images (rows, cols, N).
    y : numpy.ndarray
        Targets (classes, N) in [0, 1].
    opts : Opts
        alpha, batchsize (a divisor of N, at least 2) and numepochs.
    rng : OctaveRandom
        Where the shuffles are drawn from: any object with ``randperm(n)``, 0-based.
    verbose : bool
        Whether to print a line per epoch, as the toolbox does.

    Returns
    -------
    Net
        The trained net, with all fields of its last batch and the smoothed loss rL,
        (batches + 1,): the first batch's loss, then 0.99 of the last value and 0.01 of the batch's.

    Raises
    ------
    MatlabError
        If the batch size does not divide N, and as `cnnff`, `cnnbp` and `cnnapplygrads` do.
    """
    m = size(x, 3)  # cnntrain.m:2
    numbatches = mrdivide(m, opts.batchsize)  # cnntrain.m:3
    if rem(numbatches, 1) != 0:  # cnntrain.m:4
        raise MatlabError("numbatches not integer")  # cnntrain.m:5
    net.rL = zeros((0, 0))  # cnntrain.m:7
    for i in colon(opts.numepochs):  # cnntrain.m:8
        epoch = strings("epoch ", i + 1, "/", opts.numepochs)  # cnntrain.m:9
        if verbose:  # cnntrain.m:9
            print(epoch)  # cnntrain.m:9
        kk = randperm(rng, m)  # cnntrain.m:11
        for l in colon(numbatches):  # cnntrain.m:12
            batch_x = x[:, :, kk[l * opts.batchsize : (l + 1) * opts.batchsize]]  # cnntrain.m:13
            batch_y = y[:, kk[l * opts.batchsize : (l + 1) * opts.batchsize]]  # cnntrain.m:14

            net = cnnff(net, batch_x)  # cnntrain.m:16
            net = cnnbp(net, batch_y)  # cnntrain.m:17
            net = cnnapplygrads(net, opts)  # cnntrain.m:18
            if isempty(net.rL):  # cnntrain.m:19
                net.rL = append(net.rL, net.L)  # cnntrain.m:20
            net.rL = append(net.rL, 0.99 * net.rL[-1] + 0.01 * net.L)  # cnntrain.m:22
    return net
