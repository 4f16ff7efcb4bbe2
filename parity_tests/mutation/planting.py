"""Faults planted into the functions of a running process, without an import."""

import gc
import warnings
from collections import defaultdict
from functools import cache
from types import CodeType, FunctionType

from dltparity import port_state

from . import reach


class Garden:
    """The port's functions as they live in this process.

    Parameters
    ----------
    early : set of str
        Functions that ran while tests were imported, as `reach.index` names them: what they made
        is here already, so that a fault in them needs an import.
    """

    def __init__(self, early):
        self._early = early
        self._functions = defaultdict(lambda: defaultdict(list))
        port = f"{port_state.PORT}/"
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(port):
                self._functions[each.__code__.co_filename][each.__code__].append(each)

    def takes(self, mutant):
        """Tell whether a mutant can be planted: it is inside of functions that have not run yet."""
        function = reach.function_of(mutant)
        if function is None or function in self._early:
            return False
        try:
            return bool(list(self._changed(mutant)))
        except ValueError:
            return False

    def plant(self, mutant):
        """Give each function that a mutant changes its other code."""
        for function, code in list(self._changed(mutant)):
            function.__code__ = code

    def _changed(self, mutant):
        """Yield functions, and the code that each is to have.

        Raises
        ------
        ValueError
            If one function's code cannot take the other's place.
        """
        path = str(mutant.path)
        after = _compiled(mutant.source(), path)
        for old, new in _pairs(_unchanged(mutant.path), after):
            if old != new:
                for function in self._functions[path].get(old, ()):
                    if old.co_freevars != new.co_freevars:
                        raise ValueError("it takes other variables from around it")
                    yield function, new


@cache
def _unchanged(path):
    return _compiled(path.read_text(encoding="utf-8"), str(path))


def _compiled(text, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        return compile(text, path, "exec", dont_inherit=True)


def _pairs(before, after):
    """Yield the codes of two texts side by side, with those of the functions in them."""
    yield before, after
    for each in zip(_inner(before), _inner(after), strict=True):
        yield from _pairs(*each)


def _inner(code):
    return [each for each in code.co_consts if isinstance(each, CodeType)]
