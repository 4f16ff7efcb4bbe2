"""Port of matlab_ref/acnn/acnnfits.m."""

from ..matlab import MatlabError, double, isfield, row, size, true
from ..mfile import mfile
from .acnnget import acnnget
from .acnnparams import acnnparams


@mfile(by_value=False)
def acnnfits(net):
    """Refuse weights that do not belong to the net.

    Port of matlab_ref/acnn/acnnfits.m.

    Parameters
    ----------
    net : Net
        The net.

    Raises
    ------
    MatlabError
        If weights are missing, or were made for other layers than the net has now.
    """
    if not isfield(net, "ffW"):  # acnnfits.m:3
        raise MatlabError("the net has no weights: run acnnsetup first")  # acnnfits.m:4
    maps = acnnget(net.layers[0], "channels", 1)  # acnnfits.m:6
    for l in range(1, len(net.layers)):  # acnnfits.m:7
        layer = net.layers[l]  # acnnfits.m:8
        fits = all(isfield(layer, name) for name in acnnparams(layer))  # acnnfits.m:9
        if layer.type == "c" or layer.type == "a":  # acnnfits.m:10
            fits = (
                fits and len(layer.b) == layer.outputmaps and len(layer.k) == maps
            )  # acnnfits.m:11
            fits = fits and kernelsfit(layer, maps)  # acnnfits.m:12
            maps = layer.outputmaps  # acnnfits.m:13
        elif layer.type == "f":  # acnnfits.m:14
            fits = fits and size(layer.W, 1) == layer.units  # acnnfits.m:15
            maps = layer.units  # acnnfits.m:16
        elif acnnget(layer, "trainable", False):  # acnnfits.m:17
            fits = fits and len(layer.beta) == maps  # acnnfits.m:18
        if not fits:  # acnnfits.m:20
            raise MatlabError(
                f"layer {l + 1}: its weights were made for another layer: "
                "run acnnsetup after a change of the net"
            )  # acnnfits.m:21


def kernelsfit(layer, maps):
    """Say whether kernels and logits are as many and as large as they should be."""
    table = acnnget(layer, "maps", true(maps, layer.outputmaps))  # acnnfits.m:29
    wanted = double(layer.kernelsize) * row(1, 1)  # acnnfits.m:30
    kernels = layer.outputmaps  # acnnfits.m:31
    fits = True  # acnnfits.m:32
    if layer.type == "a":  # acnnfits.m:33
        fits = size(layer.c) == size(table)  # acnnfits.m:34
        if acnnget(layer, "shared", True):  # acnnfits.m:35
            kernels = 1  # acnnfits.m:36
    for i in range(maps):  # acnnfits.m:39
        fits = fits and len(layer.k[i]) == kernels  # acnnfits.m:40
        for q in range(kernels * fits):  # acnnfits.m:41
            k = layer.k[i][q]  # acnnfits.m:42
            fits = fits and size(k) == tuple(wanted * (table[i, q] != 0))  # acnnfits.m:43
    return fits
