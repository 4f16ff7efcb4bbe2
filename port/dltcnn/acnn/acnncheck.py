"""Port of matlab_ref/acnn/acnncheck.m."""

from math import inf

from ..matlab import (
    MatlabError,
    any_,
    are_whole,
    classname,
    find,
    isempty,
    isfield,
    islogical,
    isnumeric,
    numel,
    row,
    size,
    sprintf_g,
    sum_,
    true,
)
from ..mfile import mfile
from ..net import literal
from .acnnget import acnnget
from .acnnsize import acnnsize
from .acnntext import acnntext


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
    if len(acnnget(net, "layers", ())) == 0:  # acnncheck.m:4
        raise MatlabError("the net has no layers: give at least the input layer")  # acnncheck.m:5
    maps = 0  # acnncheck.m:7
    for l in range(len(net.layers)):  # acnncheck.m:8
        layer = net.layers[l]  # acnncheck.m:9
        kind = acnnget(layer, "type", "")  # acnncheck.m:10
        if l == 0:  # acnncheck.m:11
            among(l, "type", kind, ("i",))  # acnncheck.m:12
            own(l, layer)  # acnncheck.m:13
            maps = whole(l, layer, "channels", acnnget(layer, "channels", 1), 1)  # acnncheck.m:14
        else:
            among(l, "type", kind, ("c", "s", "a", "f"))  # acnncheck.m:16
            if net.layers[l - 1].type == "f":  # acnncheck.m:17
                among(l, "type", kind, ("f",))  # acnncheck.m:18
            own(l, layer)  # acnncheck.m:20
            maps = checked(l, layer, maps)  # acnncheck.m:21
    l = len(net.layers)  # acnncheck.m:24
    among(
        l, "activation", acnnget(net, "activation", "sigm"), ("sigm", "tanh", "linear")
    )  # acnncheck.m:25
    among(0, "normalize", acnnget(net, "normalize", "set"), ("set", "pixel"))  # acnncheck.m:26


def own(l, layer):
    """Refuse an option that only layers of another type take."""
    if layer.type == "i":  # acnncheck.m:31
        takes = ("channels",)  # acnncheck.m:32
    elif layer.type == "c":  # acnncheck.m:33
        takes = ("outputmaps", "kernelsize", "maps", "activation")  # acnncheck.m:34
    elif layer.type == "a":  # acnncheck.m:35
        takes = (
            "outputmaps",
            "kernelsize",
            "shared",
            "lam",
            "penalty",
            "activation",
        )  # acnncheck.m:36
    elif layer.type == "s":  # acnncheck.m:37
        takes = ("scale", "trainable", "activation")  # acnncheck.m:38
    else:
        takes = ("units", "activation")  # acnncheck.m:40
    names = (
        *("channels", "outputmaps", "kernelsize", "maps", "shared", "lam", "penalty"),
        *("scale", "trainable", "units", "activation"),
    )  # acnncheck.m:42
    names = [name for name in names if isfield(layer, name)]  # acnncheck.m:44
    for i in range(len(names)):  # acnncheck.m:45
        if names[i] not in takes:  # acnncheck.m:46
            raise MatlabError(
                f"layer {l + 1}: {names[i]} was given, a layer '{layer.type}' takes "
                f"{', '.join(takes)}"
            )  # acnncheck.m:47


