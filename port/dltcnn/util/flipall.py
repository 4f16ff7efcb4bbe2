"""Port of util/flipall.m (DeepLearnToolbox 5df2801)."""

from ..matlab import flipdim, size
from ..mfile import mfile


@mfile
def flipall(X):
    """Reverse an array along each of its dimensions.

    Port of util/flipall.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    X : numpy.ndarray
        Any shape and class. The batch axis is reversed too, as MATLAB's convn over a stack wants.

    Returns
    -------
    numpy.ndarray
        Shape and class of `X`.
    """
    for i in range(len(size(X))):  # flipall.m:2
        X = flipdim(X, i + 1)  # flipall.m:3
    return X
