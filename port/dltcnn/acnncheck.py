"""Port of matlab_ref/acnn/acnncheck.m."""

import numpy as np

from .acnnget import acnnget
from .classes import size
from .elementary import element, isfield, isnumeric, mat2str, wholes, written
from .errors import MatlabError
from .matlab import sums
from .mfile import mfile


@mfile(by_value=False)
def acnncheck(net):
    """Refuse layers that do not fit together.

    Port of matlab_ref/acnn/acnncheck.m.

    Parameters
    ----------
    net : Net
        Its layers.

    Raises
    ------
    MatlabError
        If a layer's type, activation, penalty, lam, connection table or a size is wrong: which
        layer, what was got, what was expected.
    """
    maps = 0  # acnncheck.m:4
    for l in range(len(net.layers)):  # acnncheck.m:5
        layer = net.layers[l]  # acnncheck.m:6
        kind = acnnget(layer, "type", "")  # acnncheck.m:7
        if l == 0:  # acnncheck.m:8
            among(l, "type", kind, ("i",))  # acnncheck.m:9
            maps = acnnget(layer, "channels", 1)  # acnncheck.m:10
            whole(l, layer, "channels", maps, 1)  # acnncheck.m:11
        else:
            among(l, "type", kind, ("c", "s", "a", "f"))  # acnncheck.m:13
            if net.layers[l - 1].type == "f":  # acnncheck.m:14
                among(l, "type", kind, ("f",))  # acnncheck.m:15
            maps = checked(l, layer, maps)  # acnncheck.m:17
    l = len(net.layers)  # acnncheck.m:20
    among(
        l, "activation", acnnget(net, "activation", "sigm"), ("sigm", "tanh", "linear")
    )  # acnncheck.m:21
    among(0, "normalize", acnnget(net, "normalize", "set"), ("set", "pixel"))  # acnncheck.m:22


def checked(l, layer, below):
    """Check the fields of one layer and count its maps."""
    activated = acnnget(layer, "trainable", False) or layer.type != "s"  # acnncheck.m:27
    if not activated and isfield(layer, "activation"):  # acnncheck.m:28
        raise MatlabError(
            f"layer {l + 1}: an activation was given to an 's' layer that "
            "only averages: set trainable = true or leave it out"
        )  # acnncheck.m:29
    among(
        l, "activation", acnnget(layer, "activation", "sigm"), ("sigm", "tanh", "linear")
    )  # acnncheck.m:32
    if layer.type == "s":  # acnncheck.m:33
        whole(l, layer, "scale", acnnget(layer, "scale", ()), 2)  # acnncheck.m:34
        maps = below  # acnncheck.m:35
    elif layer.type == "f":  # acnncheck.m:36
        maps = acnnget(layer, "units", ())  # acnncheck.m:37
        whole(l, layer, "units", maps, 1)  # acnncheck.m:38
    else:
        maps = acnnget(layer, "outputmaps", ())  # acnncheck.m:40
        whole(l, layer, "outputmaps", maps, 1)  # acnncheck.m:41
        whole(l, layer, "kernelsize", acnnget(layer, "kernelsize", ()), 2)  # acnncheck.m:42
        if layer.type == "c":  # acnncheck.m:43
            table(
                l, acnnget(layer, "maps", np.ones((below, maps), bool)), below, maps
            )  # acnncheck.m:44
        else:
            among(
                l, "penalty", acnnget(layer, "penalty", "l1"), ("l1", "entropy")
            )  # acnncheck.m:46
            lam = acnnget(layer, "lam", 0)  # acnncheck.m:47
            if not (isnumeric(lam) and np.size(lam) == 1 and 0 <= lam < np.inf):  # acnncheck.m:48
                raise MatlabError(
                    f"layer {l + 1}: its lam is {mat2str(lam)}, expected one number of at least 0"
                )  # acnncheck.m:49
    return maps


def among(l, name, value, allowed):
    """Refuse a name that is not one of those allowed."""
    if not isinstance(value, str) or value not in allowed:  # acnncheck.m:58
        if not isinstance(value, str):  # acnncheck.m:59
            value = mat2str(value)  # acnncheck.m:60
        expected = "' or '".join(allowed)  # acnncheck.m:62
        raise MatlabError(
            f"layer {l + 1}: its {name} is '{value}', expected '{expected}'"
        )  # acnncheck.m:62


def whole(l, layer, name, value, most):
    """Refuse what is not one whole number from 1 on, or up to two of them."""
    if np.size(value) == 0:  # acnncheck.m:69
        raise MatlabError(
            f"layer {l + 1}: its {name} is missing: a layer '{layer.type}' needs it"
        )  # acnncheck.m:70
    good = isnumeric(value) and np.size(value) <= most and size(value)[0] == 1  # acnncheck.m:73
    if not good or not wholes(value):  # acnncheck.m:74
        expected = "one whole number of at least 1"  # acnncheck.m:75
        if most == 2:  # acnncheck.m:76
            expected = "one or two whole numbers of at least 1"  # acnncheck.m:77
        raise MatlabError(
            f"layer {l + 1}: its {name} is {mat2str(value)}, expected {expected}"
        )  # acnncheck.m:79


def table(l, maps, below, outputs):
    """Refuse a connection table that names a missing map, or leaves a map without input."""
    if size(maps) != (below, outputs):  # acnncheck.m:86
        raise MatlabError(
            f"layer {l + 1}: its maps is {size(maps)}, expected {below}x{outputs}: "
            "a row for each map below, a column for each output map"
        )  # acnncheck.m:87
    wrong = np.flatnonzero(np.ravel((maps != 0) & (maps != 1), order="F"))  # acnncheck.m:91
    if wrong.size:  # acnncheck.m:91
        raise MatlabError(
            f"layer {l + 1}: its maps holds {written(element(maps, wrong[0]))}, "
            "expected 0 and 1 only"
        )  # acnncheck.m:92
    alone = np.flatnonzero(sums(maps, 1) == 0)  # acnncheck.m:95
    if alone.size:  # acnncheck.m:96
        raise MatlabError(
            f"layer {l + 1}: column {alone[0] + 1} of its maps is empty, "
            "expected an input for each output map"
        )  # acnncheck.m:97
