"""The calling convention of a MATLAB function, for the ported ones."""

import linecache
import re
import threading
from contextlib import contextmanager
from functools import partial, wraps

import numpy as np

from .arguments import check, places
from .matlab.dimensions import TOO_LARGE
from .matlab.errors import MatlabError
from .matlab.struct import Struct
from .remedies import remedy
from .unused import Looked
from .value_semantics import Doors, as_matlab, unshared

_CITATION = re.compile(r"# (\w+\.m:\d+)$")
_LONGEST_STATEMENT = 12  # lines
_call = threading.local()  # .nested: whether a ported function runs, so that a call is from inside


def mfile(function=None, *, by_value=True):
    """Give a ported function MATLAB's calling convention.

    Nets and options come in by value: the caller's stay as they are, and what is returned has no
    array in common with them. Inside, arrays and numbers are MATLAB's (`dltcnn.matlab.Array`);
    callers give and get numpy's. A `MatlabError` that leaves it carries the line of the original
    that raises it too, read from the citation at the end of the Python statement, and the remedy.

    Parameters
    ----------
    function : callable
        The ported function.
    by_value : bool
        False for a function that only reads its nets: calls from inside the port copy nothing.

    Returns
    -------
    callable
        The same function with that convention.
    """
    if function is None:
        return partial(mfile, by_value=by_value)

    def inner(arg):
        """Take an argument of a call from inside the port."""
        if isinstance(arg, Struct):
            return unshared(arg) if by_value else arg
        return as_matlab(arg) if isinstance(arg, np.ndarray) else arg

    def run(door, args, kwargs):
        return function(*map(door, args), **{name: door(arg) for name, arg in kwargs.items()})

    expected = places(function)

    @wraps(function)
    def called(*args, **kwargs):
        check(expected, args, kwargs)
        try:
            if getattr(_call, "nested", False):
                return run(inner, args, kwargs)
            doors = Doors()
            with inside(), Looked(function.__name__, expected, args, kwargs):
                result = run(doors.enter, args, kwargs)
            return doors.leave(result)
        except (MatlabError, MemoryError) as error:
            refusal = MatlabError(TOO_LARGE) if isinstance(error, MemoryError) else error
            if refusal.line is None:
                refusal.line = _cited_line(error.__traceback__, function.__code__)
                refusal.remedy = remedy(refusal.line, refusal.message)
            raise refusal from refusal.__cause__

    return called


@contextmanager
def inside():
    """Let what is called be a call from inside the port: its arrays stay MATLAB's between calls."""
    # Octave is silent about NaN, Inf and underflow.
    with _nested(True), np.errstate(all="ignore"):
        yield


def from_outside():
    """Let what is called be a call from outside the port, also from a random stream of a user's.

    A user's ``randperm`` may itself call ported functions, and gets numpy's arrays from them.
    """
    return _nested(False)


@contextmanager
def _nested(now):
    before, _call.nested = getattr(_call, "nested", False), now
    try:
        yield
    finally:
        _call.nested = before


def _cited_line(traceback, code):
    """Find the citation of the innermost statement in `code`'s file that the error came from."""
    cited = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == code.co_filename:
            first = traceback.tb_lineno
            for number in range(first, first + _LONGEST_STATEMENT):
                found = _CITATION.search(linecache.getline(code.co_filename, number).rstrip())
                if found:
                    cited = found[1]
                    break
        traceback = traceback.tb_next
    return cited
