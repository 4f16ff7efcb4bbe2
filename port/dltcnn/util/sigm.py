"""Port of util/sigm.m (DeepLearnToolbox 5df2801)."""

from ..matlab import logistic
from ..mfile import mfile


@mfile
def sigm(P):
    """Logistic function.

    Port of util/sigm.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    P : numpy.ndarray
        Any shape, double or single.

    Returns
    -------
    numpy.ndarray
        Values in [0, 1], shape and class of `P`.
    """
    # 1 ./ (1 + exp(-P)) with the exp that Octave calls.
    X = logistic(P)  # sigm.m:2
    return X
