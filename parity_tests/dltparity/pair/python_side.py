"""The Python callable: called on one argument list, for a limited time."""

import copy
import importlib
import signal
import sys
import threading
from contextlib import contextmanager, redirect_stdout
from io import StringIO

from ..errors import RequestError
from .values import NoValueError, Outcome, arrays, same_values


class _TimeOver(BaseException):
    """A call takes too long; no function's own `except Exception` holds it up."""


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
    for folder in map(str, folders):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    module, _, name = reference.partition(":")
    try:
        found = importlib.import_module(module)
    except Exception as error:  # a user's module may do anything on being imported
        raise RequestError(f"{module!r} cannot be imported: {error}") from None
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
    given = copy.deepcopy(arguments)
    try:
        with _limit(seconds), redirect_stdout(StringIO()):
            result = function(*given)
        found = _outputs(result, outputs)
    except _TimeOver:
        return Outcome(False, message=f"did not return within {seconds:g} s", ended=True)
    except NoValueError as error:
        return Outcome(True, message=str(error))
    except (Exception, SystemExit) as error:
        return Outcome(False, message=f"{type(error).__name__}: {error}")
    changed = [
        str(n) for n, (a, b) in enumerate(zip(arguments, given, strict=True), 1) if not _same(a, b)
    ]
    message = ""
    if changed:
        message = f"the Python function changes its argument {', '.join(changed)}"
    return Outcome(True, found, message)


def _same(a, b):
    try:
        return same_values(a, b)
    except AttributeError:  # its class has been changed
        return False


def _outputs(result, outputs):
    if outputs == 1:
        return arrays([result])
    if not isinstance(result, tuple) or len(result) < outputs:
        given = len(result) if isinstance(result, tuple) else 1
        raise NoValueError(f"it returns {given} outputs where {outputs} are compared")
    return arrays(result[:outputs])


@contextmanager
def _limit(seconds):
    """End what runs too long; only the main thread can be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(*_):
        raise _TimeOver

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
