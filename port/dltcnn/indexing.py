"""MATLAB's ranges and subscripts, and what Octave makes of odd ones.

Subscripts are 0-based here; the messages count from 1, as Octave's do.
"""

import math

import numpy as np

from .classes import operand, size
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
        If `n` is logical or text, or Inf, where Octave never ends.
    """
    n = _limit(n)
    if math.isnan(n):
        return (n,)
    if n == math.inf:
        raise MatlabError("1 : Inf was to be run through, which never ends: give a finite number")
    return range(math.floor(max(n, 0)))


def span(kk, first, last):
    """Return ``kk(first + 1 : last)`` of a vector.

    Parameters
    ----------
    kk : numpy.ndarray
        A vector.
    first, last : number or array_like
        Where the range begins (0-based) and ends, as `colon` takes it.

    Returns
    -------
    numpy.ndarray
        The elements.

    Raises
    ------
    MatlabError
        If the range holds what is no subscript, or one beyond the end.
    """
    indices = _subscripts(_range(_limit(first) + 1, 1, _limit(last)), "kk({})")
    if indices and max(indices[0], indices[-1]) >= kk.size:
        raise MatlabError(
            f"kk({indices[-1] + 1}): out of bound {kk.size} (dimensions are 1x{kk.size})"
        )
    return kk[indices]


def strided(z, s):
    """Return ``z(1:s:end, 1:s:end, :)``."""
    z = z.reshape((*z.shape[:2], math.prod(z.shape[2:])), order="F") if z.ndim > 3 else z
    if isinstance(s, int) and s > 0:
        return np.ascontiguousarray(z[::s, ::s])
    rows = _subscripts(_range(1, _limit(s), z.shape[0]), "z({},_,_)")
    cols = _subscripts(_range(1, _limit(s), z.shape[1]), "z(_,{},_)")
    if rows and max(rows) >= z.shape[0]:
        raise _beyond(f"z({max(rows) + 1},_,_)", z.shape[0], z)
    if cols and max(cols) >= z.shape[1]:
        raise _beyond(f"z(_,{max(cols) + 1},_)", z.shape[1], z)
    return np.ascontiguousarray(z[rows][:, cols])


def ticks(H, step, last):
    """Return `H` after ``H(1 : step : last) = 1`` for a column."""
    H[_subscripts(_range(1, _limit(step), _limit(last)), "H({})")] = 1
    return H


def element(x, *index):
    """Return one element: ``x(j)``, counted column by column, or ``x(i, j)``, of a net's field."""
    x = np.atleast_2d(operand(x))
    shape = (x.size,) if len(index) == 1 else (x.shape[0], math.prod(x.shape[1:]))
    for place, (i, bound) in enumerate(zip(index, shape, strict=True)):
        if i >= bound:
            at = ",".join(str(i + 1) if p == place else "_" for p in range(len(index)))
            raise _beyond(f"net({at})", bound, x)
    return x.reshape(shape, order="F")[index]


def put(x, value, *index):
    """Return an array after ``x(j) = value`` or ``x(i, j) = value``, which keeps its class."""
    x = np.array(np.atleast_2d(operand(x)), order="F")
    shape = (x.size,) if len(index) == 1 else (x.shape[0], math.prod(x.shape[1:]))
    x.reshape(shape, order="F")[index] = value
    return x


def rows(x, first, last):
    """Return ``x(first + 1 : last, :)`` of a net's field; dimensions after the second fold."""
    folded = x if x.ndim == 2 else x.reshape((x.shape[0], -1), order="F")
    if first < last and last > folded.shape[0]:
        raise _beyond(f"net({last},_)", folded.shape[0], x)
    return folded[first:last]


def pages(x, index):
    """Return ``x(:, :, index)`` with 0-based `index`; dimensions after the third fold into it."""
    x = operand(x)
    if x.ndim < 2:
        raise MatlabError(f"x of shape {x.shape} was given: expected images (rows, cols, N)")
    folded = x.reshape((*x.shape[:2], math.prod(x.shape[2:])), order="F")
    if np.size(index) and np.max(index) >= folded.shape[2]:
        raise _beyond(f"x(_,_,{np.max(index) + 1})", folded.shape[2], x)
    return np.take(folded, index, axis=2)


def columns(y, index):
    """Return ``y(:, index)`` with 0-based `index`; dimensions after the second fold into it."""
    y = np.atleast_2d(operand(y))
    folded = y if y.ndim == 2 else y.reshape((y.shape[0], math.prod(y.shape[1:])), order="F")
    if np.size(index) and np.max(index) >= folded.shape[1]:
        raise _beyond(f"y(_,{np.max(index) + 1})", folded.shape[1], y)
    return folded[:, index]


def _limit(n):
    """Return the one number that a range takes of `n`; without any, the range ends before it."""
    n = operand(n)
    if n.dtype.kind == "b":
        raise MatlabError("invalid types found in range expression")
    return float(n.ravel(order="F")[0]) if n.size else -math.inf


def _range(start, step, stop):
    """List the numbers of ``start : step : stop``; NaN alone where one of them is."""
    if math.isnan(start + step + stop) or (math.isinf(step) and math.isinf(stop)):
        return [math.nan]
    if step == 0 or (math.isinf(step) and (stop - start) * step < 0):
        return []
    count = math.floor((stop - start) / step * (1 + np.finfo(float).eps)) + 1
    return [start + k * step if k else start for k in range(count)]


def _subscripts(numbers, place):
    """Convert numbers to 0-based subscripts."""
    for number in numbers if all(n >= 1 for n in numbers) else (*numbers[:1], *numbers[-1:]):
        if not (number >= 1 and number == math.floor(number)):
            raise MatlabError(
                f"{place.format(f'{number:g}')}: subscripts must be either integers 1 to (2^63)-1 "
                "or logicals"
            )
    return [int(number) - 1 for number in numbers]


def _beyond(place, bound, x):
    """Return Octave's error for a subscript beyond a bound."""
    return MatlabError(f"{place}: out of bound {bound} (dimensions are {size(x)})")
