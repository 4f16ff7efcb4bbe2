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
