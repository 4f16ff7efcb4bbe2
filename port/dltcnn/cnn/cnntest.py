"""Port of CNN/cnntest.m (DeepLearnToolbox 5df2801)."""

from ..matlab import find, max_, numel, size
from ..mfile import mfile
from .cnnff import cnnff


@mfile
def cnntest(net, x, y):
    """Count the images that a net classifies wrongly.

    Port of CNN/cnntest.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    net : Net
        A trained net.
    x : numpy.ndarray
        Images (rows, cols, N) with N >= 2.
    y : numpy.ndarray
        Targets (classes, N), the largest of each column at the image's class. With one class the
        original compares one maximum over all images, and so does the port.

    Returns
    -------
    er : float
        Share of wrongly classified images, in [0, 1].
    bad : numpy.ndarray
        Their 0-based indices (the original's are 1-based).

    Raises
    ------
    MatlabError
        As `cnnff` does, and if `y` does not have one column per image.
    """
    net = cnnff(net, x)  # cnntest.m:3
    _, h = max_(net.o)  # cnntest.m:4
    _, a = max_(y)  # cnntest.m:5
    bad = find(h != a)  # cnntest.m:6

    er = float(numel(bad) / size(y, 2))  # cnntest.m:8
    return er, bad
