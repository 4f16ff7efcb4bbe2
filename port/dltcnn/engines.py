"""The public functions: line by line, compiled or quick. Only this file knows all three."""

import inspect
from functools import partial, wraps

from . import compiled, fast
from .acnn.acnnbp import acnnbp as exact_acnnbp
from .acnn.acnnff import acnnff as exact_acnnff
from .acnn.acnntest import acnntest as exact_acnntest
from .arguments import check, places
from .cnn.cnnbp import cnnbp as exact_cnnbp
from .cnn.cnnff import cnnff as exact_cnnff
from .cnn.cnntest import cnntest as exact_cnntest
from .compiled import steps as compiled_steps
from .fast.steps import acnn_steps, cnn_steps
from .training.families import ACNN, CNN
from .training.predict import acnnpredict as exact_acnnpredict
from .training.predict import cnnpredict as exact_cnnpredict
from .training.predict import predict
from .training.steps import Engine
from .training.train import acnntrain as exact_acnntrain
from .training.train import cnntrain as exact_cnntrain
from .training.train import train
from .unused import Looked

_ENGINE = """\
engine : {'exact', 'auto', 'fast'}, default 'exact'
    'exact' is the line-by-line function, with Octave's bits; 'auto' gives the same bits, compiled
    where that can be (`dltcnn.compiled`), line by line elsewhere; 'fast' gives the same up to
    rounding (`dltcnn.fast`).
"""
_THREADS = """\
threads : int, optional
    For 'auto' and 'fast': how many threads share the images, 1 by default.
"""
_RAISES = """\
ValueError
    If there is no such engine; from the quick engine, for NaN and Inf.
"""


def either(exact, quick, same):
    """Make one function of a line-by-line function, its quick and its compiled form.

    Parameters
    ----------
    exact : callable
        The line-by-line function.
    quick : callable
        Its quick form, which takes the same arguments and perhaps `threads`.
    same : callable
        Its compiled form, likewise, with the bits of the line-by-line function.

    Returns
    -------
    callable
        The line-by-line function, which with ``engine="auto"`` is the compiled form and with
        ``engine="fast"`` the quick one.
    """
    expected = places(exact)
    parameters = inspect.signature(exact).parameters
    threads = inspect.signature(quick).parameters.get("threads")

    @wraps(exact)
    def called(*args, engine="exact", **kwargs):
        if "threads" in kwargs and threads is None:
            raise TypeError(
                f"{exact.__name__}() got an unexpected keyword argument 'threads': "
                "only the functions that train and test take it"
            )
        unknown = kwargs.keys() - parameters.keys() - {"threads"}
        if unknown:
            raise TypeError(
                f"{exact.__name__}() got an unexpected keyword argument {min(unknown)!r}"
            )
        if engine == "fast":
            check(expected, args, kwargs)
            with Looked(exact.__name__, expected, args, kwargs):
                return quick(*args, **kwargs)
        if engine == "auto":
            with Looked(exact.__name__, expected, args, kwargs):
                return same(*args, **kwargs)
        if engine != "exact":
            raise ValueError(
                f'engine={engine!r} was given: expected "exact" (Octave\'s bits), "auto" (the '
                'same bits, compiled where that can be) or "fast" (the same up to rounding)'
            )
        if "threads" in kwargs:
            raise ValueError(
                f"threads={kwargs['threads']!r} was given to the exact engine, which works on "
                'one: leave it out, or use engine="auto" or engine="fast"'
            )
        with Looked(exact.__name__, expected, args, kwargs):
            return exact(*args, **kwargs)

    added = [inspect.Parameter("engine", inspect.Parameter.KEYWORD_ONLY, default="exact")]
    if threads is not None:
        added.append(threads.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    called.__signature__ = inspect.Signature([*parameters.values(), *added])
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


def _training(family, name, steps):
    """Return the loop with an engine's steps in it."""

    def called(*args, threads=1, **keywords):
        engine = Engine(name.format(threads), partial(steps, threads=threads))
        return train(family, engine, *args, **keywords)

    return called


_QUICK = "fast, {} threads"  # its bits depend on them
cnnff = either(exact_cnnff, fast.cnnff, compiled.cnnff)
cnnbp = either(exact_cnnbp, fast.cnnbp, compiled.cnnbp)
cnntrain = either(
    exact_cnntrain,
    _training(CNN, _QUICK, cnn_steps),
    _training(CNN, "auto", compiled_steps.cnn_steps),
)
cnntest = either(exact_cnntest, fast.cnntest, compiled.cnntest)
acnnff = either(exact_acnnff, fast.acnnff, compiled.acnnff)
acnnbp = either(exact_acnnbp, fast.acnnbp, compiled.acnnbp)
acnntrain = either(
    exact_acnntrain,
    _training(ACNN, _QUICK, acnn_steps),
    _training(ACNN, "auto", compiled_steps.acnn_steps),
)
acnntest = either(exact_acnntest, fast.acnntest, compiled.acnntest)
cnnpredict = either(
    exact_cnnpredict, partial(predict, fast.cnnff), partial(predict, compiled.cnnff)
)
acnnpredict = either(
    exact_acnnpredict, partial(predict, fast.acnnff), partial(predict, compiled.acnnff)
)
