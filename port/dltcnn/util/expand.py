"""Port of util/expand.m (DeepLearnToolbox 5df2801)."""

from ..matlab import MatlabError, any_, cumsum, floor, numel, size, zeros
from ..mfile import mfile


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
    SA = size(A)  # expand.m:39
    if len(SA) != numel(S):  # expand.m:41
        raise MatlabError("Length of size vector must equal ndims(A).  See help.")  # expand.m:42
    elif any_(floor(S) != S):  # expand.m:43
        raise MatlabError("The size vector must contain integers only.  See help.")  # expand.m:44
    T = [None] * len(SA)  # expand.m:47
    for ii in reversed(range(len(SA))):  # expand.m:48
        H = zeros(SA[ii] * S[ii], 1)  # expand.m:49
        H[: SA[ii] * S[ii] : S[ii]] = 1  # expand.m:50
        T[ii] = cumsum(H, 1)  # expand.m:51
    # T holds MATLAB's subscripts, from 1.
    B = A[tuple(each - 1 for each in T)]  # expand.m:54
    return B
