"""Port of CNN/cnnsetup.m (DeepLearnToolbox 5df2801)."""

import numpy as np

from ..matlab.division import mpower2, mrdivide
from ..matlab.errors import MatlabError
from ..matlab.operators import minus, mtimes, plus, size, sqrt, times, zeros
from ..matlab.rand import rand
from ..matlab.subscripts import colon, pages
from ..matlab.text import num2str
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
    """
    inputmaps = 1  # cnnsetup.m:3
    mapsize = np.array(size(pages(x, [0])), float)  # cnnsetup.m:4

    for l in range(len(net.layers)):  # cnnsetup.m:6
        if net.layers[l].type == "s":  # cnnsetup.m:7
            mapsize = mrdivide(mapsize, net.layers[l].scale)  # cnnsetup.m:8
            if not np.all(np.floor(mapsize) == mapsize):  # cnnsetup.m:9
                raise MatlabError(
                    f"Layer {l + 1} size must be integer. Actual: {num2str(mapsize)}"
                )  # cnnsetup.m:9
            for j in colon(inputmaps):  # cnnsetup.m:10
                net.layers[l].b[j] = 0.0  # cnnsetup.m:11
        if net.layers[l].type == "c":  # cnnsetup.m:14
            mapsize = plus(minus(mapsize, net.layers[l].kernelsize), 1)  # cnnsetup.m:15
            fan_out = mtimes(
                net.layers[l].outputmaps, mpower2(net.layers[l].kernelsize)
            )  # cnnsetup.m:16
            for j in colon(net.layers[l].outputmaps):  # cnnsetup.m:17
                fan_in = mtimes(inputmaps, mpower2(net.layers[l].kernelsize))  # cnnsetup.m:18
                for i in colon(inputmaps):  # cnnsetup.m:19
                    net.layers[l].k[i][j] = mtimes(
                        times(minus(rand(rng, net.layers[l].kernelsize), 0.5), 2),
                        sqrt(mrdivide(6, plus(fan_in, fan_out))),
                    )  # cnnsetup.m:20
                net.layers[l].b[j] = 0.0  # cnnsetup.m:22
            inputmaps = net.layers[l].outputmaps  # cnnsetup.m:24
    fvnum = mtimes(np.prod(mapsize), inputmaps)  # cnnsetup.m:31
    onum = size(y, 1)  # cnnsetup.m:32

    net.ffb = zeros(onum, 1)  # cnnsetup.m:34
    net.ffW = mtimes(
        times(minus(rand(rng, onum, fvnum), 0.5), 2), sqrt(mrdivide(6, plus(onum, fvnum)))
    )  # cnnsetup.m:35
    return net
