"""Port of matlab_ref/acnn/acnnactivate.m."""

from scipy.special import expit

from ..matlab.operators import minus, times
from .acnnactivation import acnnactivation


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
    # scipy's expit calls the same libm exp that Octave calls; numpy's exp and tanh are others.
    if name == "sigm":  # acnnactivate.m:4
        x = expit(u)  # acnnactivate.m:5
    elif name == "tanh":  # acnnactivate.m:6
        x = minus(times(2, expit(times(2, u))), 1)  # acnnactivate.m:7
    else:
        x = u  # acnnactivate.m:9
    return x
