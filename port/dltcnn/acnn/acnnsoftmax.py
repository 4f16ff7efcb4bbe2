"""Port of matlab_ref/acnn/acnnsoftmax.m."""

from ..matlab import exp, log, max_, sum_
from ..mfile import mfile


@mfile
def acnnsoftmax(c):
    """Softmax of each column.

    Port of matlab_ref/acnn/acnnsoftmax.m. Equation E19.

    Parameters
    ----------
    c : numpy.ndarray
        Logits (maps below, output maps), double or single.

    Returns
    -------
    A : numpy.ndarray
        Weights in [0, 1], the columns sum to 1.
    lnA : numpy.ndarray
        Their logarithms, finite where A underflows; -Inf where a logit is -Inf, or 1.8e308 and more
        below the largest of its column.
    """
    c = c - max_(c, 1)[0]  # acnnsoftmax.m:3
    total = sum_(exp(c), 1)  # acnnsoftmax.m:4
    A = exp(c) / total  # acnnsoftmax.m:5
    lnA = c - log(total)  # acnnsoftmax.m:6
    return A, lnA
