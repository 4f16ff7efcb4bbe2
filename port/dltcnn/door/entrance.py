"""The way into a public function."""

import inspect
from functools import wraps

from ..matlab.errors import MatlabError
from ..mfile import from_outside
from ..unused import warn
from .findings import findings
from .given import arrayed, understood

_REFUSES = """\
ValueError
    If images or targets lie otherwise than the function wants them, or do not fit the net: which
    axis holds what, and the expression that mends it.
"""
_WARNS = """\
Warns
-----
DltWarning
    If what is given runs and may mean something else: images or targets of another layout or
    range, a learning rate that is not finite, fields of the net that are not used.
"""


def entrance(function):
    """Put a look at the arguments before a public function.

    Parameters
    ----------
    function : callable
        A function of nets, images, targets or options.

    Returns
    -------
    callable
        The same, which warns (`DltWarning`) or refuses (`ValueError`) before it works, and names
        the cause where it fails.
    """
    names = tuple(inspect.signature(function).parameters)

    @wraps(function)
    def entered(*args, **kwargs):
        args = tuple(map(arrayed, args))
        kwargs = {name: arrayed(each) for name, each in kwargs.items()}
        given = understood(function.__name__, dict(zip(names, args, strict=False)) | kwargs)
        found = findings(given) if given else None
        if found and found.refused:
            raise ValueError(found.cause)
        for warning in found.warned if found else ():
            warn(warning)
        try:
            with from_outside():
                result = function(*args, **kwargs)
        except MatlabError as error:
            if found and found.cause and "no member" not in error.message:
                error.remedy = found.cause
            raise
        if found and found.cause and not found.warned:  # it was expected to fail
            warn(found.cause)
        return result

    entered.__wrapped__ = inspect.unwrap(function)
    entered.__module__ = __package__.partition(".")[0]
    entered.__doc__ = _documented(function, names)
    return entered


def _documented(function, names):
    """Return the docstring, which ends in Raises, with what the door refuses and warns of."""
    refuses = function.__name__.startswith("acnn") or function.__name__ == "cnnpredict"
    added = _REFUSES if refuses and {"x", "y"} & {*names} else ""
    return f"{inspect.cleandoc(function.__doc__)}\n{added}\n{_WARNS.rstrip()}"
