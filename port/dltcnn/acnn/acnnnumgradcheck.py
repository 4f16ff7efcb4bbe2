"""Port of matlab_ref/acnn/acnnnumgradcheck.m."""

from functools import partial

from ..matlab import Cell, MatlabError, array, iscell, isfield, numel, sprintf_g
from ..mfile import mfile
from .acnnff import acnnff
from .acnnloss import acnnloss
from .acnnparams import acnnparams


@mfile
def acnnnumgradcheck(net, x, y, tolerance=None):
    """Compare every gradient with a central difference of the loss.

    Port of matlab_ref/acnn/acnnnumgradcheck.m. The step is 1e-4, which asks for double: in single
    the rounding of the loss alone makes differences of 1e-4 and more, so that `tolerance` has to be
    as large.

    Parameters
    ----------
    net : Net
        A net after `acnnbp` on `x` and `y`.
    x : numpy.ndarray
        Images, as for `acnnff`.
    y : numpy.ndarray
        Targets, as for `acnnloss`.
    tolerance : float, optional
        The largest difference that is allowed, absolute; 1e-8 by default.

    Returns
    -------
    float
        The largest difference.

    Raises
    ------
    MatlabError
        If a gradient differs by more: which one, and by how much; if the net has no gradients; if
        the images or targets do not fit the net.
    """
    if tolerance is None:  # acnnnumgradcheck.m:5
        tolerance = 1e-8  # acnnnumgradcheck.m:6
    if not isfield(net, "dffW"):  # acnnnumgradcheck.m:8
        raise MatlabError(
            "the net has no gradients: run acnnff and acnnbp first"
        )  # acnnnumgradcheck.m:9
    worst = 0  # acnnnumgradcheck.m:11
    for l in range(1, len(net.layers)):  # acnnnumgradcheck.m:12
        names = acnnparams(net.layers[l])  # acnnnumgradcheck.m:13
        for p in range(len(names)):  # acnnnumgradcheck.m:14
            name = names[p]  # acnnnumgradcheck.m:15
            put = partial(withlayer, net, l, name)  # acnnnumgradcheck.m:16
            where = f"layer {l + 1}: the gradient of {name}"  # acnnnumgradcheck.m:17
            w, dw = (
                getattr(net.layers[l], name),
                getattr(net.layers[l], f"d{name}"),
            )  # acnnnumgradcheck.m:18
            worst = max(worst, checked(w, dw, put, x, y, tolerance, where))  # acnnnumgradcheck.m:18
    names = ("ffW", "ffb")  # acnnnumgradcheck.m:22
    for p in range(2):  # acnnnumgradcheck.m:23
        name = names[p]  # acnnnumgradcheck.m:24
        put = partial(withfield, net, name)  # acnnnumgradcheck.m:25
        where = f"layer {len(net.layers) + 1}: the gradient of {name}"  # acnnnumgradcheck.m:26
        w, dw = getattr(net, name), getattr(net, f"d{name}")  # acnnnumgradcheck.m:27
        worst = max(worst, checked(w, dw, put, x, y, tolerance, where))  # acnnnumgradcheck.m:27
    return worst


def checked(w, dw, put, x, y, tolerance, where):
    """Check an array of weights, or each in a cell array; `put` gives the net with new ones."""
    worst = 0  # acnnnumgradcheck.m:33
    epsilon = 1e-4  # acnnnumgradcheck.m:34
    for i in range(len(w) if iscell(w) else numel(w)):  # acnnnumgradcheck.m:35
        if iscell(w):  # acnnnumgradcheck.m:36
            inner = partial(putcell, put, w, i)  # acnnnumgradcheck.m:37
            here = f"{where}{{{i + 1}}}"  # acnnnumgradcheck.m:38
            worst = max(
                worst, checked(w[i], dw[i], inner, x, y, tolerance, here)
            )  # acnnnumgradcheck.m:39
        else:
            above = array(w)  # acnnnumgradcheck.m:41
            above[i] = w[i] + epsilon  # acnnnumgradcheck.m:42
            below = array(w)  # acnnnumgradcheck.m:43
            below[i] = w[i] - epsilon  # acnnnumgradcheck.m:44
            d = (loss(put(above), x, y) - loss(put(below), x, y)) / (
                2 * epsilon
            )  # acnnnumgradcheck.m:45
            e = abs(d - dw[i])  # acnnnumgradcheck.m:46
            if not e <= tolerance:  # acnnnumgradcheck.m:47
                raise MatlabError(
                    f"{where}({i + 1}) is {sprintf_g(dw[i], 9)}, "
                    f"a central difference {sprintf_g(d, 9)}: "
                    f"they differ by {sprintf_g(e, 3)}, more than {sprintf_g(tolerance, 3)}"
                )  # acnnnumgradcheck.m:48
            worst = max(worst, e)  # acnnnumgradcheck.m:51
    return worst


def loss(net, x, y):
    """Return the loss of a net."""
    L = acnnloss(acnnff(net, x), y)[0]  # acnnnumgradcheck.m:58
    return L


@mfile
def withlayer(net, l, name, value):
    """Return the net with one field of a layer replaced."""
    setattr(net.layers[l], name, value)  # acnnnumgradcheck.m:63
    return net


@mfile
def withfield(net, name, value):
    """Return the net with one field replaced."""
    setattr(net, name, value)  # acnnnumgradcheck.m:68
    return net


def putcell(put, cells, i, value):
    """Return the net with one cell replaced."""
    cells = Cell(cells.name, cells.depth, cells)  # acnnnumgradcheck.m:73
    cells[i] = value  # acnnnumgradcheck.m:73
    net = put(cells)  # acnnnumgradcheck.m:74
    return net
