"""The calling convention of a MATLAB function, for the ported ones."""

import linecache
import re
import threading
from functools import partial, wraps

import numpy as np

from .arguments import check, places
from .matlab.dimensions import TOO_LARGE
from .matlab.errors import MatlabError
from .matlab.struct import Struct
from .unused import Looked
from .value_semantics import separate, unshared

_CITATION = re.compile(r"# (\w+\.m:\d+)$")
_LONGEST_STATEMENT = 12  # lines
_call = threading.local()  # .nested: whether a ported function runs, so that a call is from inside


def mfile(function=None, *, by_value=True):
    """Give a ported function MATLAB's calling convention.

    Nets and options come in by value: the caller's stay as they are, and what is returned has no
    array in common with them. A `MatlabError` that leaves it carries the line of the original that
    raises it too, read from the citation at the end of the Python statement.

    Parameters
    ----------
    function : callable
        The ported function.
    by_value : bool
        False for a function that only reads its nets.

    Returns
    -------
    callable
        The same function with that convention.
    """
    if function is None:
        return partial(mfile, by_value=by_value)

    def own(arg):
        return unshared(arg) if isinstance(arg, Struct) else arg

    def run(*args, **kwargs):
        if by_value:
            args = map(own, args)
            kwargs = {name: own(arg) for name, arg in kwargs.items()}
        return function(*args, **kwargs)

    expected = places(function)

    @wraps(function)
    def called(*args, **kwargs):
        check(expected, args, kwargs)
        try:
            if getattr(_call, "nested", False):
                return run(*args, **kwargs)
            _call.nested = True
            try:
                # Octave is silent about NaN, Inf and underflow.
                with Looked(function.__name__, expected, args, kwargs), np.errstate(all="ignore"):
                    result = run(*args, **kwargs)
            finally:
                _call.nested = False
            return separate(result, [*args, *kwargs.values()])
        except (MatlabError, MemoryError) as error:
            refusal = MatlabError(TOO_LARGE) if isinstance(error, MemoryError) else error
            if refusal.line is None:
                refusal.line = _cited_line(error.__traceback__, function.__code__)
            raise refusal from refusal.__cause__

    return called


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
