"""Python's square brackets as MATLAB's subscripts."""

import numpy as np

from .subscripts import columns, element, pages, part, put, rows, span, strided, ticks


def read(x, key):
    """Return ``x[key]`` of a plain array by MATLAB's rules.

    Parameters
    ----------
    x : numpy.ndarray
        The array.
    key : int, slice, numpy.ndarray or tuple of such
        0-based subscripts, whole numbers of any class; -1 is the end.

    Returns
    -------
    numpy.ndarray or numpy.generic
        The elements.

    Raises
    ------
    MatlabError
        In Octave's words, if there is no such element.
    TypeError
        If the key has no counterpart in MATLAB.
    """
    if type(key) is int:
        return element(x, key)
    keys = [_simple(each) for each in (key if isinstance(key, tuple) else (key,))]
    if not keys:
        return x
    if all(type(each) is int for each in keys):
        return element(x, *keys)
    *before, last = keys
    if not before and _is_all(last):
        return x.reshape((-1, 1), order="F")
    if not before and _is_range(last):
        return span(x, *_ends(last, x.size))
    if len(keys) == 2 and _is_range(keys[0]) and _is_all(last) and not _is_all(keys[0]):
        return rows(x, *map(_simple, _ends(keys[0], len(x))))
    if len(keys) == 3 and _are_strides(*keys):
        return strided(x, _simple(keys[0].step), _simple(keys[1].step))
    if len(keys) in (2, 3) and all(map(_is_all, before)) and not isinstance(last, slice):
        found = (columns if len(keys) == 2 else pages)(x, _places(last))
        return found[:, :, 0] if len(keys) == 3 and type(last) is int else found
    if before and all(_is_all(each) or not isinstance(each, slice) for each in keys):
        return part(x, *keys)
    raise _no_subscript(key, "x[:], x[p:q], x[p:q, :], x[:, k], x[:, :, k] or x[::s, ::s, :]")


def write(x, key, value):
    """Write ``x[key] = value`` into a plain array: an element, every so many, or where a mask is.

    Parameters
    ----------
    x : numpy.ndarray
        Changed in place; its class stays.
    key : int, slice, numpy.ndarray or tuple of int
        An element as for `read`; ``[:last:step]``; logicals of the size of `x`.
    value : number or numpy.ndarray
        One number.

    Raises
    ------
    MatlabError, TypeError
        As `read`.
    """
    keys = [_simple(each) for each in (key if isinstance(key, tuple) else (key,))]
    if keys and all(type(each) is int for each in keys):
        put(x, value, *keys)
    elif isinstance(key, slice) and key.start is None and key.stop is not None:
        ticks(x, 1 if key.step is None else key.step, key.stop, value)
    elif isinstance(key, np.ndarray) and key.dtype.kind == "b" and key.shape == x.shape:
        x[key] = value
    else:
        raise _no_subscript(key, "x[:p], x[:p:s] or x[mask]")


def whole_number(x):
    """Return a whole number as Python's int, as a range or an index of a list takes it."""
    if x.size == 1 and float(x.item()).is_integer():
        return int(x.item())
    raise TypeError(f"{x!r} was given as an index: expected one whole number")


def _simple(each):
    """Return a whole number of any class as an int; all else as it is."""
    if isinstance(each, float) or (_is_numeric(each) and each.ndim == 0):
        return int(each) if float(each).is_integer() else each
    return each


def _places(each):
    """Return subscripts as a vector of integers or logicals."""
    index = np.ravel(each, order="F")
    if index.dtype.kind != "f":
        return index
    if not (np.isfinite(index) & (index == np.floor(index))).all():
        raise TypeError(f"{each!r} was given as subscripts: expected whole numbers")
    return index.astype(int)


def _is_numeric(each):
    return isinstance(each, np.ndarray | np.generic) and each.dtype.kind in "iuf"


def _is_range(each):
    return isinstance(each, slice) and each.step is None


def _is_all(each):
    return _is_range(each) and each.start is None and each.stop is None


def _are_strides(i, j, k):
    """Whether this is ``1 : s : end, 1 : t : end, :``."""
    return all(map(_is_stride, (i, j))) and _is_all(k)


def _is_stride(each):
    return isinstance(each, slice) and each.start is each.stop is None is not each.step


def _ends(each, size):
    return 0 if each.start is None else each.start, size if each.stop is None else each.stop


def _no_subscript(key, forms):
    return TypeError(
        f"x[{key!r}] was asked for: expected x[i], x[i, j], {forms}, as in MATLAB but from 0"
    )
