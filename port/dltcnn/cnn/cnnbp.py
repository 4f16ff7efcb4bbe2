"""Port of CNN/cnnbp.m (DeepLearnToolbox 5df2801)."""

from ..matlab.convn import convn
from ..matlab.division import mpower2, row
from ..matlab.operators import (
    flipdim,
    mean,
    minus,
    mtimes,
    numel,
    plus,
    rdivide,
    reshape,
    size,
    sum_,
    times,
    transpose,
    zeros,
)
from ..matlab.subscripts import rows
from ..mfile import mfile
from ..util.expand import expand
from ..util.flipall import flipall


@mfile
def cnnbp(net, y):
    """Propagate the error back and take the gradients.

    Port of CNN/cnnbp.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    net : Net
        A net after `cnnff`.
    y : numpy.ndarray
        Targets (classes, N) in [0, 1], double, single or logical.

    Returns
    -------
    Net
        A net with the error e, the loss L, the deltas od, fvd and d, and the gradients dk, db,
        dffW and dffb, means over the batch.

    Raises
    ------
    MatlabError
        If `y` does not fit the outputs, is of an integer class, or two layers of one type follow
        each other.
    """
    n = len(net.layers)  # cnnbp.m:2

    net.e = minus(net.o, y)  # cnnbp.m:5
    net.L = rdivide(times(0.5, sum_(times(net.e, net.e))), size(net.e, 2))  # cnnbp.m:7

    net.od = times(net.e, times(net.o, minus(1, net.o)))  # cnnbp.m:10
    net.fvd = mtimes(transpose(net.ffW), net.od)  # cnnbp.m:11
    if net.layers[n - 1].type == "c":  # cnnbp.m:12
        net.fvd = times(net.fvd, times(net.fv, minus(1, net.fv)))  # cnnbp.m:13

    sa = size(net.layers[n - 1].a[0])  # cnnbp.m:17
    fvnum = sa[0] * sa[1]  # cnnbp.m:18
    for j in range(numel(net.layers[n - 1].a)):  # cnnbp.m:19
        net.layers[n - 1].d[j] = reshape(
            rows(net.fvd, j * fvnum, (j + 1) * fvnum), sa[0], sa[1], sa[2]
        )  # cnnbp.m:20

    for l in reversed(range(n - 1)):  # cnnbp.m:23
        if net.layers[l].type == "c":  # cnnbp.m:24
            for j in range(numel(net.layers[l].a)):  # cnnbp.m:25
                net.layers[l].d[j] = times(
                    times(net.layers[l].a[j], minus(1, net.layers[l].a[j])),
                    rdivide(
                        expand(
                            net.layers[l + 1].d[j],
                            row(net.layers[l + 1].scale, net.layers[l + 1].scale, 1),
                        ),
                        mpower2(net.layers[l + 1].scale),
                    ),
                )  # cnnbp.m:26
        elif net.layers[l].type == "s":  # cnnbp.m:28
            for i in range(numel(net.layers[l].a)):  # cnnbp.m:29
                z = zeros(size(net.layers[l].a[0]))  # cnnbp.m:30
                for j in range(numel(net.layers[l + 1].a)):  # cnnbp.m:31
                    z = plus(
                        z,
                        convn(net.layers[l + 1].d[j], rot180(net.layers[l + 1].k[i][j]), "full"),
                    )  # cnnbp.m:32
                net.layers[l].d[i] = z  # cnnbp.m:34

    for l in range(1, n):  # cnnbp.m:40
        if net.layers[l].type == "c":  # cnnbp.m:41
            for j in range(numel(net.layers[l].a)):  # cnnbp.m:42
                for i in range(numel(net.layers[l - 1].a)):  # cnnbp.m:43
                    net.layers[l].dk[i][j] = rdivide(
                        convn(flipall(net.layers[l - 1].a[i]), net.layers[l].d[j], "valid"),
                        size(net.layers[l].d[j], 3),
                    )  # cnnbp.m:44
                net.layers[l].db[j] = rdivide(
                    sum_(net.layers[l].d[j]), size(net.layers[l].d[j], 3)
                )  # cnnbp.m:46
    net.dffW = rdivide(mtimes(net.od, transpose(net.fv)), size(net.od, 2))  # cnnbp.m:50
    net.dffb = mean(net.od, 2)  # cnnbp.m:51
    return net


def rot180(X):
    """Rotate a kernel by 180 degrees."""
    X = flipdim(flipdim(X, 1), 2)  # cnnbp.m:54
    return X
