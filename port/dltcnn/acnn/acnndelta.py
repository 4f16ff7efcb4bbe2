"""Port of matlab_ref/acnn/acnndelta.m."""

from ..mfile import mfile
from .acnnactivation import acnnactivation


@mfile(by_value=False)
def acnndelta(s, x, g):
    """Take a gradient through an activation.

    Port of matlab_ref/acnn/acnndelta.m.

    Parameters
    ----------
    s : Layer or Net
        Whose activation.
    x : numpy.ndarray
        The activation's value f(u).
    g : numpy.ndarray
        The gradient with respect to `x`, of its size.

    Returns
    -------
    numpy.ndarray
        The sensitivity f'(u) .* g.
    """
    name = acnnactivation(s)  # acnndelta.m:3
    if name == "sigm":  # acnndelta.m:4
        d = x * (1 - x) * g  # acnndelta.m:5
    elif name == "tanh":  # acnndelta.m:6
        d = (1 - x * x) * g  # acnndelta.m:7
    else:
        d = g  # acnndelta.m:9
    return d
