"""Port of matlab_ref/acnn/acnntest.m."""

from ..matlab import MatlabError, classname, find, islogical, isnumeric, max_, numel, size
from ..mfile import mfile
from .acnnactivation import acnnactivation
from .acnnff import acnnff
from .acnnsize import acnnsize


@mfile
def acnntest(net, x, y):
    """Count the images that a net classifies wrongly.

    Port of matlab_ref/acnn/acnntest.m.

    Parameters
    ----------
    net : Net
        A trained net.
    x : numpy.ndarray
        Images, as for `acnnff`.
    y : numpy.ndarray
        Targets (classes, N), the largest of each column at the image's class. One output alone
        says yes above the middle of its range: 0 for 'tanh', else 0.5. Those of a regression are
        no classes: the error is ``acnnloss(acnnff(net, x), y)[0]``.

    Returns
    -------
    er : float
        Share of wrongly classified images, in [0, 1].
    bad : numpy.ndarray
        Their 0-based indices (the .m's are 1-based).

    Raises
    ------
    MatlabError
        As `acnnff` does, and if `y` does not fit the outputs.
    ValueError
        If the outputs are linear and `y` has more than two values, as in a regression (refused by
        the public function).
    """
    net = acnnff(net, x)  # acnntest.m:6
    if not isnumeric(y) and not islogical(y):  # acnntest.m:7
        raise MatlabError(
            f"targets of class {classname(y)} were given, "
            "expected double, single, logical or an integer class"
        )  # acnntest.m:8
    if size(y) != size(net.o):  # acnntest.m:11
        raise MatlabError(
            f"targets of size {acnnsize(y)} were given, expected {acnnsize(net.o)}"
        )  # acnntest.m:12
    if size(y, 1) == 1:  # acnntest.m:15
        middle = (1 - (acnnactivation(net) == "tanh")) / 2  # acnntest.m:16
        given = net.o > middle  # acnntest.m:17
        wanted = y > middle  # acnntest.m:18
    else:
        _, given = max_(net.o, 1)  # acnntest.m:20
        _, wanted = max_(y, 1)  # acnntest.m:21
    bad = find(given != wanted)  # acnntest.m:23
    er = float(numel(bad) / size(y, 2))  # acnntest.m:24
    return er, bad
