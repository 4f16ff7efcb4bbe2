"""Port of CNN/cnnapplygrads.m (DeepLearnToolbox 5df2801)."""

from ..matlab import numel
from ..mfile import mfile


@mfile
def cnnapplygrads(net, opts):
    """Take one step of gradient descent.

    Port of CNN/cnnapplygrads.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    net : Net
        A net after `cnnbp`.
    opts : Opts
        Its alpha is the learning rate.

    Returns
    -------
    Net
        A net with new k, b, ffW and ffb. The biases of subsampling layers are never used and stay.

    Raises
    ------
    MatlabError
        If a gradient does not have the shape of its weight, or alpha is missing.
    """
    for l in range(1, len(net.layers)):  # cnnapplygrads.m:2
        layer, below = net.layers[l], net.layers[l - 1]  # cnnapplygrads.m:3
        if layer.type == "c":  # cnnapplygrads.m:3
            for j in range(numel(layer.a)):  # cnnapplygrads.m:4
                for ii in range(numel(below.a)):  # cnnapplygrads.m:5
                    layer.k[ii][j] = (
                        layer.k[ii][j] - opts.alpha @ layer.dk[ii][j]
                    )  # cnnapplygrads.m:6
                layer.b[j] = layer.b[j] - opts.alpha @ layer.db[j]  # cnnapplygrads.m:8

    net.ffW = net.ffW - opts.alpha @ net.dffW  # cnnapplygrads.m:13
    net.ffb = net.ffb - opts.alpha @ net.dffb  # cnnapplygrads.m:14
    return net
