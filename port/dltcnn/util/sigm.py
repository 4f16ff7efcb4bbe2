"""Port of util/sigm.m (DeepLearnToolbox 5df2801)."""

from scipy.special import expit

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
    # scipy's expit calls the same libm exp that Octave calls; numpy's exp is another one.
    X = expit(P)  # sigm.m:2
    return X
