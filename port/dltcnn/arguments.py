"""What a function's arguments must be, before it works on them."""

import inspect

from .net import Net, Opts, checked

_EXAMPLES = {
    "net": 'Net([Layer("i"), Layer("c", outputmaps=6, kernelsize=5), Layer("s", scale=2)])',
    "opts": "Opts(alpha=1, batchsize=50, numepochs=1)",
    "rng": "OctaveRandom(0)",
}


def places(function):
    """List where a function takes its net, options and random stream: (place, name) pairs.

    Of the acnn functions the random stream alone: their .m files check the rest of what they are
    given.
    """
    names = inspect.signature(function).parameters
    wanted = ("rng",) if function.__name__.startswith("acnn") else _EXAMPLES
    return tuple((place, name) for place, name in enumerate(names) if name in wanted)


def check(expected, args, kwargs):
    """Refuse what is no net, no options or no random stream.

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
    """
    for place, name in expected:
        if place < len(args) or name in kwargs:
            value = args[place] if place < len(args) else kwargs[name]
            if not _fits(name, value):
                raise TypeError(
                    f"{name} is of type {type(value).__name__}: expected one such as "
                    f"{_EXAMPLES[name]}"
                )


def _fits(name, value):
    if name == "net":
        if isinstance(value, Net):
            checked(value.layers)
        return isinstance(value, Net)
    if name == "opts":
        return isinstance(value, Opts)
    return hasattr(value, "rand") or hasattr(value, "randperm")
