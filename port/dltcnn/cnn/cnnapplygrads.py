"""Port of CNN/cnnapplygrads.m (DeepLearnToolbox 5df2801)."""

from ..matlab.operators import minus, mtimes, numel
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
        if net.layers[l].type == "c":  # cnnapplygrads.m:3
            for j in range(numel(net.layers[l].a)):  # cnnapplygrads.m:4
                for ii in range(numel(net.layers[l - 1].a)):  # cnnapplygrads.m:5
                    net.layers[l].k[ii][j] = minus(
                        net.layers[l].k[ii][j], mtimes(opts.alpha, net.layers[l].dk[ii][j])
                    )  # cnnapplygrads.m:6
                net.layers[l].b[j] = minus(
                    net.layers[l].b[j], mtimes(opts.alpha, net.layers[l].db[j])
                )  # cnnapplygrads.m:8

    net.ffW = minus(net.ffW, mtimes(opts.alpha, net.dffW))  # cnnapplygrads.m:13
    net.ffb = minus(net.ffb, mtimes(opts.alpha, net.dffb))  # cnnapplygrads.m:14
    return net
