"""Python functions of a user's own: imported, and called on copies, for a limited time."""

import copy
import importlib
import inspect
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np

from dltcnn import functions

from ..errors import RequestError
from ..signals import within

_STEMS = ("setup", "ff", "bp", "applygrads", "train", "test")


class Stopped(Exception):  # noqa: N818
    """A call gave nothing.

    Attributes
    ----------
    ended : bool
        Whether it was ended for taking too long.
    """

    def __init__(self, message, ended=False):
        super().__init__(message)
        self.ended = ended


class _TimeOver(BaseException):
    """A call takes too long; no function's own `except Exception` holds it up."""


def _over(*_):
    raise _TimeOver


def imported(module, folders):
    """Import a module.

    Parameters
    ----------
    module : str
        Its name.
    folders : iterable of Path
        Put on Python's path.

    Returns
    -------
    module
        It.

    Raises
    ------
    RequestError
        If it cannot be imported.
    """
    for folder in map(str, folders):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    try:
        return importlib.import_module(module)
    except (Exception, SystemExit) as error:  # a user's module may do anything on being imported
        raise RequestError(f"{module!r} cannot be imported: {error}") from None


class Functions:
    """The functions of the port, or of a user's module that has functions of the same names.

    Parameters
    ----------
    module : str, optional
        The user's module, looked for in the working folder first. What it lacks comes from the
        port.

    Raises
    ------
    RequestError
        If it cannot be imported or has no function of such a name.
    """

    def __init__(self, module=None):
        self.module = None if module is None else imported(module, [Path.cwd()])
        names = [f"{family}{stem}" for family in ("cnn", "acnn") for stem in _STEMS]
        self.own = {
            name: found for name in names if callable(found := getattr(self.module, name, None))
        }
        if self.module and not self.own:
            raise RequestError(f"{module!r} has none of the functions {', '.join(names)}")

    def __getitem__(self, name):
        return self.own.get(name) or getattr(functions, name)

    def lacks(self, name):
        """Say what keeps a function from standing for a module that has others; None if nothing.

        The port's training and test call the port's own passes, and not the module's.
        """
        if self.own and name not in self.own and name.endswith(("train", "test")):
            return f"{self.module.__name__} has no {name}, and the port's calls its own functions"
        return None

    def files(self):
        """List the files that the user's own functions are in."""
        found = {inspect.getsourcefile(inspect.unwrap(each)) for each in self.own.values()}
        return sorted(Path(each) for each in found if each)


def limited(function, arguments, seconds):
    """Call a function on copies of its arguments.

    Parameters
    ----------
    function : callable
        It; what it prints is dropped.
    arguments : list
        Its arguments.
    seconds : float
        After which it is ended, in the main thread.

    Returns
    -------
    value
        What it returns.
    changed : list of int
        The arguments that it has changed, from 1.

    Raises
    ------
    Stopped
        If it raises an error or takes too long.
    """
    given = copy.deepcopy(arguments)
    try:
        with within(seconds, _over), redirect_stdout(StringIO()):
            value = function(*given)
    except _TimeOver:
        raise Stopped(f"did not return within {seconds:g} s", ended=True) from None
    except (Exception, SystemExit) as error:
        raise Stopped(f"{type(error).__name__}: {error}") from None
    pairs = enumerate(zip(arguments, given, strict=True), 1)
    return value, [number for number, (a, b) in pairs if not _same(a, b)]


def _same(a, b):
    """Whether two arguments have the same class, size and bits throughout."""
    if type(a) is not type(b):
        return False
    if type(a) is dict:
        return a.keys() == b.keys() and all(map(_same, a.values(), b.values()))
    if type(a) is list:
        return len(a) == len(b) and all(map(_same, a, b))
    if not isinstance(a, np.ndarray):
        return bool(a == b or a != a)  # NaN, as a Python number
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
