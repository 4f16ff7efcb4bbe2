"""Port of matlab_ref/acnn/acnnff.m."""

from ..matlab import (
    MatlabError,
    any_,
    array,
    cell,
    convn,
    double,
    isempty,
    isfield,
    isfloat,
    numel,
    ones,
    prod,
    repmat,
    reshape,
    row,
    size,
    vertcat,
    zeros,
)
from ..mfile import mfile
from .acnnactivate import acnnactivate
from .acnncheck import acnncheck
from .acnncount import acnncount
from .acnnfits import acnnfits
from .acnnget import acnnget
from .acnnsoftmax import acnnsoftmax


@mfile
def acnnff(net, x):
    """Feed images forward.

    Port of matlab_ref/acnn/acnnff.m. Equations E3, E8, E14, E17, E19, E27 and E28.

    Parameters
    ----------
    net : Net
        A net with weights, from `acnnsetup`.
    x : numpy.ndarray
        Images (rows, cols, N), or (rows, cols, channels, N) for several channels; N at least 1;
        double, single, logical or an integer class.

    Returns
    -------
    Net
        A net with activations a, feature vectors fv (features, N) and outputs o (classes, N), in
        the range of the activation; combination layers get A and p (the maps below convolved),
        trainable subsampling layers pool (sums over the windows). Single where `x` or the weights
        are.

    Raises
    ------
    MatlabError
        If the layers do not fit together or the images do not fit the weights.
    """
    acnncheck(net)  # acnnff.m:5
    count = acnncount(net, x)  # acnnff.m:6
    acnnfits(net)  # acnnff.m:7
    last = len(net.layers)  # acnnff.m:8
    net.layers[0].a = channels(net, x, count)  # acnnff.m:9
    for l in range(1, last):  # acnnff.m:10
        layer = net.layers[l]  # acnnff.m:11
        below = net.layers[l - 1].a  # acnnff.m:12
        if layer.type == "s":  # acnnff.m:13
            s = double(layer.scale) * row(1, 1)  # acnnff.m:14
            for j in range(len(below)):  # acnnff.m:15
                if acnnget(layer, "trainable", False):  # acnnff.m:16
                    net.layers[l].pool[j] = down(below[j], ones(s))  # acnnff.m:17
                    u = layer.beta[j] * net.layers[l].pool[j] + layer.b[j]  # acnnff.m:18
                    net.layers[l].a[j] = acnnactivate(layer, u)  # acnnff.m:19
                else:
                    net.layers[l].a[j] = down(below[j], ones(s) / prod(s))  # acnnff.m:21
        elif layer.type == "f":  # acnnff.m:24
            net.layers[l].fv = stack(below, count)  # acnnff.m:25
            checkfeatures(l, layer.W, net.layers[l].fv)  # acnnff.m:26
            u = layer.W @ net.layers[l].fv + repmat(layer.b, 1, count)  # acnnff.m:27
            net.layers[l].a[0] = acnnactivate(layer, u)  # acnnff.m:28
        else:
            sides = row(size(below[0], 1), size(below[0], 2))  # acnnff.m:30
            sides = sides - double(layer.kernelsize) * row(1, 1) + 1  # acnnff.m:30
            if layer.type == "a":  # acnnff.m:31
                net.layers[l].A = acnnsoftmax(layer.c)[0]  # acnnff.m:32
                for i in range(len(below)):  # acnnff.m:33
                    for q in range(len(layer.k[i])):  # acnnff.m:34
                        net.layers[l].p[i][q] = convn(
                            below[i], layer.k[i][q], "valid"
                        )  # acnnff.m:35
            for j in range(layer.outputmaps):  # acnnff.m:39
                u = zeros(row(sides, count))  # acnnff.m:40
                for i in range(len(below)):  # acnnff.m:41
                    if layer.type == "a":  # acnnff.m:42
                        q = min(j, len(layer.k[i]) - 1)  # acnnff.m:43
                        u = u + net.layers[l].A[i, j] * net.layers[l].p[i][q]  # acnnff.m:44
                    elif not isempty(layer.k[i][j]):  # acnnff.m:45
                        u = u + convn(below[i], layer.k[i][j], "valid")  # acnnff.m:46
                net.layers[l].a[j] = acnnactivate(layer, u + layer.b[j])  # acnnff.m:49

    net.fv = stack(net.layers[last - 1].a, count)  # acnnff.m:54
    checkfeatures(last, net.ffW, net.fv)  # acnnff.m:55
    net.o = acnnactivate(net, net.ffW @ net.fv + repmat(net.ffb, 1, count))  # acnnff.m:56
    return net


def channels(net, x, count):
    """Return the maps of the input layer: one per channel, normalized where the net says so."""
    if isfield(net, "mu"):  # acnnff.m:61
        x = floating(x)  # acnnff.m:62
        sides = row(size(net.mu, 1), size(net.mu, 2))  # acnnff.m:63
        if numel(net.mu) != 1 and any_(row(size(x, 1), size(x, 2)) != sides):  # acnnff.m:63
            raise MatlabError(
                f"layer 1: images of {size(x, 1)}x{size(x, 2)} were given, "
                f"expected {size(net.mu, 1)}x{size(net.mu, 2)}: the size of net.mu"
            )  # acnnff.m:64
        x = (x - net.mu) / net.sigma  # acnnff.m:68
    # One image may be (rows, cols) in numpy; a map is (rows, cols, N).
    a = [array(x).reshape(size(x, 1), size(x, 2), -1)]  # acnnff.m:70
    if acnnget(net.layers[0], "channels", 1) > 1:  # acnnff.m:71
        a = cell(size(x, 3))  # acnnff.m:72
        for i in range(size(x, 3)):  # acnnff.m:73
            a[i] = reshape(x[:, :, i, :], size(x, 1), size(x, 2), count)  # acnnff.m:74
    return a


def down(x, weights):
    """Return the weighted sum over each block of `x`, as large as `weights`."""
    z = convn(x, weights, "valid")  # acnnff.m:81
    z = z[:: size(weights, 1), :: size(weights, 2), :]  # acnnff.m:82
    return z


def stack(a, count):
    """Return the feature vectors: all maps of an image below each other, column by column."""
    fv = zeros((0, 0))  # acnnff.m:87
    for j in range(len(a)):  # acnnff.m:88
        fv = vertcat(fv, reshape(floating(a[j]), numel(a[j]) / count, count))  # acnnff.m:89
    return fv


def floating(x):
    """Return the same values as double, where `x` is an integer or logical."""
    if not isfloat(x):  # acnnff.m:95
        x = double(x)  # acnnff.m:96
    return x


def checkfeatures(l, W, fv):
    """Refuse images of another size than the weights were made for."""
    if size(W, 2) != size(fv, 1):  # acnnff.m:102
        raise MatlabError(
            f"layer {l + 1}: {size(fv, 1)} features reach it, expected {size(W, 2)}: "
            "run acnnsetup for images of this size"
        )  # acnnff.m:103
