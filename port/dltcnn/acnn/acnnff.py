"""Port of matlab_ref/acnn/acnnff.m."""

from ..matlab import (
    MatlabError,
    any_,
    array,
    cell,
    convn,
    double,
    floor,
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
        If the layers do not fit together, the net has no weights or other layers than at its
        setup, or the images are not of the size it was set up for: which layer, what reaches it.
        (Images turned on their side are told only where the sizes of the maps tell them.)
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
            shape = row(size(below[0], 1), size(below[0], 2))  # acnnff.m:15
            checksides(l, below[0], s, shape / s)  # acnnff.m:15
            for j in range(len(below)):  # acnnff.m:16
                if acnnget(layer, "trainable", False):  # acnnff.m:17
                    net.layers[l].pool[j] = down(below[j], ones(s))  # acnnff.m:18
                    u = layer.beta[j] * net.layers[l].pool[j] + layer.b[j]  # acnnff.m:19
                    net.layers[l].a[j] = acnnactivate(layer, u)  # acnnff.m:20
                else:
                    net.layers[l].a[j] = down(below[j], ones(s) / prod(s))  # acnnff.m:22
        elif layer.type == "f":  # acnnff.m:25
            net.layers[l].fv = stack(below, count)  # acnnff.m:26
            checkfeatures(l, layer.W, net.layers[l].fv)  # acnnff.m:27
            u = layer.W @ net.layers[l].fv + repmat(layer.b, 1, count)  # acnnff.m:28
            net.layers[l].a[0] = acnnactivate(layer, u)  # acnnff.m:29
        else:
            sides = row(size(below[0], 1), size(below[0], 2))  # acnnff.m:31
            sides = sides - double(layer.kernelsize) * row(1, 1) + 1  # acnnff.m:31
            checksides(l, below[0], double(layer.kernelsize) * row(1, 1), sides)  # acnnff.m:32
            if layer.type == "a":  # acnnff.m:33
                net.layers[l].A = acnnsoftmax(layer.c)[0]  # acnnff.m:34
                for i in range(len(below)):  # acnnff.m:35
                    for q in range(len(layer.k[i])):  # acnnff.m:36
                        net.layers[l].p[i][q] = convn(
                            below[i], layer.k[i][q], "valid"
                        )  # acnnff.m:37
            for j in range(layer.outputmaps):  # acnnff.m:41
                u = zeros(row(sides, count))  # acnnff.m:42
                for i in range(len(below)):  # acnnff.m:43
                    if layer.type == "a":  # acnnff.m:44
                        q = min(j, len(layer.k[i]) - 1)  # acnnff.m:45
                        u = u + net.layers[l].A[i, j] * net.layers[l].p[i][q]  # acnnff.m:46
                    elif not isempty(layer.k[i][j]):  # acnnff.m:47
                        u = u + convn(below[i], layer.k[i][j], "valid")  # acnnff.m:48
                net.layers[l].a[j] = acnnactivate(layer, u + layer.b[j])  # acnnff.m:51

    net.fv = stack(net.layers[last - 1].a, count)  # acnnff.m:56
    checkfeatures(last, net.ffW, net.fv)  # acnnff.m:57
    net.o = acnnactivate(net, net.ffW @ net.fv + repmat(net.ffb, 1, count))  # acnnff.m:58
    return net


def channels(net, x, count):
    """Return the maps of the input layer: one per channel, normalized where the net says so."""
    if isfield(net, "mu"):  # acnnff.m:63
        x = floating(x)  # acnnff.m:64
        sides = row(size(net.mu, 1), size(net.mu, 2))  # acnnff.m:65
        if numel(net.mu) != 1 and any_(row(size(x, 1), size(x, 2)) != sides):  # acnnff.m:65
            raise MatlabError(
                f"layer 1: images of {size(x, 1)}x{size(x, 2)} were given, "
                f"expected {size(net.mu, 1)}x{size(net.mu, 2)}: the size of net.mu"
            )  # acnnff.m:66
        x = (x - net.mu) / net.sigma  # acnnff.m:70
    # One image may be (rows, cols) in numpy; a map is (rows, cols, N).
    a = [array(x).reshape(size(x, 1), size(x, 2), -1)]  # acnnff.m:72
    if acnnget(net.layers[0], "channels", 1) > 1:  # acnnff.m:73
        a = cell(size(x, 3))  # acnnff.m:74
        for i in range(size(x, 3)):  # acnnff.m:75
            a[i] = reshape(x[:, :, i, :], size(x, 1), size(x, 2), count)  # acnnff.m:76
    return a


def down(x, weights):
    """Return the weighted sum over each block of `x`, as large as `weights`."""
    z = convn(x, weights, "valid")  # acnnff.m:83
    z = z[:: size(weights, 1), :: size(weights, 2), :]  # acnnff.m:84
    return z


def stack(a, count):
    """Return the feature vectors: all maps of an image below each other, column by column."""
    fv = zeros((0, 0))  # acnnff.m:89
    for j in range(len(a)):  # acnnff.m:90
        fv = vertcat(fv, reshape(floating(a[j]), numel(a[j]) / count, count))  # acnnff.m:91
    return fv


def floating(x):
    """Return the same values as double, where `x` is an integer or logical."""
    if not isfloat(x):  # acnnff.m:97
        x = double(x)  # acnnff.m:98
    return x


def checkfeatures(l, W, fv):
    """Refuse images of another size than the weights were made for."""
    if size(W, 2) != size(fv, 1):  # acnnff.m:104
        raise MatlabError(
            f"layer {l + 1}: {size(fv, 1)} features reach it, expected {size(W, 2)}: "
            "run acnnsetup for images of this size"
        )  # acnnff.m:105


def checksides(l, below, window, sides):
    """Refuse images of another size than the net was set up for, whose maps have no such sides."""
    if any_(sides != floor(sides)) or any_(sides < 1):  # acnnff.m:112
        raise MatlabError(
            f"layer {l + 1}: maps of {size(below, 1)}x{size(below, 2)} reach it, "
            f"expected maps that its windows of {int(window[0])}x{int(window[1])} fit: "
            "run acnnsetup for images of this size"
        )  # acnnff.m:113
