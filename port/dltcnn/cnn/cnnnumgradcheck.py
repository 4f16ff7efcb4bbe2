"""Port of CNN/cnnnumgradcheck.m (DeepLearnToolbox 5df2801)."""

import numpy as np

from ..matlab.errors import MatlabError
from ..matlab.operators import istrue, minus, numel, plus, rdivide, size
from ..matlab.subscripts import element, put
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
    for j in range(np.size(net.ffb)):  # cnnnumgradcheck.m:5
        net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:6
        net_p.ffb = put(net_p.ffb, plus(element(net_m.ffb, j), epsilon), j)  # cnnnumgradcheck.m:7
        net_m.ffb = put(net_m.ffb, minus(element(net_m.ffb, j), epsilon), j)  # cnnnumgradcheck.m:8
        net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:9
        net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:10
        d = rdivide(minus(net_p.L, net_m.L), 2 * epsilon)  # cnnnumgradcheck.m:11
        e = abs(minus(d, element(net.dffb, j)))  # cnnnumgradcheck.m:12
        if istrue(e > er):  # cnnnumgradcheck.m:13
            raise MatlabError("numerical gradient checking failed")  # cnnnumgradcheck.m:14

    for i in range(size(net.ffW, 1)):  # cnnnumgradcheck.m:18
        for u in range(size(net.ffW, 2)):  # cnnnumgradcheck.m:19
            net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:20
            net_p.ffW = put(
                net_p.ffW, plus(element(net_m.ffW, i, u), epsilon), i, u
            )  # cnnnumgradcheck.m:21
            net_m.ffW = put(
                net_m.ffW, minus(element(net_m.ffW, i, u), epsilon), i, u
            )  # cnnnumgradcheck.m:22
            net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:23
            net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:24
            d = rdivide(minus(net_p.L, net_m.L), 2 * epsilon)  # cnnnumgradcheck.m:25
            e = abs(minus(d, element(net.dffW, i, u)))  # cnnnumgradcheck.m:26
            if istrue(e > er):  # cnnnumgradcheck.m:27
                raise MatlabError("numerical gradient checking failed")  # cnnnumgradcheck.m:28

    for l in reversed(range(1, n)):  # cnnnumgradcheck.m:33
        if net.layers[l].type == "c":  # cnnnumgradcheck.m:34
            for j in range(numel(net.layers[l].a)):  # cnnnumgradcheck.m:35
                net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:36
                net_p.layers[l].b[j] = plus(net_m.layers[l].b[j], epsilon)  # cnnnumgradcheck.m:37
                net_m.layers[l].b[j] = minus(net_m.layers[l].b[j], epsilon)  # cnnnumgradcheck.m:38
                net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:39
                net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:40
                d = rdivide(minus(net_p.L, net_m.L), 2 * epsilon)  # cnnnumgradcheck.m:41
                e = abs(minus(d, net.layers[l].db[j]))  # cnnnumgradcheck.m:42
                if istrue(e > er):  # cnnnumgradcheck.m:43
                    raise MatlabError("numerical gradient checking failed")  # cnnnumgradcheck.m:44
                for i in range(numel(net.layers[l - 1].a)):  # cnnnumgradcheck.m:46
                    for u in range(size(net.layers[l].k[i][j], 1)):  # cnnnumgradcheck.m:47
                        for v in range(size(net.layers[l].k[i][j], 2)):  # cnnnumgradcheck.m:48
                            net_m, net_p = net.copy(), net.copy()  # cnnnumgradcheck.m:49
                            net_p.layers[l].k[i][j] = put(
                                net_p.layers[l].k[i][j],
                                plus(element(net_p.layers[l].k[i][j], u, v), epsilon),
                                *(u, v),
                            )  # cnnnumgradcheck.m:50
                            net_m.layers[l].k[i][j] = put(
                                net_m.layers[l].k[i][j],
                                minus(element(net_m.layers[l].k[i][j], u, v), epsilon),
                                *(u, v),
                            )  # cnnnumgradcheck.m:51
                            net_m = cnnbp(cnnff(net_m, x), y)  # cnnnumgradcheck.m:52
                            net_p = cnnbp(cnnff(net_p, x), y)  # cnnnumgradcheck.m:53
                            d = rdivide(
                                minus(net_p.L, net_m.L), 2 * epsilon
                            )  # cnnnumgradcheck.m:54
                            e = abs(
                                minus(d, element(net.layers[l].dk[i][j], u, v))
                            )  # cnnnumgradcheck.m:55
                            if istrue(e > er):  # cnnnumgradcheck.m:56
                                raise MatlabError(
                                    "numerical gradient checking failed"
                                )  # cnnnumgradcheck.m:57
        elif net.layers[l].type == "s":  # cnnnumgradcheck.m:63
            pass
