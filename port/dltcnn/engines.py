"""The public functions: line by line or quick, under one name each. Only this file knows both."""

import inspect
from functools import wraps

from . import fast
from .acnn.acnnbp import acnnbp as exact_acnnbp
from .acnn.acnnff import acnnff as exact_acnnff
from .acnn.acnntest import acnntest as exact_acnntest
from .acnn.acnntrain import acnntrain as exact_acnntrain
from .arguments import check, places
from .cnn.cnnbp import cnnbp as exact_cnnbp
from .cnn.cnnff import cnnff as exact_cnnff
from .cnn.cnntest import cnntest as exact_cnntest
from .cnn.cnntrain import cnntrain as exact_cnntrain
from .unused import Looked

_ENGINE = """\
engine : {'exact', 'fast'}, default 'exact'
    'exact' is the line-by-line function, with Octave's bits; 'fast' gives the same up to rounding,
    many times faster (`dltcnn.fast` says which to use when).
"""
_THREADS = """\
threads : int, optional
    For the quick engine: how many threads share the images, 1 by default (see `dltcnn.fast`).
"""
_RAISES = """\
ValueError
    If there is no such engine; from the quick engine, for NaN and Inf.
"""


def either(exact, quick):
    """Make one function of a line-by-line function and its quick form.

    Parameters
    ----------
    exact : callable
        The line-by-line function.
    quick : callable
        Its quick form, which takes the same arguments and perhaps `threads`.

    Returns
    -------
    callable
        The line-by-line function, which with ``engine="fast"`` is the quick form.
    """
    expected = places(exact)
    threads = inspect.signature(quick).parameters.get("threads")

    @wraps(exact)
    def called(*args, engine="exact", **quick_only):
        if "threads" in quick_only and threads is None:
            raise TypeError(
                f"{exact.__name__}() got an unexpected keyword argument 'threads': "
                "only the functions that train and test take it"
            )
        if engine == "fast":
            check(expected, args, quick_only)
            with Looked(exact.__name__, expected, args, quick_only):
                return quick(*args, **quick_only)
        if engine != "exact":
            raise ValueError(
                f'engine={engine!r} was given: expected "exact" (Octave\'s bits) or "fast" (the '
                "same up to rounding, many times faster)"
            )
        if "threads" in quick_only:
            raise ValueError(
                f"threads={quick_only['threads']!r} was given to the exact engine, which works on "
                'one: leave it out, or use engine="fast"'
            )
        return exact(*args, **quick_only)

    added = [inspect.Parameter("engine", inspect.Parameter.KEYWORD_ONLY, default="exact")]
    if threads is not None:
        added.append(threads.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    called.__signature__ = inspect.Signature(
        [*inspect.signature(exact).parameters.values(), *added]
    )
    called.__wrapped__ = inspect.unwrap(exact)
    called.__doc__ = _documented(exact.__doc__, _ENGINE + (_THREADS if threads else ""))
    return called


def _documented(docstring, parameters):
    """Add the entries of the keywords to a docstring."""
    text = inspect.cleandoc(docstring)
    for entries, following in ((parameters, "\n\nReturns\n-------\n"), (_RAISES, None)):
        before, heading, after = text.partition(following) if following else (text, "", "")
        text = f"{before}\n{entries.rstrip()}{heading}{after}"
    return text


cnnff = either(exact_cnnff, fast.cnnff)
cnnbp = either(exact_cnnbp, fast.cnnbp)
cnntrain = either(exact_cnntrain, fast.cnntrain)
cnntest = either(exact_cnntest, fast.cnntest)
acnnff = either(exact_acnnff, fast.acnnff)
acnnbp = either(exact_acnnbp, fast.acnnbp)
acnntrain = either(exact_acnntrain, fast.acnntrain)
acnntest = either(exact_acnntest, fast.acnntest)
