"""A reference's trace and the port's -> the verdict on a case."""

from . import accuracy_of_training, bound
from .drift import drift
from .result import CaseResult
from .rows import compare
from .training_outcome import outcome


def judge(case, name, blas, promise, reference, port, figures=True, engine="lines"):
    """Compare two traces, and judge them by a promise.

    Parameters
    ----------
    case : Case
        The case.
    name : str
        The reference: 'original', 'acnn' or 'recorded'.
    blas : str
        The BLAS that the reference ran on.
    promise : {'bit', 'bound'}
        What is promised.
    reference, port : dict of str to numpy.ndarray
        The traces.
    figures : bool
        Whether to measure errors against extended precision where the verdict does not need them.
    engine : {'lines', 'compiled'}
        Who computed the port's side.

    Returns
    -------
    CaseResult
        The verdict.
    """
    rows = compare(reference, port)
    errors = bound.errors(case, reference, port) if figures or promise == "bound" else {}
    comparable = all(row.problem is None or row.field == "test.bad" for row in rows)
    if promise == "bound" and comparable and port.keys() == reference.keys() and rows:
        ratios = bound.ratios(case, name, reference, port, errors)
    else:
        ratios = {}
    return CaseResult(
        *(case, name, blas, promise, rows, ratios, errors),
        trained_errors=accuracy_of_training.errors(case, name, reference, port) if figures else {},
        training=outcome(case, reference, port),
        engine=engine,
        drift=drift(reference, port),
    )


def failed(case, name, blas, promise, error, engine):
    """Return the verdict on a case that the port or the reference could not run.

    Parameters
    ----------
    case, name, blas, promise
        As for `judge`.
    error : str
        Which of them raised what, and where.
    engine : str
        As for `judge`.

    Returns
    -------
    CaseResult
        A failure.
    """
    return CaseResult(case, name, blas, promise, [], error=error, engine=engine)
