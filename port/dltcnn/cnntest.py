"""Port of CNN/cnntest.m (DeepLearnToolbox 5df2801)."""

from .cnnff import cnnff
from .engines import engines
from .matlab import find, max_, ne, rdivide, size
from .mfile import mfile


@engines
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
    engine : {'exact', 'fast'}, default 'exact'
        As in `cnntrain`.
    threads : int, optional
        For the quick engine: how many threads share the images, 1 by default.

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
    ValueError
        If there is no such engine; from the quick engine, for NaN and Inf.
    """
    net = cnnff(net, x)  # cnntest.m:3
    _, h = max_(net.o)  # cnntest.m:4
    _, a = max_(y)  # cnntest.m:5
    bad = find(ne(h, a))  # cnntest.m:6

    er = float(rdivide(bad.size, size(y, 2)))  # cnntest.m:8
    return er, bad
