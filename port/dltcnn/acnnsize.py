"""Port of matlab_ref/acnn/acnnsize.m."""

import numpy as np

from .classes import size
from .errors import MatlabError


def acnnsize(value):
    """Write the size of a value.

    Port of matlab_ref/acnn/acnnsize.m.

    Parameters
    ----------
    value : object
        The value.

    Returns
    -------
    str
        Such as 8x8x5.
    """
    text = "".join(f"x{n}" for n in _size(value))  # acnnsize.m:3
    text = text[1:]  # acnnsize.m:4
    return text


def _size(value):
    """Return the size of what need not be an array of numbers."""
    try:
        return size(value)
    except MatlabError:
        return size(np.asarray(value, object))
