"""Port of matlab_ref/acnn/acnnpenalty.m."""

from ..matlab import double, sign, sum_
from ..mfile import mfile
from .acnnget import acnnget
from .acnnsoftmax import acnnsoftmax


@mfile(by_value=False)
def acnnpenalty(layer):
    """Penalty on the weights of a combination layer.

    Port of matlab_ref/acnn/acnnpenalty.m. Equations E23 to E25 with the penalty 'l1', whose
    gradient for c is zero but for rounding, since the columns of A are positive and sum to 1; with
    'entropy' the penalty is lam times the entropy of each column.

    Parameters
    ----------
    layer : Layer
        Its logits c, its lam (default 0) and its penalty (default 'l1').

    Returns
    -------
    omega : float
        The penalty, at least 0.
    dA, dc : numpy.ndarray
        Its gradients for A and for c, of their size. A map that takes no part (A is 0, as with a
        logit of -Inf) has no entropy, and dc 0; dA is Inf there.
    """
    lam = double(acnnget(layer, "lam", 0))  # acnnpenalty.m:4
    A, lnA = acnnsoftmax(layer.c)  # acnnpenalty.m:5
    if acnnget(layer, "penalty", "l1") == "l1":  # acnnpenalty.m:6
        omega = lam * sum_(abs(A))  # acnnpenalty.m:7
        dA = lam * sign(A)  # acnnpenalty.m:8
        dc = lam * (abs(A) - A * sum_(abs(A), 1))  # acnnpenalty.m:9
    else:
        AlnA = A * lnA  # acnnpenalty.m:11
        AlnA[A == 0] = 0  # acnnpenalty.m:12
        omega = -lam * sum_(AlnA)  # acnnpenalty.m:13
        dA = -lam * (lnA + 1)  # acnnpenalty.m:14
        dc = -lam * (A * (lnA - sum_(AlnA, 1)))  # acnnpenalty.m:15
        dc[A == 0] = 0  # acnnpenalty.m:16
    return omega, dA, dc
