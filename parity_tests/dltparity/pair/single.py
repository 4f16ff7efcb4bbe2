"""One call of a .m function and of a Python one."""

import re

from ..errors import RequestError
from . import draws, judge, python_side
from .spec import PROMISES, Input, Pair
from .work import shown

_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)


def hold(functions, m_function, py_function, inputs, outputs=1, promise="bit", seconds=60.0):
    """Call both and compare.

    Parameters
    ----------
    functions : Matlab
        Octave's side.
    m_function : str
        The .m function.
    py_function : callable
        The Python one.
    inputs : sequence
        What both are called on.
    outputs : int
        How many outputs are compared.
    promise : {'bit', 'noise'}
        What differences are allowed.
    seconds : float
        After which the Python call is ended.

    Returns
    -------
    str
        What differs first; empty where the promise is kept.

    Raises
    ------
    RequestError
        If the request makes no sense.
    """
    if not _NAME.fullmatch(m_function):
        raise RequestError(f"{m_function!r} is no name of a .m function")
    if promise not in PROMISES:
        raise RequestError(f"promise is {promise!r}: expected 'bit' or 'noise'")
    pair = Pair(m_function, m_function, "", outputs, promise, arguments=(Input(),) * len(inputs))
    arguments = list(inputs)
    try:
        theirs = functions.call(pair, [arguments])[0]
    except (TypeError, ValueError) as error:
        raise RequestError(f"an input cannot be handed to Octave: {error}") from None
    ours = python_side.call(py_function, arguments, outputs, seconds)
    [found] = draws.judged(functions, pair, [arguments], [theirs], [ours])
    if found.verdict == judge.KEPT:
        return ""
    listed = "\n".join(f"  {each}" for each in shown(arguments))
    name = getattr(py_function, "__name__", repr(py_function))
    return f"{m_function} and {name}: {found.what}\ninputs:\n{listed}"
