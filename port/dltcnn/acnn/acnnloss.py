"""Port of matlab_ref/acnn/acnnloss.m."""

from ..matlab import size, sum_
from ..mfile import mfile
from .acnnpenalty import acnnpenalty
from .acnntargets import acnntargets


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
    acnntargets(net, y, size(net.o, 2))  # acnnloss.m:5
    e = net.o - y  # acnnloss.m:6
    L = 0.5 * sum_(e * e) / size(e, 2)  # acnnloss.m:7
    for l in range(1, len(net.layers)):  # acnnloss.m:8
        if net.layers[l].type == "a":  # acnnloss.m:9
            L = L + acnnpenalty(net.layers[l])[0]  # acnnloss.m:10
    return L, e
