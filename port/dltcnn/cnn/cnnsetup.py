"""Port of CNN/cnnsetup.m (DeepLearnToolbox 5df2801)."""

from ..matlab import (
    MatlabError,
    all_,
    array,
    colon,
    floor,
    mrdivide,
    num2str,
    prod,
    rand,
    size,
    sqrt,
    squeeze,
    zeros,
)
from ..mfile import mfile


@mfile
def cnnsetup(net, x, y, rng):
    """Give a net its weights.

    Port of CNN/cnnsetup.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    net : Net
        Its layers, with outputmaps and kernelsize ('c') or scale ('s').
    x : numpy.ndarray
        Images (rows, cols, N), any class; only their size counts.
    y : numpy.ndarray
        Targets (classes, N), any class; only the number of classes counts.
    rng : OctaveRandom
        Where the weights are drawn from: any object with ``rand(rows, cols)``.

    Returns
    -------
    Net
        A net with kernels k and output weights ffW, drawn uniformly within
        sqrt(6 / (fan_in + fan_out)) around 0, and biases b and ffb of 0; all double.

    Raises
    ------
    MatlabError
        If a map size does not divide by its scale, a kernel is not square, or a layer's field
        is missing.
    ValueError
        If the images lie otherwise than (rows, cols, N), so that the weights would fill the memory
        (refused by the public function).
    """
    inputmaps = array(1)  # cnnsetup.m:3
    mapsize = array(size(squeeze(x[:, :, 0])))  # cnnsetup.m:4

    for l in range(len(net.layers)):  # cnnsetup.m:6
        layer = net.layers[l]  # cnnsetup.m:7
        if layer.type == "s":  # cnnsetup.m:7
            mapsize = mrdivide(mapsize, layer.scale)  # cnnsetup.m:8
            if not all_(floor(mapsize) == mapsize):  # cnnsetup.m:9
                raise MatlabError(
                    f"Layer {l + 1} size must be integer. Actual: {num2str(mapsize)}"
                )  # cnnsetup.m:9
            for j in colon(inputmaps):  # cnnsetup.m:10
                layer.b[j] = 0.0  # cnnsetup.m:11
        if layer.type == "c":  # cnnsetup.m:14
            mapsize = mapsize - layer.kernelsize + 1  # cnnsetup.m:15
            fan_out = layer.outputmaps @ layer.kernelsize**2  # cnnsetup.m:16
            for j in colon(layer.outputmaps):  # cnnsetup.m:17
                fan_in = inputmaps @ layer.kernelsize**2  # cnnsetup.m:18
                for i in colon(inputmaps):  # cnnsetup.m:19
                    k = (rand(rng, layer.kernelsize) - 0.5) * 2  # cnnsetup.m:20
                    layer.k[i][j] = k @ sqrt(mrdivide(6, fan_in + fan_out))  # cnnsetup.m:20
                layer.b[j] = 0.0  # cnnsetup.m:22
            inputmaps = layer.outputmaps  # cnnsetup.m:24
    fvnum = prod(mapsize) @ inputmaps  # cnnsetup.m:31
    onum = size(y, 1)  # cnnsetup.m:32

    net.ffb = zeros(onum, 1)  # cnnsetup.m:34
    net.ffW = (rand(rng, onum, fvnum) - 0.5) * 2 @ sqrt(mrdivide(6, onum + fvnum))  # cnnsetup.m:35
    return net
