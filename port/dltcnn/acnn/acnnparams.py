"""Port of matlab_ref/acnn/acnnparams.m."""

from .acnnget import acnnget


def acnnparams(layer):
    """Name a layer's weights.

    Port of matlab_ref/acnn/acnnparams.m.

    Parameters
    ----------
    layer : Layer
        The layer.

    Returns
    -------
    tuple of str
        The fields; those of their gradients have a d in front.
    """
    names = ()  # acnnparams.m:3
    if layer.type == "c":  # acnnparams.m:4
        names = ("k", "b")  # acnnparams.m:5
    elif layer.type == "a":  # acnnparams.m:6
        names = ("c", "k", "b")  # acnnparams.m:7
    elif layer.type == "f":  # acnnparams.m:8
        names = ("W", "b")  # acnnparams.m:9
    elif acnnget(layer, "trainable", False):  # acnnparams.m:10
        names = ("beta", "b")  # acnnparams.m:11
    return names
