"""Port of matlab_ref/acnn/acnnactivation.m."""

from .acnnget import acnnget


def acnnactivation(s):
    """Name the activation of a layer or of the output.

    Port of matlab_ref/acnn/acnnactivation.m.

    Parameters
    ----------
    s : Layer or Net
        The layer, or the net for its output.

    Returns
    -------
    {'sigm', 'tanh', 'linear'}
        The name; 'linear' for inputs and plain averages, which have none.
    """
    name = acnnget(s, "activation", "sigm")  # acnnactivation.m:3
    kind = acnnget(s, "type", "")  # acnnactivation.m:4
    if kind == "i" or (kind == "s" and not acnnget(s, "trainable", False)):  # acnnactivation.m:5
        name = "linear"  # acnnactivation.m:6
    return name
