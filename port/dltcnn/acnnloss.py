"""Port of matlab_ref/acnn/acnnloss.m."""

import numpy as np

from .acnnactivation import acnnactivation
from .acnnpenalty import acnnpenalty
from .classes import operand, size
from .elementary import element
from .errors import MatlabError
from .matlab import minus, plus, rdivide, sum_, times
from .mfile import mfile


@mfile(by_value=False)
def acnnloss(net, y):
    """Loss of a batch.

    Port of matlab_ref/acnn/acnnloss.m. Equations E1, E2 and E23.

    Parameters
    ----------
    net : Net
        A net after `acnnff`.
    y : numpy.ndarray
        Targets (classes, N), double, single or logical: 0 to 1 where the output's activation is
        'sigm', -1 to 1 for 'tanh', any for 'linear'.

    Returns
    -------
    L : float
        Half the squared error, mean over the images, and the penalties once; at least 0.
    e : numpy.ndarray
        The error (classes, N).

    Raises
    ------
    MatlabError
        If `y` is of another size or class, or outside that range.
    """
    checktargets(net, y)  # acnnloss.m:5
    e = minus(net.o, y)  # acnnloss.m:6
    L = rdivide(times(0.5, sum_(times(e, e))), size(e, 2))  # acnnloss.m:7
    for l in range(1, len(net.layers)):  # acnnloss.m:8
        if net.layers[l].type == "a":  # acnnloss.m:9
            L = plus(L, acnnpenalty(net.layers[l])[0])  # acnnloss.m:10
    return L, e


def checktargets(net, y):
    """Refuse targets of the wrong size or class, or outside the range of the activation."""
    l = len(net.layers)  # acnnloss.m:17
    if size(y) != size(net.o):  # acnnloss.m:18
        raise MatlabError(
            f"layer {l + 1}: targets of size {size(y, 1)}x{size(y, 2)} were given, expected "
            f"{size(net.o, 1)}x{size(net.o, 2)}: a row for each output, a column for each image"
        )  # acnnloss.m:19
    if operand(y).dtype.kind in "iu":  # acnnloss.m:23
        raise MatlabError(
            f"layer {l + 1}: targets of class {operand(y).dtype} were given, "
            "expected double, single or logical"
        )  # acnnloss.m:24
    name = acnnactivation(net)  # acnnloss.m:27
    lowest = 0  # acnnloss.m:28
    if name == "tanh":  # acnnloss.m:29
        lowest = -1  # acnnloss.m:30
    if name != "linear" and np.any((operand(y) < lowest) | (operand(y) > 1)):  # acnnloss.m:32
        wrong = np.flatnonzero(
            np.ravel((operand(y) < lowest) | (operand(y) > 1), order="F")
        )  # acnnloss.m:32
        raise MatlabError(
            f"layer {l + 1}: a target of {element(y, wrong[0]):g} was given, "
            f"expected {lowest} to 1 for the activation '{name}'"
        )  # acnnloss.m:33
