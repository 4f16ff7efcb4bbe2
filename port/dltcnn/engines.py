"""The choice of engine: the line-by-line functions, or the quick ones in `dltcnn.fast`."""

import inspect
from functools import wraps
from importlib import import_module

from .arguments import check, places


def engines(exact):
    """Give a ported function the keyword `engine`, and with it the quick form's own keywords.

    Parameters
    ----------
    exact : callable
        The ported function. Its quick form has the same name in `dltcnn.fast`.

    Returns
    -------
    callable
        The same function, which with ``engine="fast"`` is the quick form.
    """
    expected = places(exact)

    @wraps(exact)
    def called(*args, engine="exact", **quick):
        if "threads" in quick and exact.__name__ not in _threaded():
            raise TypeError(
                f"{exact.__name__}() got an unexpected keyword argument 'threads': with "
                f'engine="fast", {", ".join(_threaded())} take it'
            )
        if engine == "fast":
            check(expected, args, quick)
            return getattr(_fast(), exact.__name__)(*args, **quick)
        if engine != "exact":
            raise ValueError(
                f'engine={engine!r} was given: expected "exact" (Octave\'s bits) or "fast" (the '
                "same up to rounding, many times faster)"
            )
        if "threads" in quick:
            raise ValueError(
                f"threads={quick['threads']!r} was given to the exact engine, which works on one: "
                'leave it out, or use engine="fast"'
            )
        return exact(*args, **quick)

    parameters = inspect.signature(exact).parameters.values()
    added = (
        inspect.Parameter("engine", inspect.Parameter.KEYWORD_ONLY, default="exact"),
        inspect.Parameter("quick", inspect.Parameter.VAR_KEYWORD),
    )
    called.__wrapped__ = inspect.unwrap(exact)
    called.__signature__ = inspect.Signature([*parameters, *added])
    return called


def _fast():
    """Import the quick engine: late, because it falls back on the line-by-line functions."""
    return import_module(".fast", __package__)


def _threaded():
    """List the functions whose quick form takes threads."""
    forms = ((name, getattr(_fast(), name)) for name in _fast().__all__)
    return [
        name
        for name, form in forms
        if inspect.isfunction(form) and "threads" in inspect.signature(form).parameters
    ]
