"""The quick engine's cnntest."""

from ..cnn.cnntest import cnntest as exact
from ..matlab.classes import operand
from ..matlab.operators import ne
from ..matlab.sums import find, max_
from .accept import require_finite
from .batch import Crew, predict
from .chain import read_chain
from .cnnff import forward_weights


def cnntest(net, x, y, threads=1):
    """Count the images that a net classifies wrongly.

    The quick form of `dltcnn.cnntest`, in memory that does not grow with the number of images.

    Parameters
    ----------
    net : Net
        A trained net.
    x : numpy.ndarray
        Images (rows, cols, N) with N >= 2.
    y : numpy.ndarray
        Targets (classes, N), the largest of each column at the image's class.
    threads : int
        How many threads share the images; give BLAS one thread then (see `dltcnn.fast`).

    Returns
    -------
    er : float
        Share of wrongly classified images, in [0, 1].
    bad : numpy.ndarray
        Their 0-based indices.

    Raises
    ------
    ValueError
        If images, targets or weights are not finite, or `threads` is not at least 1.
    MatlabError
        As `dltcnn.cnntest` does.
    """
    crew = Crew(threads)
    x, y = operand(x), operand(y)
    weights = forward_weights(net, x, read_chain)
    require_finite(None, y=y)
    if weights is None or y.ndim != 2 or y.shape[1] != x.shape[2]:
        return exact(net, x, y)
    return misclassified(predict(weights, x, crew), y)


def misclassified(o, y):
    """Return the share and the indices of the outputs o whose largest is not that of y."""
    bad = find(ne(max_(o)[1], max_(y)[1]))
    return bad.size / y.shape[1], bad
