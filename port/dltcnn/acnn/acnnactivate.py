"""Port of matlab_ref/acnn/acnnactivate.m."""

from ..matlab import logistic
from ..mfile import mfile
from .acnnactivation import acnnactivation


@mfile(by_value=False)
def acnnactivate(s, u):
    """Apply the activation of a layer or of the output.

    Port of matlab_ref/acnn/acnnactivate.m.

    Parameters
    ----------
    s : Layer or Net
        Whose activation.
    u : numpy.ndarray
        Its argument, double or single.

    Returns
    -------
    numpy.ndarray
        f(u): in [0, 1] for 'sigm', [-1, 1] for 'tanh', u for 'linear'.
    """
    name = acnnactivation(s)  # acnnactivate.m:3
    if name == "sigm":  # acnnactivate.m:4
        x = logistic(u)  # acnnactivate.m:5
    elif name == "tanh":  # acnnactivate.m:6
        x = 2 * logistic(2 * u) - 1  # acnnactivate.m:7
    else:
        x = u  # acnnactivate.m:9
    return x
