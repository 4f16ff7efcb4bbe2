"""The public functions: compiled where that can be, else line by line, with the same bits.

Only this file knows both engines.
"""

import inspect
from contextlib import contextmanager
from functools import partial, wraps

import numpy as np

from . import compiled
from .acnn.acnnbp import acnnbp as acnnbp_by_lines
from .acnn.acnnff import acnnff as acnnff_by_lines
from .acnn.acnntest import acnntest as acnntest_by_lines
from .arguments import check, places
from .cnn.cnnbp import cnnbp as cnnbp_by_lines
from .cnn.cnnff import cnnff as cnnff_by_lines
from .cnn.cnntest import cnntest as cnntest_by_lines
from .compiled.plan import Crew
from .compiled.structure import read_acnn, read_cnn
from .matlab.errors import MatlabError
from .training.families import ACNN, CNN
from .training.predict import acnnpredict as acnnpredict_by_lines
from .training.predict import cnnpredict as cnnpredict_by_lines
from .training.predict import predict
from .training.train import acnntrain as acnntrain_by_lines
from .training.train import cnntrain as cnntrain_by_lines
from .training.train import train
from .unused import Looked
from .value_semantics import unshared_copy

ENGINES = ("auto", "lines", "compiled")
_KEYWORDS = """\
engine : {'auto', 'lines', 'compiled'}, default 'auto'
    Who computes; the bits are the same. 'auto' is compiled code where it is built and covers the
    net, else the line-by-line function; 'lines' is the line-by-line function; 'compiled' is
    compiled code, or a refusal that says why it cannot be.
threads : int, default 1
    How many threads share the work of compiled code: the same bits for any number.
"""
_RAISES = """\
ValueError
    If there is no such engine, or the compiled one was asked for and cannot do it.
"""


def either(by_lines, compiled_form):
    """Make one function of a line-by-line function and its compiled form.

    Parameters
    ----------
    by_lines : callable
        The line-by-line function.
    compiled_form : callable
        It takes `threads` too, and raises `compiled.NotCovered` or `compiled.LeftToLines` for what
        is not its own.

    Returns
    -------
    callable
        The function, with the keywords `engine` and `threads`.
    """
    expected = places(by_lines)

    def call(engine, crew, args, kwargs):
        check(expected, args, kwargs)
        try:
            return compiled_form(*args, threads=crew.threads, **kwargs)
        except compiled.NotCovered as reason:
            _require_lines(engine, reason)
        except (compiled.LeftToLines, MatlabError):
            pass  # what is refused is refused in the toolbox's words
        return by_lines(*args, **kwargs)

    return _public(by_lines, call)


def _training(by_lines, family, read):
    """Make one function of a training by lines and its loop with compiled steps in it."""

    def call(engine, crew, args, kwargs):
        return train(family, partial(_steps, read, engine, crew), *args, **kwargs)

    return _public(by_lines, call)


def _public(by_lines, call):
    """Give a function its keywords: ``call(engine, crew, args, kwargs)`` does what lines do not."""
    expected, signature = places(by_lines), inspect.signature(by_lines)

    @wraps(by_lines)
    def called(*args, engine="auto", threads=1, **kwargs):
        _require(by_lines, signature, args, kwargs, engine)
        crew = Crew(threads)
        with Looked(by_lines.__name__, expected, args, kwargs):
            if engine == "lines":
                return by_lines(*args, **kwargs)
            return call(engine, crew, args, kwargs)

    _document(called, by_lines)
    return called


@contextmanager
def _steps(read, engine, crew, family, net, batches, opts):
    """Give the compiled steps of a training while its threads live."""
    with crew:
        yield _compiled_steps(read, engine, crew, family, net, batches, opts)


@np.errstate(all="ignore")  # Octave is silent about NaN, Inf and underflow
def _compiled_steps(read, engine, crew, family, net, batches, opts):
    """Return the compiled steps of a training, or None for the line-by-line ones."""
    try:
        if batches is None:
            raise compiled.NotCovered("such options or arrays need the line-by-line training")
        given = unshared_copy(net), batches.x, batches.y, opts
        return compiled.Training(*given, read, crew, family.step)
    except compiled.NotCovered as reason:
        _require_lines(engine, reason)
    except compiled.LeftToLines:
        pass
    return None


def _require(function, signature, args, kwargs, engine):
    """Refuse arguments that a function does not take, and engines that there are not."""
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{function.__name__}() {error}") from None
    if engine not in ENGINES:
        raise ValueError(
            f'engine={engine!r} was given: expected "auto", "lines" or "compiled"; all have the '
            "same bits"
        )


def _require_lines(engine, reason):
    """Refuse where the compiled engine was asked for and cannot do it."""
    if engine == "compiled":
        raise ValueError(
            f'engine="compiled" was given, and this is left to the line-by-line functions: '
            f'{reason}; engine="auto" does it, with the same bits'
        ) from None


def _document(function, by_lines):
    """Give a function the keywords' entries in its signature and docstring."""
    parameters = inspect.signature(by_lines).parameters.values()
    keyword = partial(inspect.Parameter, kind=inspect.Parameter.KEYWORD_ONLY)
    added = [keyword("engine", default="auto"), keyword("threads", default=1)]
    function.__signature__ = inspect.Signature([*parameters, *added])
    function.__wrapped__ = inspect.unwrap(by_lines)
    text = inspect.cleandoc(by_lines.__doc__)
    before, heading, after = text.partition("\n\nReturns\n-------\n")
    function.__doc__ = f"{before}\n{_KEYWORDS.rstrip()}{heading}{after}\n{_RAISES.rstrip()}"


def _predict(outputs):
    """Make a prediction of the function that gives outputs."""

    def called(net, x, threads=1):
        return predict(partial(outputs, threads=threads), net, x)

    return called


cnnff = either(cnnff_by_lines, compiled.cnnff)
cnnbp = either(cnnbp_by_lines, compiled.cnnbp)
cnntrain = _training(cnntrain_by_lines, CNN, read_cnn)
cnntest = either(cnntest_by_lines, compiled.cnntest)
cnnpredict = either(cnnpredict_by_lines, _predict(compiled.cnnoutputs))
acnnff = either(acnnff_by_lines, compiled.acnnff)
acnnbp = either(acnnbp_by_lines, compiled.acnnbp)
acnntrain = _training(acnntrain_by_lines, ACNN, read_acnn)
acnntest = either(acnntest_by_lines, compiled.acnntest)
acnnpredict = either(acnnpredict_by_lines, _predict(compiled.acnnoutputs))
