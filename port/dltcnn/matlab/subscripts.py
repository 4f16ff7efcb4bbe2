"""MATLAB's ranges and subscripts, and what Octave makes of odd ones.

Subscripts are 0-based here; the messages count from 1, as Octave's do.
"""

import math
import sys

import numpy as np

from .classes import DOUBLE, operand, saturated, size
from .errors import MatlabError


def colon(n):
    """Return the 0-based indices that ``1 : n`` runs through.

    Parameters
    ----------
    n : number or array_like
        Of several numbers the first counts; without any, the range is empty.

    Returns
    -------
    sequence
        Whole numbers from 0; NaN alone for NaN, as in Octave.

    Raises
    ------
    MatlabError
        If `n` is logical or text, 2^63 or more, or Inf, where Octave never ends.
    """
    n = _limit(operand(n))
    if math.isnan(n):
        return (n,)
    if n >= 2**63:
        raise MatlabError(
            "invalid range"
            if math.isfinite(n)
            else "1 : Inf was to be run through, which never ends: give a finite number"
        )
    return range(_count(1, 1, n) if n >= 1 else 0)


def span(kk, first, last):
    """Return ``kk(first + 1 : last)``, counted column by column.

    Parameters
    ----------
    kk : numpy.ndarray
        An array; mostly a vector.
    first, last : number or array_like
        Where the range begins (0-based) and ends, as `colon` takes it.

    Returns
    -------
    numpy.ndarray
        The elements: a column of a column, else a row.

    Raises
    ------
    MatlabError
        If the range holds what is no subscript, or one beyond the end.
    """
    indices = _subscripts("kk({})", operand(first) + 1, 1, last)
    if indices and indices[-1] >= kk.size:
        raise _beyond(f"kk({indices[-1] + 1})", kk.size, kk)
    found = kk.ravel(order="F")[indices]
    is_column = kk.shape[1:] == (1,) and len(kk) != 1
    return found if kk.ndim < 2 else found[:, None] if is_column else found[None, :]


def strided(z, s, t):
    """Return ``z(1 : s : end, 1 : t : end, :)``."""
    folded = _folded(z, min(z.ndim, 3))
    if isinstance(s, int) and isinstance(t, int) and s > 0 and t > 0:
        return np.ascontiguousarray(folded[::s, ::t])
    rows = _subscripts("z({},_,_)", 1, s, z.shape[0])
    cols = _subscripts("z(_,{},_)", 1, t, z.shape[1])
    if rows and not z.shape[0]:
        raise _beyond("z(1,_,_)", 0, z)
    if cols and not z.shape[1]:
        raise _beyond("z(_,1,_)", 0, z)
    return np.ascontiguousarray(folded[rows][:, cols])


def ticks(H, step, last, value=1):
    """Return `H` after ``H(1 : step : last) = value``, counted column by column."""
    places = _subscripts("H({})", 1, step, last)
    is_vector = H.shape[1:] in ((), (1,))
    H[places if is_vector else np.unravel_index(places, H.shape, order="F")] = value
    return H


def element(x, *index):
    """Return one element: ``x(j)``, counted column by column, or ``x(i, j)``, of a net's field."""
    x = operand(x)
    if len(index) == 1 and 0 <= index[0] < x.size:
        return x.T.flat[index[0]]  # a short way to the same
    return x[_place(x, index)]


def put(x, value, *index):
    """Return `x` after ``x(j) = value`` or ``x(i, j) = value``; its class stays."""
    x[_place(x, index)] = value
    return x


def _place(x, index):
    """Return where in a numpy array one element is; refuse subscripts beyond the end."""
    folded = _sizes(x, len(index))
    index = [bound - 1 if i == -1 else i for i, bound in zip(index, folded, strict=True)]
    for place, bound in enumerate(folded):
        if not 0 <= index[place] < bound:
            at = ",".join(str(i + 1) if p == place else "_" for p, i in enumerate(index))
            raise _beyond(f"net({at})", bound, x)
    if len(index) == x.ndim:
        return tuple(index)
    place, before, count = [], 0, 1
    for each, bound in zip(index, folded, strict=True):
        before, count = before + each * count, count * bound
    for bound in x.shape:
        before, each = divmod(before, bound)
        place.append(each)
    return tuple(place)


def rows(x, first, last):
    """Return ``x(first + 1 : last, :)`` of a net's field; dimensions after the second fold."""
    folded = _folded(x, 2)
    if first < last and last > folded.shape[0]:
        raise _beyond(f"net({last},_)", folded.shape[0], x)
    return folded[first:last]


