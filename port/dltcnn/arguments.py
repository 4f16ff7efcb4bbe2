"""What a function's arguments must be, before it works on them."""

import inspect

import numpy as np

from .matlab.classes import operand
from .matlab.errors import MatlabError
from .net import Net, Opts, checked

_EXAMPLES = {
    "net": 'Net([Layer("i"), Layer("c", outputmaps=6, kernelsize=5), Layer("s", scale=2)])',
    "opts": "Opts(alpha=1, batchsize=50, numepochs=1)",
    "rand": "OctaveRandom(0), with rand(rows, cols)",
    "randperm": "OctaveRandom(0), with randperm(n)",
}
# Where text would pass for an array, or be refused for something else; others refuse it.
_READ_LATE = {"cnnsetup": "xy", "cnntrain": "xy", "acnnsetup": "y"}
_ARRAYS = {"x": "np.zeros((28, 28, 50))", "y": "np.zeros((10, 50))"}


def places(function):
    """List what a function takes that is checked: (place, name, what it must be) triples.

    Its net, options and random stream, and images and targets where it would take text for them;
    of the acnn functions no layers: their .m files check these.
    """
    called = function.__name__
    acnn = called.startswith("acnn")
    kinds = {"net": "struct" if acnn else "net", "opts": "opts"}
    kinds["rng"] = "rand" if called.endswith("setup") else "randperm"
    kinds |= dict.fromkeys(_READ_LATE.get(called, ""), "array")
    names = inspect.signature(function).parameters
    return tuple((place, name, kinds[name]) for place, name in enumerate(names) if name in kinds)


def check(expected, args, kwargs):
    """Refuse what is no net, no options or no random stream, and no array as images or targets.

    Parameters
    ----------
    expected : tuple
        What `places` gives.
    args, kwargs : tuple, dict
        The arguments of a call.

    Raises
    ------
    TypeError
        If one is of another type.
    MatlabError
        If text, or what is no array, is given as images or targets.
    """
    for place, name, kind in expected:
        if place < len(args) or name in kwargs:
            value = args[place] if place < len(args) else kwargs[name]
            if kind == "array":
                _refuse_text(name, value)
                if not isinstance(value, np.ndarray) or np.ma.is_masked(value):
                    operand(value)  # which refuses what is no array
            elif not _fits(kind, value):
                raise TypeError(
                    f"{name} is of type {type(value).__name__}: expected one such as "
                    f"{_EXAMPLES[name if name in _EXAMPLES else kind]}"
                )


def _fits(kind, value):
    if kind == "net" and isinstance(value, Net):
        checked(value.layers)
    if kind in ("net", "struct"):
        return isinstance(value, Net)
    if kind == "opts":
        return isinstance(value, Opts)
    return hasattr(value, kind)


def _refuse_text(name, value):
    array = isinstance(value, np.ndarray) and value.dtype.kind in "US"
    if array or isinstance(value, str | bytes):
        text = f"an array of class {value.dtype}" if array else f"the text {value!r}"
        raise MatlabError(
            f"{text} was given: expected a number or an array of numbers as {name}, such as "
            f"{_ARRAYS[name]}"
        )
