"""Port of CNN/cnnff.m (DeepLearnToolbox 5df2801)."""

from ..matlab.classes import array
from ..matlab.convn import convn
from ..matlab.division import mpower2, row
from ..matlab.operators import (
    minus,
    mtimes,
    numel,
    ones,
    plus,
    rdivide,
    repmat,
    reshape,
    size,
    vertcat,
    zeros,
)
from ..matlab.subscripts import colon, strided
from ..mfile import mfile
from ..util.sigm import sigm


@mfile
def cnnff(net, x):
    """Feed images forward.

    Port of CNN/cnnff.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    net : Net
        A net with weights, from `cnnsetup`.
    x : numpy.ndarray
        Images (rows, cols, N) with N >= 2, double, single, logical or an integer class.

    Returns
    -------
    Net
        A net with activations a, feature vectors fv (features, N) and outputs o (classes, N) in
        [0, 1]; single where `x` or the weights are.

    Raises
    ------
    MatlabError
        If N is 1, a kernel is larger than its map, a layer's type is unknown, or the weights do
        not fit the images.
    """
    n = len(net.layers)  # cnnff.m:2
    net.layers[0].a[0] = array(x)  # cnnff.m:3
    inputmaps = 1  # cnnff.m:4

    for l in range(1, n):  # cnnff.m:6
        if net.layers[l].type == "c":  # cnnff.m:7
            for j in colon(net.layers[l].outputmaps):  # cnnff.m:9
                z = zeros(
                    minus(
                        size(net.layers[l - 1].a[0]),
                        row(
                            minus(net.layers[l].kernelsize, 1),
                            minus(net.layers[l].kernelsize, 1),
                            0,
                        ),
                    )
                )  # cnnff.m:11
                for i in colon(inputmaps):  # cnnff.m:12
                    z = plus(
                        z, convn(net.layers[l - 1].a[i], net.layers[l].k[i][j], "valid")
                    )  # cnnff.m:14
                net.layers[l].a[j] = sigm(plus(z, net.layers[l].b[j]))  # cnnff.m:17
            inputmaps = net.layers[l].outputmaps  # cnnff.m:20
        elif net.layers[l].type == "s":  # cnnff.m:21
            for j in colon(inputmaps):  # cnnff.m:23
                z = convn(
                    net.layers[l - 1].a[j],
                    rdivide(ones(net.layers[l].scale), mpower2(net.layers[l].scale)),
                    "valid",
                )  # cnnff.m:24
                net.layers[l].a[j] = strided(z, net.layers[l].scale)  # cnnff.m:25

    net.fv = zeros((0, 0))  # cnnff.m:31
    for j in range(numel(net.layers[n - 1].a)):  # cnnff.m:32
        sa = size(net.layers[n - 1].a[j])  # cnnff.m:33
        net.fv = vertcat(
            net.fv, reshape(net.layers[n - 1].a[j], sa[0] * sa[1], sa[2])
        )  # cnnff.m:34
    net.o = sigm(plus(mtimes(net.ffW, net.fv), repmat(net.ffb, 1, size(net.fv, 2))))  # cnnff.m:37
    return net