def pages(x, index):
    """Return ``x(:, :, index)`` with 0-based `index`; dimensions after the third fold into it."""
    x = operand(x)
    if x.ndim < 2:
        raise MatlabError(f"x of shape {x.shape} was given: expected images (rows, cols, N)")
    folded = _folded(x, 3)
    if np.size(index) and np.max(index) >= folded.shape[2]:
        raise _beyond(f"x(_,_,{int(np.max(index)) + 1})", folded.shape[2], x)
    return taken(folded, index, 2)


def columns(y, index):
    """Return ``y(:, index)`` with 0-based `index`; dimensions after the second fold into it."""
    y = np.atleast_2d(operand(y))
    folded = _folded(y, 2)
    if np.size(index) and np.max(index) >= folded.shape[1]:
        raise _beyond(f"y(_,{int(np.max(index)) + 1})", folded.shape[1], y)
    return folded[:, index]


def part(x, *indices):
    """Return ``x(i, j, ...)`` of 0-based subscripts or ``slice(None)``; later dimensions fold."""
    x = operand(x)
    folded = _folded(x, len(indices))
    for place, index in enumerate(indices):
        bound = folded.shape[place]
        if isinstance(index, slice):
            continue
        index = np.ravel(index).astype(int)
        if np.array_equal(index, np.arange(bound)):
            continue
        if index.max(initial=-1) >= bound:  # numpy looks at no subscript of an empty array
            at = ",".join(str(index.max() + 1) if p == place else "_" for p in range(len(indices)))
            raise _beyond(f"x({at})", bound, x)
        folded = taken(folded, index, place)
    return folded.copy() if np.may_share_memory(folded, x) else folded


def taken(x, index, axis):
    """Return ``x.take(index, axis)`` of whole numbers, without numpy's copy of all of an `x`.

    It makes one where `x` is not in C order.
    """
    if x.flags.c_contiguous:
        return x.take(index, axis=axis)
    return np.ascontiguousarray(x[(slice(None),) * axis + (index,)])


def _folded(x, count):
    """Return `x` as `count` subscripts see it: later dimensions fold into the last."""
    return x.reshape(_sizes(x, count), order="F")


def _sizes(x, count):
    """Return the sizes that `count` subscripts see; a vector is a row."""
    shape = (1,) * (2 - x.ndim) + x.shape + (1,) * (count - max(x.ndim, 2))
    return (*shape[: count - 1], math.prod(shape[count - 1 :]))


def _limit(n):
    """Return the one number that a range takes of `n`; without any, the range ends before it."""
    if n.dtype.kind == "b":
        raise MatlabError("invalid types found in range expression")
    return float(n.T.flat[0]) if n.size else -math.inf


def _subscripts(place, *ends):
    """Return the 0-based subscripts that ``start : step : stop`` stands for.

    Octave rounds a range of several doubles where one is not whole, and looks at its ends only
    where all are. In other classes a range is an array as any other.
    """
    ends = [operand(end) for end in ends]
    limits = [_limit(end) for end in ends]
    start, step, stop = limits
    if all(limit.is_integer() for limit in limits) and min(limits) >= 1 and stop <= 2**48:
        # A short way to the same: below 2^49 no rounding error reaches the count.
        return range(int(start) - 1, int(stop), int(step))
    numbers = suspects = _range(*limits) if all(end.size for end in ends) else []
    if len(numbers) > 1 and all(end.dtype == DOUBLE for end in ends):
        if all(number.is_integer() for number in numbers):
            suspects = (numbers[0], numbers[-1])
        else:
            numbers = suspects = saturated(np.array(numbers), np.int64).astype(float).tolist()
    for number in suspects:
        if not (number.is_integer() and number >= 1):
            written = f"{number:.0f}" if number.is_integer() else f"{number:g}"
            raise MatlabError(
                f"{place.format(written)}: subscripts must be either integers 1 to (2^63)-1 or "
                "logicals"
            )
    return [int(number) - 1 for number in numbers]


def _range(start, step, stop):
    """List the numbers of ``start : step : stop``; NaN alone where Octave cannot tell them."""
    length = stop - start
    if math.isnan(length) or math.isnan(step):
        return [math.nan]
    if step == 0 or length * step < 0:
        return []
    if math.isinf(length):
        if math.isinf(step):
            return [math.nan]
        raise MatlabError("range with infinite number of elements cannot be stored")
    return [start, *(start + k * step for k in range(1, _count(start, step, stop)))]


def _count(start, step, stop):
    """Count the numbers of ``start : step : stop``, at least one.

    The last may be beyond the end by a rounding error.
    """
    if (stop - (start + step)) * step < 0:
        return 1
    n = (stop - start + step) / step
    return math.floor(n + 3 * sys.float_info.epsilon * (math.floor(n) + 1))


def _beyond(place, bound, x):
    """Return Octave's error for a subscript beyond a bound."""
    return MatlabError(f"{place}: out of bound {bound} (dimensions are {size(x)})")
