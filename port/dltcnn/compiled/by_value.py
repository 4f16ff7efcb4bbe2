"""MATLAB's passing by value for the compiled functions, which work on numpy's own arrays."""

from functools import wraps

import numpy as np

from ..value_semantics import Doors


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

    @wraps(function)
    def called(*args, **kwargs):
        doors = Doors()
        args = map(doors.enter_plain, args)
        kwargs = {name: doors.enter_plain(value) for name, value in kwargs.items()}
        with np.errstate(all="ignore"):  # Octave is silent about NaN, Inf and underflow
            return doors.leave(function(*args, **kwargs))

    return called
