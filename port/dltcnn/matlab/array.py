"""MATLAB's array on numpy's: its operators, comparisons and subscripts are MATLAB's."""

from functools import wraps

import numpy as np

from . import keys, math, operators


class Array(np.ndarray):
    """A numpy array on which MATLAB's rules hold: classes, sizes, saturation and refusals.

    =====================  ======================================================================
    MATLAB                 here
    =====================  ======================================================================
    ``a + b``, ``a - b``   ``a + b``, ``a - b``
    ``a .* b``, ``a ./ b`` ``a * b``, ``a / b``; so are ``*`` and ``/`` by one number
    ``a * b``              ``a @ b``
    ``a / b``              ``mrdivide(a, b)`` where `b` may be several numbers
    ``a'``, ``a ^ 2``      ``a.T``, ``a**2``
    ``a ~= b``, ``~a``     ``a != b``, ``~a``
    ``if a``               ``if a``
    ``a(i)``, ``a(i, j)``  ``a[i]``, ``a[i, j]``, from 0 and column by column; ``a[-1]`` is the end
    ``a(p + 1 : q)``       ``a[p:q]``; so are rows, ``a[p:q, :]``
    ``a(:, k)``            ``a[:, k]``; so are pages, ``a[:, :, k]``
    ``a(1 : s : end, ..)`` ``a[::s, ::s, :]``
    =====================  ======================================================================

    numpy's own functions of arithmetic refuse it, as in ``np.exp(a)``: their bits, and their
    classes, are others.
    """

    # numpy's scalars and arrays leave the operators to us; its functions raise a TypeError.
    __array_ufunc__ = None
    _given = None  # what it was made of on the way in: it goes out as that

    def __add__(self, other):
        return of(operators.plus(plain(self), plain(other)))

    def __radd__(self, other):
        return of(operators.plus(other, plain(self)))

    def __sub__(self, other):
        return of(operators.minus(plain(self), plain(other)))

    def __rsub__(self, other):
        return of(operators.minus(other, plain(self)))

    def __mul__(self, other):
        return of(operators.times(plain(self), plain(other)))

    def __rmul__(self, other):
        return of(operators.times(other, plain(self)))

    def __truediv__(self, other):
        return of(operators.rdivide(plain(self), plain(other)))

    def __rtruediv__(self, other):
        return of(operators.rdivide(other, plain(self)))

    def __matmul__(self, other):
        return of(operators.mtimes(plain(self), plain(other)))

    def __rmatmul__(self, other):
        return of(operators.mtimes(other, plain(self)))

    __iadd__, __isub__, __imul__ = __add__, __sub__, __mul__
    __itruediv__, __imatmul__ = __truediv__, __matmul__

    def __pow__(self, exponent):
        if not np.array_equal(plain(exponent), 2):
            raise TypeError(
                f"x ** {exponent} was asked for: expected x**2, the power that is known"
            )
        return of(operators.mpower2(plain(self)))

    def __neg__(self):
        return of(operators.times(-1, plain(self)))

    def __abs__(self):
        return of(math.abs_(plain(self)))

    def __eq__(self, other):
        return of(operators.eq(plain(self), plain(other)))

    def __ne__(self, other):
        return of(operators.ne(plain(self), plain(other)))

    def __lt__(self, other):
        return of(operators.lt(plain(self), plain(other)))

    def __le__(self, other):
        return of(operators.le(plain(self), plain(other)))

    def __gt__(self, other):
        return of(operators.gt(plain(self), plain(other)))

    def __ge__(self, other):
        return of(operators.ge(plain(self), plain(other)))

    __hash__ = None

    def __and__(self, other):
        return of(operators.and_(plain(self), plain(other)))

    __rand__ = __and__

    def __invert__(self):
        return of(operators.not_(plain(self)))

    def __bool__(self):
        return operators.istrue(plain(self))

    def __index__(self):
        return keys.whole_number(plain(self))

    def __iter__(self):
        return map(of, plain(self).ravel(order="F"))

    @property
    def T(self):
        """The transpose, ``x'``; dimensions after the first fold into the second."""
        return of(operators.transpose(plain(self)))

    def __getitem__(self, key):
        return of(keys.read(plain(self), _plain_key(key)))

    def __setitem__(self, key, value):
        keys.write(plain(self), _plain_key(key), plain(value))


def of(x):
    """Return `x` as an `Array`, without a copy; what is no array of numpy's as it is."""
    if isinstance(x, np.ndarray):
        return x.view(Array)
    return np.asarray(x).view(Array) if isinstance(x, np.generic) else x


def plain(x):
    """Return an `Array` as a plain array; all else as it is."""
    return x.view(np.ndarray) if type(x) is Array else x


def lifted(function):
    """Make of a built-in that works on plain arrays one that gives an `Array`, or several."""

    @wraps(function)
    def called(*args, **kwargs):
        result = function(*map(plain, args), **kwargs)
        return tuple(map(of, result)) if type(result) is tuple else of(result)

    return called


def _plain_key(key):
    """Return a subscript with plain arrays in it."""
    if isinstance(key, tuple):
        return tuple(map(_plain_key, key))
    if isinstance(key, slice):
        return slice(plain(key.start), plain(key.stop), plain(key.step))
    return plain(key)
