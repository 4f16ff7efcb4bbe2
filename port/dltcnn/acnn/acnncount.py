"""Port of matlab_ref/acnn/acnncount.m."""

from ..matlab import MatlabError, classname, isempty, islogical, isnumeric, size
from ..mfile import mfile
from .acnnget import acnnget
from .acnnsize import acnnsize


@mfile(by_value=False)
def acnncount(net, x):
    """Count the images.

    Port of matlab_ref/acnn/acnncount.m.

    Parameters
    ----------
    net : Net
        Its input layer says how many channels there are.
    x : numpy.ndarray
        Images (rows, cols, N), or (rows, cols, channels, N) for several channels.

    Returns
    -------
    int
        N.

    Raises
    ------
    MatlabError
        If `x` does not fit the net's channels or is empty.
    """
    channels = acnnget(net.layers[0], "channels", 1)  # acnncount.m:4
    shape = "rows x cols x N"  # acnncount.m:5
    count = size(x, 3)  # acnncount.m:6
    good = len(size(x)) <= 3  # acnncount.m:7
    if channels > 1:  # acnncount.m:8
        shape = f"rows x cols x {channels:.0f} x N"  # acnncount.m:9
        count = size(x, 4)  # acnncount.m:10
        good = len(size(x)) <= 4 and size(x, 3) == channels  # acnncount.m:11
    if not isnumeric(x) and not islogical(x):  # acnncount.m:13
        raise MatlabError(
            f"layer 1: images of class {classname(x)} were given, "
            "expected double, single, logical or an integer class"
        )  # acnncount.m:14
    if not good or isempty(x):  # acnncount.m:17
        raise MatlabError(
            f"layer 1: images of size {acnnsize(x)} were given, expected {shape} "
            "(set channels on the input layer for several channels)"
        )  # acnncount.m:18
    return count
