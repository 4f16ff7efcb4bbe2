"""Port of CNN/cnnff.m (DeepLearnToolbox 5df2801)."""

from ..matlab import array, colon, convn, numel, ones, repmat, reshape, row, size, vertcat, zeros
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
    # A list becomes an array; what is none is refused here, not at its first use.
    net.layers[0].a[0] = array(x)  # cnnff.m:3
    inputmaps = 1  # cnnff.m:4

    for l in range(1, n):  # cnnff.m:6
        layer, below = net.layers[l], net.layers[l - 1]  # cnnff.m:7
        if layer.type == "c":  # cnnff.m:7
            for j in colon(layer.outputmaps):  # cnnff.m:9
                z = zeros(
                    size(below.a[0]) - row(layer.kernelsize - 1, layer.kernelsize - 1, 0)
                )  # cnnff.m:11
                for i in colon(inputmaps):  # cnnff.m:12
                    z = z + convn(below.a[i], layer.k[i][j], "valid")  # cnnff.m:14
                layer.a[j] = sigm(z + layer.b[j])  # cnnff.m:17
            inputmaps = layer.outputmaps  # cnnff.m:20
        elif layer.type == "s":  # cnnff.m:21
            for j in colon(inputmaps):  # cnnff.m:23
                z = convn(below.a[j], ones(layer.scale) / layer.scale**2, "valid")  # cnnff.m:24
                layer.a[j] = z[:: layer.scale, :: layer.scale, :]  # cnnff.m:25

    net.fv = zeros((0, 0))  # cnnff.m:31
    last = net.layers[n - 1]  # cnnff.m:32
    for j in range(numel(last.a)):  # cnnff.m:32
        sa = size(last.a[j])  # cnnff.m:33
        net.fv = vertcat(net.fv, reshape(last.a[j], sa[0] * sa[1], sa[2]))  # cnnff.m:34
    net.o = sigm(net.ffW @ net.fv + repmat(net.ffb, 1, size(net.fv, 2)))  # cnnff.m:37
    return net
