"""Argument lists, drawn: the same number of the same pair gives the same one anywhere. Pure."""

import copy

import numpy as np

from .spec import CLASSES

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789_-'\""
_SPECIAL_SHARE = 0.1


def draw(pair, number):
    """Draw an argument list.

    Parameters
    ----------
    pair : Pair
        Whose arguments.
    number : int
        Which list.

    Returns
    -------
    list
        Arrays of two or more dimensions, text, dicts for structs and lists for cells.
    """
    rng = np.random.default_rng([pair.seed, number])
    shared, found = {}, []
    for argument in pair.arguments:
        if argument.values:
            found.append(copy.deepcopy(argument.values[rng.integers(len(argument.values))]))
            continue
        size = tuple(_length(each, shared, rng) for each in argument.size)
        if argument.like is not None:
            size = np.shape(found[argument.like - 1])
        found.append(_array(argument, size, rng))
    return found


def fits(pair, arguments):
    """Tell whether an argument list is one that a pair's description allows.

    Parameters
    ----------
    pair : Pair
        Whose arguments.
    arguments : list
        As `draw` gives them.

    Returns
    -------
    bool
        Whether sizes and values are in their ranges, and the sizes that are said to be the same
        are. What a file gave may be any part of it.
    """
    lengths = {}
    for argument, value in zip(pair.arguments, arguments, strict=True):
        if argument.values:
            if not argument.file and not any(_same(value, each) for each in argument.values):
                return False
            continue
        if not isinstance(value, np.ndarray):
            continue
        if argument.like is not None and value.shape != np.shape(arguments[argument.like - 1]):
            return False
        for (letter, least, _), length in zip(argument.size, value.shape, strict=False):
            if argument.like is None and least is not None and length < least:
                return False
            if letter and lengths.setdefault(letter, length) != length:
                return False
        drawn = value[~np.isin(value, argument.special) & ~np.isnan(value)]
        if (
            value.dtype.kind != "b"
            and ((drawn < argument.range[0]) | (drawn > argument.range[1])).any()
        ):
            return False
    return True


def _same(a, b):
    return np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b


def _length(dimension, shared, rng):
    letter, least, most = dimension
    if letter and letter in shared:
        return shared[letter]
    length = int(rng.integers(1 if least is None else least, (5 if most is None else most) + 1))
    if letter:
        shared[letter] = length
    return length


def _array(argument, size, rng):
    if argument.kind == "char":
        return "".join(rng.choice(list(_LETTERS), int(np.prod(size))))
    if argument.kind == "logical":
        return rng.random(size) < 0.5
    least, most = argument.range
    values = least + (most - least) * rng.random(size)
    dtype = np.dtype(CLASSES[argument.kind])
    if argument.whole or dtype.kind != "f":
        values = np.floor(least + (most - least + 1) * rng.random(size)).clip(least, most)
    if dtype.kind != "f":
        info = np.iinfo(dtype)
        return values.clip(info.min, info.max).astype(dtype)
    if argument.special:
        hit = rng.random(size) < _SPECIAL_SHARE
        values[hit] = rng.choice(argument.special, int(hit.sum()))
    with np.errstate(all="ignore"):
        return values.astype(dtype)
