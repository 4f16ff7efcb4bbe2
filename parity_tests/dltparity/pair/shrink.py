"""A failing argument list -> a smaller one that fails in the same way."""

import numpy as np

_ROUNDS = 40
_CANDIDATES = 60  # of a round


def shrink(arguments, fails):
    """Make an argument list smaller as long as it fails.

    Parameters
    ----------
    arguments : list
        It fails.
    fails : callable
        Takes a list of argument lists and says of each whether it fails in the same way.

    Returns
    -------
    list
        Arguments; none of the candidates that were tried from there on fails.
    """
    tried = set()
    for _ in range(_ROUNDS):
        candidates = []
        for each in _candidates(arguments):
            key = repr([_key(value) for value in each])
            if key not in tried and _weight(each) < _weight(arguments):
                tried.add(key)
                candidates.append(each)
            if len(candidates) == _CANDIDATES:
                break
        if not candidates:
            break
        failing = [each for each, bad in zip(candidates, fails(candidates), strict=True) if bad]
        if failing:
            arguments = min(failing, key=_weight)
    return arguments


def _key(value):
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.tobytes())
    return value


def _weight(arguments):
    """How much there is of arguments: numbers first, then how plain they are."""
    arrays = [each for each in arguments if isinstance(each, np.ndarray)]
    size = sum(each.size for each in arrays) + sum(
        len(each) for each in arguments if isinstance(each, str)
    )
    odd = sum(int((each != np.floor(each)).sum()) for each in arrays if each.dtype.kind == "f")
    with np.errstate(all="ignore"):
        large = sum(
            float(np.nan_to_num(np.abs(each.astype(float)), posinf=1e300).sum()) for each in arrays
        )
    return (size, odd, large)


def _candidates(arguments):
    yield from _shorter(arguments)
    yield from _plainer(arguments)


def _shorter(arguments):
    """Leave parts out: of all arguments of one length together, and of each alone."""
    arrays = [n for n, each in enumerate(arguments) if isinstance(each, np.ndarray)]
    lengths = sorted({(d, arguments[n].shape[d]) for n in arrays for d in range(arguments[n].ndim)})
    together = [
        (
            {n: d for n in arrays if d < arguments[n].ndim and arguments[n].shape[d] == length},
            length,
        )
        for d, length in lengths
    ]
    same = {length for _, length in lengths}
    together += [
        (
            {n: arguments[n].shape.index(length) for n in arrays if length in arguments[n].shape},
            length,
        )
        for length in same
    ]
    alone = [({n: d}, arguments[n].shape[d]) for n in arrays for d in range(arguments[n].ndim)]
    for axes, length in [*together, *alone]:
        for part in _parts(length) if length > 1 else ():  # no array is emptied
            yield [
                np.asfortranarray(np.delete(each, part, axes[n])) if n in axes else each
                for n, each in enumerate(arguments)
            ]
    for n, each in enumerate(arguments):
        if isinstance(each, str):
            for part in _parts(len(each)):
                kept = [c for k, c in enumerate(each) if k not in part]
                yield [*arguments[:n], "".join(kept), *arguments[n + 1 :]]


def _parts(length):
    """Name what may be left out of a length: halves, then one at a time."""
    if length > 2:
        yield list(range(length // 2))
        yield list(range(length // 2, length))
    for k in range(min(length, 8)):
        yield [length - 1 - k]


def _plainer(arguments):
    """Put plainer numbers in the place of numbers: all of an array, then one at a time."""
    for n, each in enumerate(arguments):
        if not isinstance(each, np.ndarray) or not each.size or each.dtype.kind == "b":
            continue
        for plain in _plain(each):
            yield [*arguments[:n], plain, *arguments[n + 1 :]]
        for k in range(min(each.size, 12)):
            index = np.unravel_index(k, each.shape, order="F")
            for value in _plainer_numbers(each[index]):
                if each[index] != value:
                    other = each.copy(order="F")
                    other[index] = value
                    yield [*arguments[:n], other, *arguments[n + 1 :]]


def _plainer_numbers(value):
    if not np.isfinite(value):
        return (0, 1)
    return (0, 1, np.floor(value), np.trunc(value / 2), value - np.sign(value))


def _plain(array):
    if array.dtype.kind == "f":
        yield np.zeros_like(array)
        yield np.ones_like(array)
        with np.errstate(all="ignore"):
            yield np.floor(array)
            yield np.round(array, 1)
