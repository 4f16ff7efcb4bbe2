"""Port of matlab_ref/acnn/acnnbp.m."""

from ..matlab import (
    cell,
    colon,
    convn,
    double,
    flipdim,
    floor,
    horzcat,
    isempty,
    mean,
    numel,
    prod,
    reshape,
    row,
    size,
    sum_,
    vertcat,
    zeros,
)
from ..mfile import mfile
from .acnndelta import acnndelta
from .acnnget import acnnget
from .acnnloss import acnnloss
from .acnnpenalty import acnnpenalty


@mfile
def acnnbp(net, y):
    """Propagate the error back and take the gradients.

    Port of matlab_ref/acnn/acnnbp.m. Equations E4 to E7, E9 to E11, E13, E15, E16, E21, E22 and
    E26, with those of `acnnloss` and `acnnpenalty`.

    Parameters
    ----------
    net : Net
        A net after `acnnff`.
    y : numpy.ndarray
        Targets (classes, N), as for `acnnloss`.

    Returns
    -------
    Net
        A net with the error e, the loss L, the sensitivities od, fvd and d, and the gradients dk,
        db, dbeta, dc, dA, dW, dffW and dffb: means over the batch, penalties added once.

    Raises
    ------
    MatlabError
        If `y` does not fit the outputs or their activation.
    """
    net.L, net.e = acnnloss(net, y)  # acnnbp.m:6
    last = len(net.layers)  # acnnbp.m:7
    count = size(net.o, 2)  # acnnbp.m:8

    net.od = acnndelta(net, net.o, net.e)  # acnnbp.m:10
    net.fvd = acnndelta(net.layers[last - 1], net.fv, net.ffW.T @ net.od)  # acnnbp.m:11
    net.layers[last - 1].d = unstack(net.fvd, net.layers[last - 1].a)  # acnnbp.m:12
    for l in reversed(range(1, last - 1)):  # acnnbp.m:13
        a = net.layers[l].a  # acnnbp.m:14
        g = back(net.layers[l + 1], a)  # acnnbp.m:15
        for i in range(len(a)):  # acnnbp.m:16
            net.layers[l].d[i] = acnndelta(net.layers[l], a[i], g[i])  # acnnbp.m:17

    for l in range(1, last):  # acnnbp.m:21
        below = net.layers[l - 1].a  # acnnbp.m:22
        if net.layers[l].type == "c":  # acnnbp.m:23
            net.layers[l] = convolution(net.layers[l], below, count)  # acnnbp.m:24
        elif net.layers[l].type == "a":  # acnnbp.m:25
            net.layers[l] = combination(net.layers[l], below, count)  # acnnbp.m:26
        elif net.layers[l].type == "f":  # acnnbp.m:27
            net.layers[l].dW = net.layers[l].d[0] @ net.layers[l].fv.T / count  # acnnbp.m:28
            net.layers[l].db = mean(net.layers[l].d[0], 2)  # acnnbp.m:29
        elif acnnget(net.layers[l], "trainable", False):  # acnnbp.m:30
            net.layers[l] = subsampling(net.layers[l], count)  # acnnbp.m:31
    net.dffW = net.od @ net.fv.T / count  # acnnbp.m:34
    net.dffb = mean(net.od, 2)  # acnnbp.m:35
    return net


def unstack(fv, a):
    """Cut feature vectors into maps of the sizes of `a`."""
    parts = cell(len(a))  # acnnbp.m:40
    first = 0  # acnnbp.m:41
    for j in range(len(a)):  # acnnbp.m:42
        rows = numel(a[j]) / size(fv, 2)  # acnnbp.m:43
        parts[j] = reshape(fv[first : first + rows, :], *a[j].shape)  # acnnbp.m:44
        first = first + rows  # acnnbp.m:45
    return parts


