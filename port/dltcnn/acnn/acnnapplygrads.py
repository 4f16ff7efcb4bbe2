"""Port of matlab_ref/acnn/acnnapplygrads.m."""

from ..matlab import (
    MatlabError,
    Struct,
    classname,
    iscell,
    isfield,
    isfloat,
    islogical,
    numel,
    size,
)
from ..mfile import mfile
from .acnnget import acnnget
from .acnnparams import acnnparams
from .acnnsize import acnnsize


@mfile
def acnnapplygrads(net, opts):
    """Take one step of gradient descent.

    Port of matlab_ref/acnn/acnnapplygrads.m. Equation E7.

    Parameters
    ----------
    net : Net
        A net after `acnnbp`.
    opts : Opts
        Its alpha is the learning rate: a number, or a `Net` with the fields of the net's weights,
        each a number, an array as large as the weight, or a list of such.

    Returns
    -------
    Net
        A net with new weights.

    Raises
    ------
    MatlabError
        If alpha does not fit the weights: which layer, what was got, what was expected.
    """
    for l in range(1, len(net.layers)):  # acnnapplygrads.m:6
        names = acnnparams(net.layers[l])  # acnnapplygrads.m:7
        for p in range(len(names)):  # acnnapplygrads.m:8
            name = names[p]  # acnnapplygrads.m:9
            where = f"layer {l + 1}: alpha for {name}"  # acnnapplygrads.m:10
            alpha = opts.alpha  # acnnapplygrads.m:11
            if isinstance(alpha, Struct):  # acnnapplygrads.m:12
                alpha = field(layerof(alpha, l), name, where)  # acnnapplygrads.m:13
            weights = getattr(net.layers[l], name)  # acnnapplygrads.m:15
            moved = descend(
                weights, getattr(net.layers[l], f"d{name}"), alpha, where
            )  # acnnapplygrads.m:15
            setattr(net.layers[l], name, moved)  # acnnapplygrads.m:15
    names = ("ffW", "ffb")  # acnnapplygrads.m:19
    for p in range(2):  # acnnapplygrads.m:20
        name = names[p]  # acnnapplygrads.m:21
        where = f"layer {len(net.layers) + 1}: alpha for {name}"  # acnnapplygrads.m:22
        alpha = opts.alpha  # acnnapplygrads.m:23
        if isinstance(alpha, Struct):  # acnnapplygrads.m:24
            alpha = field(alpha, name, where)  # acnnapplygrads.m:25
        moved = descend(
            getattr(net, name), getattr(net, f"d{name}"), alpha, where
        )  # acnnapplygrads.m:27
        setattr(net, name, moved)  # acnnapplygrads.m:27
    return net


def descend(w, dw, alpha, where):
    """Take the step for one array of weights, or for each in a cell array."""
    if iscell(w):  # acnnapplygrads.m:33
        if iscell(alpha) and len(alpha) != len(w):  # acnnapplygrads.m:34
            raise MatlabError(
                f"{where} holds {len(alpha)} cells, expected {len(w)}"
            )  # acnnapplygrads.m:35
        for i in range(len(w)):  # acnnapplygrads.m:37
            here = f"{where}{{{i + 1}}}"  # acnnapplygrads.m:38
            if iscell(alpha):  # acnnapplygrads.m:39
                w[i] = descend(w[i], dw[i], alpha[i], here)  # acnnapplygrads.m:40
            else:
                w[i] = descend(w[i], dw[i], alpha, here)  # acnnapplygrads.m:42
    else:
        if iscell(alpha):  # acnnapplygrads.m:46
            raise MatlabError(
                f"{where} is a cell array, expected a number or an array"
            )  # acnnapplygrads.m:47
        if not isfloat(alpha) and not islogical(alpha):  # acnnapplygrads.m:49
            raise MatlabError(
                f"{where} is of class {classname(alpha)}, expected double or single"
            )  # acnnapplygrads.m:50
        if numel(alpha) != 1 and size(alpha) != size(w):  # acnnapplygrads.m:53
            raise MatlabError(
                f"{where} is {acnnsize(alpha)}, expected one number or {acnnsize(w)}"
            )  # acnnapplygrads.m:54
        w = w - alpha * dw  # acnnapplygrads.m:57
    return w


def layerof(alpha, l):
    """Return the rates of a layer; an empty struct where there are none."""
    layer = Struct()  # acnnapplygrads.m:63
    known = acnnget(alpha, "layers", ())  # acnnapplygrads.m:64
    if len(known) > l and isinstance(known[l], Struct):  # acnnapplygrads.m:64
        layer = known[l]  # acnnapplygrads.m:65
    return layer


def field(s, name, where):
    """Return a field of the rates."""
    if not isfield(s, name):  # acnnapplygrads.m:71
        raise MatlabError(
            f"{where} is missing, expected one number or as many as weights"
        )  # acnnapplygrads.m:72
    value = getattr(s, name)  # acnnapplygrads.m:74
    return value
