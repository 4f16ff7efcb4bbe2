"""The quick engine's acnntest."""

from ..acnn.acnntest import acnntest as exact
from ..matlab.classes import operand
from .accept import require_finite
from .batch import Crew, predict
from .chain import read_acnn_chain
from .cnnff import forward_weights
from .cnntest import misclassified


def acnntest(net, x, y, threads=1):
    """Count the images that a net classifies wrongly.

    The quick form of `dltcnn.acnntest`, in memory that does not grow with the number of images.

    Parameters
    ----------
    net : Net
        A trained net.
    x, y : numpy.ndarray
        Images and targets, as for `dltcnn.acnntest`.
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
        As `dltcnn.acnntest` does.
    """
    crew = Crew(threads)
    x, y = operand(x), operand(y)
    weights = forward_weights(net, x, read_acnn_chain)
    require_finite(None, y=y)
    # One output alone is held against a threshold.
    if weights is None or len(weights.ffW) == 1 or y.shape != (len(weights.ffW), x.shape[2]):
        return exact(net, x, y)
    return misclassified(predict(weights, x, crew), y)
