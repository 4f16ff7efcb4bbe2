"""Port of matlab_ref/acnn/acnntargets.m."""

from ..matlab import (
    MatlabError,
    any_,
    classname,
    find,
    isfield,
    isfloat,
    islogical,
    numel,
    reshape,
    size,
    sprintf_g,
)
from ..mfile import mfile
from .acnnactivation import acnnactivation
from .acnnsize import acnnsize


@mfile(by_value=False)
def acnntargets(net, y, count):
    """Refuse targets that do not fit the net.

    Port of matlab_ref/acnn/acnntargets.m.

    Parameters
    ----------
    net : Net
        A net from `acnnsetup`.
    y : numpy.ndarray
        Targets (classes, count), double, single or logical: 0 to 1 where the output's activation
        is 'sigm', -1 to 1 for 'tanh', any for 'linear'.
    count : int
        The number of images.

    Raises
    ------
    MatlabError
        If `y` is of another size or class, or outside that range.
    """
    if not isfield(net, "ffW"):  # acnntargets.m:6
        raise MatlabError("the net has no weights: run acnnsetup first")  # acnntargets.m:7
    l = len(net.layers)  # acnntargets.m:9
    if not isfloat(y) and not islogical(y):  # acnntargets.m:10
        raise MatlabError(
            f"layer {l + 1}: targets of class {classname(y)} were given, "
            "expected double, single or logical"
        )  # acnntargets.m:11
    if size(y) != (size(net.ffW, 1), count):  # acnntargets.m:14
        raise MatlabError(
            f"layer {l + 1}: targets of size {acnnsize(y)} were given, "
            f"expected {size(net.ffW, 1)}x{count:.0f}: "
            "a row for each output, a column for each image"
        )  # acnntargets.m:15
    name = acnnactivation(net)  # acnntargets.m:19
    lowest = 0  # acnntargets.m:20
    if name == "tanh":  # acnntargets.m:21
        lowest = -1  # acnntargets.m:22
    outside = reshape(~((y >= lowest) & (y <= 1)), numel(y), 1)  # acnntargets.m:24
    if name != "linear" and any_(outside):  # acnntargets.m:25
        raise MatlabError(
            f"layer {l + 1}: a target of {sprintf_g(y[find(outside)[0]])} was given, "
            f"expected {lowest} to 1 for the activation '{name}'"
        )  # acnntargets.m:26
