"""The functions of the toolbox's folder util that its network calls."""

import numpy as np
from scipy.special import expit

from .classes import operand, size
from .errors import MatlabError
from .indexing import ticks
from .matlab import flipdim, zeros
from .mfile import mfile


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


@mfile
def expand(A, S=None):
    """Replicate each element of an array.

    Port of util/expand.m (DeepLearnToolbox 5df2801).

    Parameters
    ----------
    A : numpy.ndarray
        Any shape of at least two dimensions, any class.
    S : sequence of int
        How often each element stands along each dimension of `A`.

    Returns
    -------
    numpy.ndarray
        ``size(A) .* S``, class of `A`.

    Raises
    ------
    MatlabError
        If `S` is not given, has another length than size(A), or is not of integers.
    """
    if S is None:  # expand.m:35
        raise MatlabError("Size vector must be provided.  See help.")  # expand.m:36
    SA, S = size(A), np.ravel(operand(S))  # expand.m:39
    if len(SA) != len(S):  # expand.m:41
        raise MatlabError("Length of size vector must equal ndims(A).  See help.")  # expand.m:42
    elif any(np.floor(S) != S):  # expand.m:43
        raise MatlabError("The size vector must contain integers only.  See help.")  # expand.m:44
    T = [None] * len(SA)  # expand.m:47
    for ii in reversed(range(len(SA))):  # expand.m:48
        H = zeros(SA[ii] * S[ii], 1)  # expand.m:49
        H = ticks(H, S[ii], SA[ii] * S[ii])  # expand.m:50
        T[ii] = np.cumsum(H, axis=0)  # expand.m:51
    # T holds 1-based indices, as in MATLAB.
    B = operand(A)[np.ix_(*(H.ravel().astype(int) - 1 for H in T))]  # expand.m:54
    return B


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
    for i in range(np.ndim(X)):  # flipall.m:2
        X = flipdim(X, i + 1)  # flipall.m:3
    return X
