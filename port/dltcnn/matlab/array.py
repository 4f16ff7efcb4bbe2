"""MATLAB's array on numpy's: its operators, comparisons and subscripts are MATLAB's."""

from functools import wraps
from typing import Any

import numpy as np

from . import keys, math, operators


def _both_ways(name):
    """Make the methods of an operator for an `Array` on its left, and on its right alone."""

    def forward(self, other):
        other = other.view(np.ndarray) if type(other) is Array else other
        return of(getattr(operators, name)(self.view(np.ndarray), other))

    def backward(self, other):
        return of(getattr(operators, name)(other, self.view(np.ndarray)))

    return forward, backward


class Array(np.ndarray):
    """A numpy array on which MATLAB's rules hold: classes, sizes, saturation and refusals.

    ======================  =====================================================================
    MATLAB                  here
    ======================  =====================================================================
    ``a + b``, ``a - b``    ``a + b``, ``a - b``
    ``a .* b``, ``a ./ b``  ``a * b``, ``a / b``; so are ``*`` and ``/`` by one number
    ``a * b``               ``a @ b``
    ``a / b``               ``mrdivide(a, b)`` where `b` may be several numbers
    ``a'``, ``a ^ 2``       ``a.T``, ``a**2``
    ``a ~= b``, ``~a``      ``a != b``, ``~a``
    ``if a``                ``if a``
    ``a(i)``, ``a(i, j)``   ``a[i]``, ``a[i, j]``, from 0 and column by column; -1 is the end
    ``a(p + 1 : q)``        ``a[p:q]``; so are rows, ``a[p:q, :]``
    ``a(:, k)``             ``a[:, k]``; so are pages, ``a[:, :, k]``
    ``a(1 : s : end, ..)``  ``a[::s, ::s, :]``
    ======================  =====================================================================

    numpy's elementwise functions and sums refuse it, as in ``np.exp(a)`` and ``a.sum()``: their
    bits, and their classes, are others.
    """

    # numpy's scalars and arrays leave the operators to us; its functions raise a TypeError.
    __array_ufunc__ = None
    _given = None  # what it was made of on the way in: it goes out as that

    __add__, __radd__ = _both_ways("plus")
    __sub__, __rsub__ = _both_ways("minus")
    __mul__, __rmul__ = _both_ways("times")
    __truediv__, __rtruediv__ = _both_ways("rdivide")
    __matmul__, __rmatmul__ = _both_ways("mtimes")
    __and__, __rand__ = _both_ways("and_")

    # As in MATLAB, an assignment makes an array anew: nobody else's is written into.
    __iadd__, __isub__, __imul__ = __add__, __sub__, __mul__
    __itruediv__, __imatmul__ = __truediv__, __matmul__

    __eq__ = _both_ways("eq")[0]
    __ne__ = _both_ways("ne")[0]
    __lt__ = _both_ways("lt")[0]
    __le__ = _both_ways("le")[0]
    __gt__ = _both_ways("gt")[0]
    __ge__ = _both_ways("ge")[0]

    def __pow__(self, exponent):
        if not np.array_equal(plain(exponent), 2):
            raise TypeError(f"x**{exponent} was asked for: expected x**2, the only power here")
        return of(operators.mpower2(plain(self)))

    def __neg__(self):
        return of(operators.times(-1, plain(self)))

    def __abs__(self):
        return of(math.abs_(plain(self)))

    __hash__ = None

    def __invert__(self):
        return of(operators.not_(plain(self)))

    def __bool__(self):
        return operators.istrue(plain(self))

    def __index__(self):
        return keys.whole_number(plain(self))

    def __repr__(self):
        return f"Array{repr(plain(self)).removeprefix('array')}"

    def __str__(self):
        return str(plain(self))

    def __iter__(self):
        return map(of, plain(self).ravel(order="F"))

    @property
    def T(self):
        """The transpose, ``x'``; dimensions after the first fold into the second."""
        return of(operators.transpose(plain(self)))

    def __getitem__(self, key: Any) -> "Array":
        return of(keys.read(plain(self), _plain_key(key)))

    def __setitem__(self, key, value):
        keys.write(plain(self), _plain_key(key), plain(value))


def of(x):
    """Return `x` as an `Array`, without a copy; what is no array of numpy's as it is."""
    if type(x) is np.ndarray:
        return x.view(Array)
    return np.asarray(x).view(Array) if isinstance(x, np.ndarray | np.generic) else x


def plain(x):
    """Return an `Array` as a plain array; all else as it is."""
    return x.view(np.ndarray) if type(x) is Array else x


def lifted(function):
    """Make of a built-in that works on plain arrays one that gives an `Array`, or several."""

    @wraps(function)
    def called(*args, **kwargs):
        args = [x.view(np.ndarray) if type(x) is Array else x for x in args]
        if kwargs:
            kwargs = {name: plain(x) for name, x in kwargs.items()}
        result = function(*args, **kwargs)
        return tuple(map(of, result)) if type(result) is tuple else of(result)

    return called


def _plain_key(key):
    """Return a subscript with plain arrays in it."""
    if type(key) is int:
        return key
    if isinstance(key, tuple):
        return tuple(map(_plain_key, key))
    if isinstance(key, slice):
        return slice(plain(key.start), plain(key.stop), plain(key.step))
    return plain(key)
