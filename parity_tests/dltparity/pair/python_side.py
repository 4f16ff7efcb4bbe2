"""The Python callable: called on one argument list, for a limited time."""

from ..errors import RequestError
from ..traces.python_functions import Stopped, imported, limited
from .values import NoValueError, Outcome, arrays


def load(reference, folders):
    """Import a callable.

    Parameters
    ----------
    reference : str
        ``module:function``.
    folders : iterable of Path
        Put on Python's path.

    Returns
    -------
    callable
        It.

    Raises
    ------
    RequestError
        If there is none, or its module cannot be imported.
    """
    module, _, name = reference.partition(":")
    found = imported(module, folders)
    for part in name.split("."):
        found = getattr(found, part, None)
    if not callable(found):
        raise RequestError(f"{reference!r}: there is no such function")
    return found


def call(function, arguments, outputs, seconds):
    """Call a function.

    Parameters
    ----------
    function : callable
        It.
    arguments : list
        Its arguments; it gets copies.
    outputs : int
        How many outputs are compared; of more than one it returns a tuple.
    seconds : float
        After which it is ended.

    Returns
    -------
    Outcome
        What it did.
    """
    try:
        result, changed = limited(function, arguments, seconds)
        found = _outputs(result, outputs)
    except Stopped as stop:
        return Outcome(False, message=str(stop), ended=stop.ended)
    except NoValueError as error:
        return Outcome(True, message=str(error))
    message = ""
    if changed:
        message = f"the Python function changes its argument {', '.join(map(str, changed))}"
    return Outcome(True, found, message)


def _outputs(result, outputs):
    if outputs == 1:
        return arrays([result])
    if not isinstance(result, tuple) or len(result) < outputs:
        given = len(result) if isinstance(result, tuple) else 1
        raise NoValueError(f"it returns {given} outputs where {outputs} are compared")
    return arrays(result[:outputs])
