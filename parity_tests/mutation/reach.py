"""Which functions of the port run: a mutant of one meets only the tests that reach it."""

import sys
import time

from dltparity import port_state


class Reach:
    """Notes the port's functions that are called within a ``with`` block.

    Results that functions keep (`functools.cache`) are dropped before, so that a test is noted
    with everything that it needs, whatever ran before it.

    Attributes
    ----------
    functions : frozenset of str
        Those that were called, such as ``matlab.sums prod``; one that is made in another is
        ``matlab.array lifted.called``.
    seconds : float
        Of the processor's time.
    """

    def __init__(self):
        self._codes, self.functions, self.seconds = set(), frozenset(), 0.0

    def __enter__(self):
        _drop_results()
        self._started = time.process_time()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)
        self.seconds = time.process_time() - self._started
        names = (_name_of(code) for code in self._codes)
        self.functions = frozenset(name for name in names if name)

    def _note(self, frame, event, _):
        if event == "call":
            self._codes.add(frame.f_code)


def index(noted):
    """Turn what was noted around: who reaches a function?

    Parameters
    ----------
    noted : dict of str to frozenset of str
        Who -> functions.

    Returns
    -------
    dict of str to list of str
        Function -> who calls it, or a function that is made in it.
    """
    found = {}
    for who, functions in noted.items():
        for each in dict.fromkeys(around for name in functions for around in _around(name)):
            found.setdefault(each, []).append(who)
    return found


def function_of(mutant):
    """Name the function with a mutant; None where it stands outside of functions."""
    function = mutant.change()[1].function
    return f"{mutant.file} {function}" if function else None


def _around(name):
    """Name a function and those that it is made in."""
    file, function = name.split(" ")
    parts = function.split(".")
    return [f"{file} {'.'.join(parts[:count])}" for count in range(len(parts), 0, -1)]


def _name_of(code):
    """Name a function of the port by its code; None for any other."""
    file = _FILES.get(code.co_filename)
    return file and f"{file} {code.co_qualname.replace('.<locals>', '')}"


def _drop_results():
    for module in [each for name, each in sys.modules.items() if name.startswith("dltcnn.")]:
        for each in vars(module).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


_FILES = {
    str(port_state.path_of(module)): module
    for module in port_state.modules("cnn", "util", "matlab", "acnn")
}
