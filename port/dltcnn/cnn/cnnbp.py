"""Port of CNN/cnnbp.m (DeepLearnToolbox 5df2801)."""

from ..matlab import convn, flipdim, mean, numel, reshape, row, size, sum_, zeros
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

    net.e = net.o - y  # cnnbp.m:5
    net.L = 0.5 * sum_(net.e * net.e) / size(net.e, 2)  # cnnbp.m:7

    net.od = net.e * (net.o * (1 - net.o))  # cnnbp.m:10
    net.fvd = net.ffW.T @ net.od  # cnnbp.m:11
    if net.layers[n - 1].type == "c":  # cnnbp.m:12
        net.fvd = net.fvd * (net.fv * (1 - net.fv))  # cnnbp.m:13

    last = net.layers[n - 1]  # cnnbp.m:17
    sa = size(last.a[0])  # cnnbp.m:17
    fvnum = sa[0] * sa[1]  # cnnbp.m:18
    for j in range(numel(last.a)):  # cnnbp.m:19
        last.d[j] = reshape(
            net.fvd[j * fvnum : (j + 1) * fvnum, :], sa[0], sa[1], sa[2]
        )  # cnnbp.m:20

    for l in reversed(range(n - 1)):  # cnnbp.m:23
        layer, above = net.layers[l], net.layers[l + 1]  # cnnbp.m:24
        if layer.type == "c":  # cnnbp.m:24
            for j in range(numel(layer.a)):  # cnnbp.m:25
                slope = layer.a[j] * (1 - layer.a[j])  # cnnbp.m:26
                error = expand(above.d[j], row(above.scale, above.scale, 1))  # cnnbp.m:26
                layer.d[j] = slope * (error / above.scale**2)  # cnnbp.m:26
        elif layer.type == "s":  # cnnbp.m:28
            for i in range(numel(layer.a)):  # cnnbp.m:29
                z = zeros(size(layer.a[0]))  # cnnbp.m:30
                for j in range(numel(above.a)):  # cnnbp.m:31
                    z = z + convn(above.d[j], rot180(above.k[i][j]), "full")  # cnnbp.m:32
                layer.d[i] = z  # cnnbp.m:34

    for l in range(1, n):  # cnnbp.m:40
        layer, below = net.layers[l], net.layers[l - 1]  # cnnbp.m:41
        if layer.type == "c":  # cnnbp.m:41
            for j in range(numel(layer.a)):  # cnnbp.m:42
                for i in range(numel(below.a)):  # cnnbp.m:43
                    dk = convn(flipall(below.a[i]), layer.d[j], "valid")  # cnnbp.m:44
                    layer.dk[i][j] = dk / size(layer.d[j], 3)  # cnnbp.m:44
                layer.db[j] = sum_(layer.d[j]) / size(layer.d[j], 3)  # cnnbp.m:46
    net.dffW = net.od @ net.fv.T / size(net.od, 2)  # cnnbp.m:50
    net.dffb = mean(net.od, 2)  # cnnbp.m:51
    return net


def rot180(X):
    """Rotate a kernel by 180 degrees."""
    X = flipdim(flipdim(X, 1), 2)  # cnnbp.m:54
    return X
