"""Port of CNN/cnnnumgradcheck.m (DeepLearnToolbox 5df2801)."""

from ..matlab import MatlabError, numel, size
from ..mfile import mfile
from .cnnbp import cnnbp
from .cnnff import cnnff


@mfile
def cnnnumgradcheck(net, x, y):
    """Compare every gradient with a central difference of the loss.

    Port of CNN/cnnnumgradcheck.m (DeepLearnToolbox 5df2801). The step is 1e-4 and the tolerance
    1e-8, absolute, as in the original.

    Parameters
    ----------
    net : Net
        A net after `cnnff` and `cnnbp` on `x` and `y`.
    x : numpy.ndarray
        Images (rows, cols, N).
    y : numpy.ndarray
        Targets (classes, N).

    Raises
    ------
    MatlabError
        If a gradient differs by more than the tolerance; the original does not say which.
    """
    epsilon = 1e-4  # cnnnumgradcheck.m:2
    er = 1e-8  # cnnnumgradcheck.m:3
    n = len(net.layers)  # cnnnumgradcheck.m:4
    for j in range(numel(net.ffb)):  # cnnnumgradcheck.m:5
        net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:6
        net_p.ffb[j] = net_m.ffb[j] + epsilon  # cnnnumgradcheck.m:7
        net_m.ffb[j] = net_m.ffb[j] - epsilon  # cnnnumgradcheck.m:8
        net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:9
        net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:10
        d = (net_p.L - net_m.L) / (2 * epsilon)  # cnnnumgradcheck.m:11
        e = abs(d - net.dffb[j])  # cnnnumgradcheck.m:12
        if e > er:  # cnnnumgradcheck.m:13
            raise MatlabError("numerical gradient checking failed")  # cnnnumgradcheck.m:14

    for i in range(size(net.ffW, 1)):  # cnnnumgradcheck.m:18
        for u in range(size(net.ffW, 2)):  # cnnnumgradcheck.m:19
            net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:20
            net_p.ffW[i, u] = net_m.ffW[i, u] + epsilon  # cnnnumgradcheck.m:21
            net_m.ffW[i, u] = net_m.ffW[i, u] - epsilon  # cnnnumgradcheck.m:22
            net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:23
            net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:24
            d = (net_p.L - net_m.L) / (2 * epsilon)  # cnnnumgradcheck.m:25
            e = abs(d - net.dffW[i, u])  # cnnnumgradcheck.m:26
            if e > er:  # cnnnumgradcheck.m:27
                raise MatlabError("numerical gradient checking failed")  # cnnnumgradcheck.m:28

    for l in reversed(range(1, n)):  # cnnnumgradcheck.m:33
        layer, below = net.layers[l], net.layers[l - 1]  # cnnnumgradcheck.m:34
        if layer.type == "c":  # cnnnumgradcheck.m:34
            for j in range(numel(layer.a)):  # cnnnumgradcheck.m:35
                net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:36
                net_p.layers[l].b[j] = net_m.layers[l].b[j] + epsilon  # cnnnumgradcheck.m:37
                net_m.layers[l].b[j] = net_m.layers[l].b[j] - epsilon  # cnnnumgradcheck.m:38
                net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:39
                net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:40
                d = (net_p.L - net_m.L) / (2 * epsilon)  # cnnnumgradcheck.m:41
                e = abs(d - layer.db[j])  # cnnnumgradcheck.m:42
                if e > er:  # cnnnumgradcheck.m:43
                    raise MatlabError("numerical gradient checking failed")  # cnnnumgradcheck.m:44
                for i in range(numel(below.a)):  # cnnnumgradcheck.m:46
                    for u in range(size(layer.k[i][j], 1)):  # cnnnumgradcheck.m:47
                        for v in range(size(layer.k[i][j], 2)):  # cnnnumgradcheck.m:48
                            net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:49
                            net_p.layers[l].k[i][j][u, v] += epsilon  # cnnnumgradcheck.m:50
                            net_m.layers[l].k[i][j][u, v] -= epsilon  # cnnnumgradcheck.m:51
                            net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:52
                            net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:53
                            d = (net_p.L - net_m.L) / (2 * epsilon)  # cnnnumgradcheck.m:54
                            e = abs(d - layer.dk[i][j][u, v])  # cnnnumgradcheck.m:55
                            if e > er:  # cnnnumgradcheck.m:56
                                raise MatlabError(
                                    "numerical gradient checking failed"
                                )  # cnnnumgradcheck.m:57
        elif layer.type == "s":  # cnnnumgradcheck.m:63
            pass
