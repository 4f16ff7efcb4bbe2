"""Port of matlab_ref/acnn/acnnsetup.m."""

import numpy as np

from .acnncheck import acnncheck
from .acnncount import acnncount
from .acnnget import acnnget
from .elementary import double, isfield, mat2str, pair
from .errors import MatlabError
from .matlab import minus, rdivide, size, sqrt, sum_, sums, times, zeros
from .mfile import mfile


@mfile
def acnnsetup(net, x, y, rng):
    """Give a net its weights.

    Port of matlab_ref/acnn/acnnsetup.m. Equation E28, where `net` has the field normalize.

    Parameters
    ----------
    net : Net
        Its layers: the first is 'i', with channels for images of several; then in any order

        - 'c', a convolution: outputmaps, kernelsize, maps (logical, maps below x outputmaps: who
          is connected to whom; default all);
        - 'a', a learned combination: outputmaps, kernelsize, shared (default True: one kernel for
          each map below; False: one for each pair), lam (at least 0, default 0) times the penalty
          'l1' (default) or 'entropy';
        - 's', a subsampling: scale, trainable (default False: it averages);
        - 'f', fully connected: units; only further 'f' may follow.

        All but the averaging 's' take an activation, 'sigm' (default), 'tanh' or 'linear', and so
        does the net for its output. The net's normalize, 'set' or 'pixel', brings images to mean 0
        and deviation 1, as one set or each pixel for itself.
    x : numpy.ndarray
        Images (rows, cols, N) or (rows, cols, channels, N), any class: the training set where
        `net` has normalize, else only their size counts.
    y : numpy.ndarray
        Targets (classes, N); only the number of classes counts.
    rng : OctaveRandom
        Where the weights are drawn from: any object with ``rand(rows, cols)``.

    Returns
    -------
    Net
        A net with weights k and W and ffW drawn uniformly within sqrt(6 / (fan_in + fan_out))
        around 0, biases of 0, logits c of 0 and beta of one over the window; all double. With
        normalize also mu and sigma.

    Raises
    ------
    MatlabError
        If the layers do not fit each other or the images: which layer, what was got, what was
        expected.
    """
    acnncheck(net)  # acnnsetup.m:7
    count = acnncount(net, x)  # acnnsetup.m:8
    if isfield(net, "normalize"):  # acnnsetup.m:9
        net = moments(net, x, count)  # acnnsetup.m:10
    maps = acnnget(net.layers[0], "channels", 1)  # acnnsetup.m:12
    side = np.array([size(x, 1), size(x, 2)], float)  # acnnsetup.m:13
    for l in range(1, len(net.layers)):  # acnnsetup.m:14
        layer = net.layers[l]  # acnnsetup.m:15
        if layer.type == "s":  # acnnsetup.m:16
            below = side  # acnnsetup.m:17
            side = side / layer.scale  # acnnsetup.m:18
            if np.any(side != np.floor(side)):  # acnnsetup.m:19
                raise MatlabError(
                    f"layer {l + 1}: its scale {mat2str(layer.scale)} does not divide "
                    f"the maps of {below[0]:.0f}x{below[1]:.0f} below it"
                )  # acnnsetup.m:20
            net.layers[l].b[:maps] = [0.0] * maps  # acnnsetup.m:23
            if acnnget(layer, "trainable", False):  # acnnsetup.m:24
                net.layers[l].beta[:maps] = [
                    1 / float(np.prod(pair(layer.scale)))
                ] * maps  # acnnsetup.m:25
        elif layer.type == "f":  # acnnsetup.m:27
            features = np.prod(side) * maps  # acnnsetup.m:28
            net.layers[l].W = uniform(
                rng, (layer.units, features), layer.units + features
            )  # acnnsetup.m:29
            net.layers[l].b = zeros((layer.units, 1))  # acnnsetup.m:30
            maps = layer.units  # acnnsetup.m:31
            side = np.ones(2)  # acnnsetup.m:32
        else:
            q = pair(layer.kernelsize)  # acnnsetup.m:34
            if np.any(side < q):  # acnnsetup.m:35
                raise MatlabError(
                    f"layer {l + 1}: its kernels of {q[0]:.0f}x{q[1]:.0f} are larger than "
                    f"the maps of {side[0]:.0f}x{side[1]:.0f} below it"
                )  # acnnsetup.m:36
            side = side - q + 1  # acnnsetup.m:39
            outputs = layer.outputmaps  # acnnsetup.m:40
            table = acnnget(layer, "maps", np.ones((maps, outputs), bool))  # acnnsetup.m:41
            kernels = outputs  # acnnsetup.m:42
            if layer.type == "a":  # acnnsetup.m:43
                net.layers[l].c = zeros((maps, outputs))  # acnnsetup.m:44
                if acnnget(layer, "shared", True):  # acnnsetup.m:45
                    kernels = 1  # acnnsetup.m:46
            for j in range(kernels):  # acnnsetup.m:49
                for i in range(maps):  # acnnsetup.m:50
                    net.layers[l].k[i][j] = zeros((0, 0))  # acnnsetup.m:51
                    if table[i, j]:  # acnnsetup.m:52
                        fans = (sum_(table[:, j]) + sum_(table[i, :])) * np.prod(
                            q
                        )  # acnnsetup.m:53
                        net.layers[l].k[i][j] = uniform(rng, q, fans)  # acnnsetup.m:54
            net.layers[l].b[:outputs] = [0.0] * outputs  # acnnsetup.m:58
            maps = outputs  # acnnsetup.m:59
    features = np.prod(side) * maps  # acnnsetup.m:62
    classes = size(y, 1)  # acnnsetup.m:63
    net.ffb = zeros((classes, 1))  # acnnsetup.m:64
    net.ffW = uniform(rng, (classes, features), classes + features)  # acnnsetup.m:65
    return net


def uniform(rng, dims, fans):
    """Draw weights, uniform within sqrt(6 / fans) around 0."""
    w = (rng.rand(*dims) - 0.5) * 2 * sqrt(rdivide(6, fans))  # acnnsetup.m:70
    return w


def moments(net, x, count):
    """Take mean and deviation of the training set, of all pixels or of each, in two passes."""
    x = double(x)  # acnnsetup.m:75
    along = 3 + (acnnget(net.layers[0], "channels", 1) > 1)  # acnnsetup.m:76
    if net.normalize == "pixel":  # acnnsetup.m:77
        x = x.reshape((*np.shape(x), 1)[:along])  # acnnsetup.m:77
        net.mu = rdivide(sums(x, along), count)  # acnnsetup.m:78
        off = minus(x, net.mu)  # acnnsetup.m:79
        net.sigma = sqrt(rdivide(sums(times(off, off), along), max(count - 1, 1)))  # acnnsetup.m:80
    else:
        net.mu = rdivide(sum_(x), x.size)  # acnnsetup.m:82
        off = minus(x, net.mu)  # acnnsetup.m:83
        net.sigma = sqrt(rdivide(sum_(times(off, off)), max(x.size - 1, 1)))  # acnnsetup.m:84
    net.sigma = np.where(net.sigma == 0, 1.0, net.sigma)  # acnnsetup.m:86
    return net
