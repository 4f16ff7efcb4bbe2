"""MATLAB's passing by value for the compiled functions, which work on numpy's own arrays."""

from functools import wraps

import numpy as np

from .lines import Struct, check, left, places, unshared


def by_value(function):
    """Give a compiled function the calling convention of its line-by-line form.

    Parameters
    ----------
    function : callable
        The compiled function, of the same name.

    Returns
    -------
    callable
        The same; nets come in by value, and what is returned has no array in common with them.
    """
    expected = places(function)

    def own(arg):
        return unshared(arg) if isinstance(arg, Struct) else arg

    @wraps(function)
    def called(*args, **kwargs):
        check(expected, args, kwargs)
        with np.errstate(all="ignore"):  # Octave is silent about NaN, Inf and underflow
            result = function(*map(own, args), **{name: own(arg) for name, arg in kwargs.items()})
        return left(result, [*args, *kwargs.values()])

    return called
