"""A reference's trace and the port's -> the verdict on a case."""

from . import promise as bound
from .compare import compare
from .result import CaseResult


def judge(case, name, blas, promise, reference, port, note=""):
    """Compare two traces under a promise.

    Parameters
    ----------
    case : Case
        The case.
    name : str
        The reference: 'original', 'acnn' or 'recorded'.
    blas : str
        'reference' or 'system'.
    promise : {'bit', 'bound'}
        What is promised.
    reference, port : dict of str to numpy.ndarray
        The traces.
    note : str
        What the reader should know of how the case was judged.

    Returns
    -------
    CaseResult
        The verdict.
    """
    rows = compare(reference, port)
    ratios = bound.ratios(case, reference, port) if promise == "bound" else {}
    errors = bound.errors(case, reference, port)
    return CaseResult(case, name, blas, promise, rows, ratios, errors, note)