def back(above, a):
    """Return the gradients for the maps `a`, from the sensitivities of the layer above."""
    g = cell(len(a))  # acnnbp.m:51
    if above.type == "f":  # acnnbp.m:52
        g = unstack(above.W.T @ above.d[0], a)  # acnnbp.m:53
    elif above.type == "s":  # acnnbp.m:54
        s = double(above.scale) * row(1, 1)  # acnnbp.m:55
        for i in range(len(a)):  # acnnbp.m:56
            rows = floor(colon(size(a[i], 1)) / s[0])  # acnnbp.m:57
            cols = floor(colon(size(a[i], 2)) / s[1])  # acnnbp.m:58
            up = above.d[i][rows, cols, :]  # acnnbp.m:59
            if acnnget(above, "trainable", False):  # acnnbp.m:60
                g[i] = above.beta[i] * up  # acnnbp.m:61
            else:
                g[i] = up / prod(s)  # acnnbp.m:63
    else:
        for i in range(len(a)):  # acnnbp.m:67
            z = zeros(a[i].shape)  # acnnbp.m:68
            for j in range(len(above.d)):  # acnnbp.m:69
                if above.type == "a":  # acnnbp.m:70
                    k = above.k[i][min(j, len(above.k[i]) - 1)]  # acnnbp.m:71
                    z = z + above.A[i, j] * convn(above.d[j], rot180(k), "full")  # acnnbp.m:72
                elif not isempty(above.k[i][j]):  # acnnbp.m:73
                    z = z + convn(above.d[j], rot180(above.k[i][j]), "full")  # acnnbp.m:74
            g[i] = z  # acnnbp.m:77
    return g


def convolution(layer, below, count):
    """Take the gradients of a convolution layer; a missing pair of its table has none."""
    for j in range(len(layer.d)):  # acnnbp.m:84
        for i in range(len(below)):  # acnnbp.m:85
            layer.dk[i][j] = zeros((0, 0))  # acnnbp.m:86
            if not isempty(layer.k[i][j]):  # acnnbp.m:87
                layer.dk[i][j] = correlated(below[i], layer.d[j], count)  # acnnbp.m:88
        layer.db[j] = sum_(layer.d[j]) / count  # acnnbp.m:91
    return layer


def combination(layer, below, count):
    """Take the gradients of a combination layer."""
    dE = zeros((0, 0))  # acnnbp.m:97
    for j in range(len(layer.d)):  # acnnbp.m:98
        column = zeros((0, 0))  # acnnbp.m:99
        for i in range(len(below)):  # acnnbp.m:100
            q = min(j, len(layer.k[i]) - 1)  # acnnbp.m:101
            t = layer.d[j] * layer.p[i][q]  # acnnbp.m:102
            column = vertcat(column, sum_(t) / count)  # acnnbp.m:103
            dk = layer.A[i, j] * correlated(below[i], layer.d[j], count)  # acnnbp.m:104
            if q < j:  # acnnbp.m:105
                dk = layer.dk[i][q] + dk  # acnnbp.m:106
            layer.dk[i][q] = dk  # acnnbp.m:108
        dE = horzcat(dE, column)  # acnnbp.m:110
        layer.db[j] = sum_(layer.d[j]) / count  # acnnbp.m:111
    _, dA, dc = acnnpenalty(layer)  # acnnbp.m:113
    dEc = layer.A * (dE - sum_(dE * layer.A, 1))  # acnnbp.m:114
    layer.dA = dE + dA  # acnnbp.m:115
    layer.dc = dEc + dc  # acnnbp.m:116
    return layer


def subsampling(layer, count):
    """Take the gradients of a subsampling layer with trainable scale and bias."""
    for j in range(len(layer.d)):  # acnnbp.m:121
        t = layer.d[j] * layer.pool[j]  # acnnbp.m:122
        layer.dbeta[j] = sum_(t) / count  # acnnbp.m:123
        layer.db[j] = sum_(layer.d[j]) / count  # acnnbp.m:124
    return layer


def correlated(a, d, count):
    """Return the gradient of a kernel between the maps `a` and the sensitivities `d`."""
    dk = convn(flipdim(flipdim(flipdim(a, 1), 2), 3), d, "valid") / count  # acnnbp.m:130
    return dk


def rot180(k):
    """Turn a kernel by 180 degrees."""
    k = flipdim(flipdim(k, 1), 2)  # acnnbp.m:135
    return k