def checked(l, layer, below):
    """Check the fields of one layer and count its maps."""
    if layer.type == "s":  # acnncheck.m:55
        flag(l, "trainable", acnnget(layer, "trainable", False))  # acnncheck.m:56
    elif layer.type == "a":  # acnncheck.m:57
        flag(l, "shared", acnnget(layer, "shared", True))  # acnncheck.m:58
    activated = acnnget(layer, "trainable", False) or layer.type != "s"  # acnncheck.m:60
    if not activated and isfield(layer, "activation"):  # acnncheck.m:61
        raise MatlabError(
            f"layer {l + 1}: an activation was given to an 's' layer that "
            "only averages: set trainable = true or leave it out"
        )  # acnncheck.m:62
    among(
        l, "activation", acnnget(layer, "activation", "sigm"), ("sigm", "tanh", "linear")
    )  # acnncheck.m:65
    if layer.type == "s":  # acnncheck.m:66
        whole(l, layer, "scale", acnnget(layer, "scale", ()), 2)  # acnncheck.m:67
        maps = below  # acnncheck.m:68
    elif layer.type == "f":  # acnncheck.m:69
        maps = whole(l, layer, "units", acnnget(layer, "units", ()), 1)  # acnncheck.m:70
    else:
        maps = whole(l, layer, "outputmaps", acnnget(layer, "outputmaps", ()), 1)  # acnncheck.m:72
        whole(l, layer, "kernelsize", acnnget(layer, "kernelsize", ()), 2)  # acnncheck.m:73
        if layer.type == "c":  # acnncheck.m:74
            table(l, acnnget(layer, "maps", true(below, maps)), below, maps)  # acnncheck.m:75
        else:
            among(
                l, "penalty", acnnget(layer, "penalty", "l1"), ("l1", "entropy")
            )  # acnncheck.m:77
            lam = acnnget(layer, "lam", 0)  # acnncheck.m:78
            if not (isnumeric(lam) and numel(lam) == 1 and 0 <= lam < inf):  # acnncheck.m:79
                raise MatlabError(
                    f"layer {l + 1}: its lam is {acnntext(lam)}, expected one number of at least 0"
                )  # acnncheck.m:80
    return maps


def among(l, name, value, allowed):
    """Refuse a name that is not one of those allowed."""
    if not isinstance(value, str) or value not in allowed:  # acnncheck.m:89
        expected = "' or '".join(allowed)  # acnncheck.m:90
        raise MatlabError(
            f"layer {l + 1}: its {name} is {acnntext(value)}, expected '{expected}'"
        )  # acnncheck.m:90


def flag(l, name, value):
    """Refuse what is not true or false, or 1 or 0."""
    good = (isnumeric(value) or islogical(value)) and numel(value) == 1  # acnncheck.m:97
    if not good or not any_(value == row(0, 1)):  # acnncheck.m:97
        raise MatlabError(
            f"layer {l + 1}: its {name} is {acnntext(value)}, expected true or false"
        )  # acnncheck.m:98


def whole(l, layer, name, value, most):
    """Refuse what is not one whole number from 1 on, or up to two of them; give it as double."""
    if isempty(value):  # acnncheck.m:105
        raise MatlabError(
            f"layer {l + 1}: its {name} is missing: a layer '{layer.type}' needs it"
        )  # acnncheck.m:106
    good = isnumeric(value) and numel(value) <= most and size(value)[0] == 1  # acnncheck.m:109
    if not good or not are_whole(value):  # acnncheck.m:110
        expected = "one whole number of at least 1"  # acnncheck.m:111
        if most == 2:  # acnncheck.m:112
            expected = "one or two whole numbers of at least 1"  # acnncheck.m:113
        raise MatlabError(
            f"layer {l + 1}: its {name} is {acnntext(value)}, expected {expected}"
        )  # acnncheck.m:115
    value = literal(value)  # acnncheck.m:118
    return value


def table(l, maps, below, outputs):
    """Refuse a connection table that names a missing map, or leaves a map without input."""
    if not isnumeric(maps) and not islogical(maps):  # acnncheck.m:123
        raise MatlabError(
            f"layer {l + 1}: its maps is of class {classname(maps)}, expected logical"
        )  # acnncheck.m:124
    if size(maps) != (below, outputs):  # acnncheck.m:126
        raise MatlabError(
            f"layer {l + 1}: its maps is {acnnsize(maps)}, expected {below}x{outputs}: "
            "a row for each map below, a column for each output map"
        )  # acnncheck.m:127
    wrong = find((maps != 0) & (maps != 1))  # acnncheck.m:131
    if not isempty(wrong):  # acnncheck.m:131
        raise MatlabError(
            f"layer {l + 1}: its maps holds {sprintf_g(maps[wrong[0]])}, expected 0 and 1 only"
        )  # acnncheck.m:132
    alone = find(sum_(maps, 1) == 0)  # acnncheck.m:135
    if not isempty(alone):  # acnncheck.m:136
        raise MatlabError(
            f"layer {l + 1}: column {alone[0] + 1} of its maps is empty, "
            "expected an input for each output map"
        )  # acnncheck.m:137
