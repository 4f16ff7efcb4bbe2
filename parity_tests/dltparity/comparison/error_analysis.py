"""Running error analysis: arithmetic on values with an error bound.

`value` is evaluated in a wider format; `err` bounds ``|computed - value|`` for any computation in
the class under test, in any order of summation, with or without fused multiply-add,
from operands that are themselves only known to within their own `err`. Each operation adds

    what its operands' errors become  +  gamma(n) * magnitude  +  n * (smallest subnormal)

where n counts its roundings and the magnitude is that of the *computed* operands, |value| + err,
so that no term of second order is left out. `gamma` counts the evaluation of `value` as well.
"""

from dataclasses import dataclass

import numpy as np

from ..octave.values import matlab_array

# The GNU C library's largest known errors on x86-64 with rounding to nearest, in units of the
# last place away from the correctly rounded result (hence half a unit more from the exact one).
# Source: its manual, "Known Maximum Errors in Math Functions" (sysdeps/x86_64/fpu/libm-test-ulps).
ULPS = {
    "exp": {"double": 1, "single": 1, "extended": 1},
    "log": {"double": 1, "single": 1, "extended": 1},
    "tanh": {"double": 2, "single": 2, "extended": 3},
}

CLASSES = {"double": np.float64, "single": np.float32}

# `err` is itself computed in float64, from sums of non-negative terms: with up to 2^32 terms they
# come out less than 2^-20 too small.
_ROUND_UP = 1 + 2.0**-20


def extended(cls):
    """Name the format in which values of a class are evaluated.

    Parameters
    ----------
    cls : {'double', 'single'}
        The class under test.

    Returns
    -------
    dtype : type
        float64 for single; for double numpy.longdouble where it has 64 bits or more, else
        float64, which then costs a second unit roundoff.
    unit : float
        Its unit roundoff.

    Raises
    ------
    ValueError
        If `cls` is neither.
    """
    if cls not in CLASSES:
        raise ValueError(f"class {cls!r}: expected 'double' or 'single'")
    wide = cls == "double" and np.finfo(np.longdouble).nmant >= 63
    dtype = np.longdouble if wide else np.float64
    return dtype, float(np.finfo(dtype).eps) / 2


def unit_roundoff(cls):
    """Return the unit roundoff of a class."""
    return float(np.finfo(CLASSES[cls]).eps) / 2


@dataclass(frozen=True)
class Running:
    """A value and how far a computed one may be from it.

    Attributes
    ----------
    value : numpy.ndarray
        Evaluated in `extended` precision.
    err : numpy.ndarray
        float64, of the same shape; infinite where nothing is promised (non-finite value, or a
        sum that may overflow).
    size : numpy.ndarray
        float64: what the same operations give on absolute values, subtractions as sums. One
        rounding of each operand moves the value by about a unit roundoff of it.
    """

    value: np.ndarray
    err: np.ndarray
    size: np.ndarray

    @property
    def reach(self):
        """How large the computed value may be in magnitude (float64)."""
        return _magnitude(self.value) + self.err

    def arranged(self, move):
        """Rearrange all parts: `move` must do no arithmetic."""
        return Running(move(self.value), move(self.err), move(self.size))


def ratio(computed, running):
    """Measure a computed array in units of its bound.

    Parameters
    ----------
    computed : numpy.ndarray or float
        What was computed.
    running : Running
        Value and bound; sizes are compared as MATLAB's, so a number is 1x1.

    Returns
    -------
    float
        The largest ``|computed - value| / err``: 0/0 is 0 and x/0 infinite, as is anything
        non-finite under a finite bound. Entries with an infinite bound count 0.

    Raises
    ------
    ValueError
        If the sizes differ.
    """
    value, err = matlab_array(running.value), matlab_array(running.err)
    computed = matlab_array(computed).astype(value.dtype)
    if computed.shape != value.shape:
        raise ValueError(
            f"the computed array is {computed.shape}, its bound {value.shape}: compare sizes first"
        )
    with np.errstate(all="ignore"):
        off = np.abs(computed - value)
        units = np.where(np.isfinite(off), off / err, np.inf)
    units[(off == 0) | np.isinf(err)] = 0
    return float(units.max(initial=0))


class Arithmetic:
    """Operations on `Running` values for one class.

    Parameters
    ----------
    cls : {'double', 'single'}
        The class of the computation under test.
    """

    def __init__(self, cls):
        self.dtype, self._unit_extended = extended(cls)
        self._of_class = np.finfo(CLASSES[cls])
        self._unit = unit_roundoff(cls)
        # Of the class, of the evaluation, and of err's own evaluation.
        self._subnormal = sum(
            float(np.finfo(dtype).smallest_subnormal)
            for dtype in (CLASSES[cls], self.dtype, np.float64)
        )
        self._exp_ulps = max(ULPS["exp"][cls], ULPS["exp"]["extended"]) + 0.5

    def given(self, array):
        """Take an operand as it is; what the class cannot hold may have been rounded to it."""
        array = np.asarray(array)
        value = array.astype(self.dtype)
        err = np.abs(value - array.astype(self._of_class.dtype)).astype(float)
        return _running(value, err, _magnitude(value))

    def add(self, a, b):
        """Return a + b."""
        value = a.value + b.value
        moved = a.err + b.err
        return self._rounded(value, moved, _magnitude(value) + moved, 1, a.size + b.size)

    def subtract(self, a, b):
        """Return a - b."""
        return self.add(a, Running(-b.value, b.err, b.size))

    def multiply(self, a, b):
        """Return a .* b."""
        moved = a.reach * b.err + a.err * _magnitude(b.value)
        return self._rounded(a.value * b.value, moved, a.reach * b.reach, 1, a.size * b.size)

    def divide(self, a, count):
        """Return a / count for a whole number."""
        value, moved = a.value / count, a.err / count
        return self._rounded(value, moved, a.reach / count, 1, a.size / count)

    def total(self, a, axes):
        """Return the sum over some axes."""
        value = a.value.sum(axes)
        terms = a.value.size // value.size
        return self._rounded(value, a.err.sum(axes), a.reach.sum(axes), terms, a.size.sum(axes))

    def contract(self, subscripts, a, b):
        """Return sums of products, written as for `numpy.einsum`."""
        value = np.einsum(subscripts, a.value, b.value)
        magnitude_b = _magnitude(b.value)
        reach_a = a.reach
        moved = np.einsum(subscripts, reach_a, b.err) + np.einsum(subscripts, a.err, magnitude_b)
        magnitude = np.einsum(subscripts, reach_a, magnitude_b + b.err)
        size = np.einsum(subscripts, a.size, b.size)
        return self._rounded(value, moved, magnitude, _terms(subscripts, a, b), size)

    def sigmoid(self, a):
        """Return 1 ./ (1 + exp(-a)).

        A change of a moves it by at most the largest slope on the way. A relative error of exp
        enters multiplied by 1 - result; the sum and the quotient round once each.
        """
        # In long double this is the C library's exp, whose error is in the table.
        value = (1 / (1 + np.exp(-a.value.astype(np.longdouble)))).astype(self.dtype)
        nearest = np.exp(-np.fmax(_magnitude(a.value) - a.err, 0))
        moved = np.fmin(nearest / (1 + nearest) ** 2 * a.err, 1)
        result = value.astype(float)
        roundings = 2 * self._exp_ulps * np.fmin(1 - result + moved, 1) + 2
        size = result + result * (1 - result) * a.size
        rounded = self._rounded(value, moved, np.fmin(result + moved, 1), roundings, size)
        overflows = a.value - a.err < 1 - np.log(float(self._of_class.max))
        # exp(-a) overflows before 1/exp(-a) underflows: the computed 0 stands for up to 1/max.
        err = rounded.err + np.where(overflows, float(self._of_class.smallest_normal), 0)
        return _running(value, np.fmin(err, 1), size)

    def gamma(self, n):
        """Bound the relative error of n roundings, in the class and in the evaluation."""
        n = np.asarray(n, float)
        units = self._unit, self._unit_extended
        return sum(np.where(n * u < 1, n * u / (1 - n * u), np.inf) for u in units)

    def _rounded(self, value, moved, magnitude, n, size):
        err = _ROUND_UP * (moved + self.gamma(n) * magnitude + n * self._subnormal)
        fits = magnitude + err <= float(self._of_class.max)
        return _running(value, np.where(fits, err, np.inf), size)


def _running(value, err, size):
    """Promise nothing where the value is not finite."""
    return Running(value, np.where(np.isfinite(value) & ~np.isnan(err), err, np.inf), size)


def _magnitude(value):
    return np.abs(value).astype(float)


def _terms(subscripts, a, b):
    """Count the products in each sum of a contraction."""
    operands, result = subscripts.split("->")
    sizes = {}
    for names, operand in zip(operands.split(","), (a, b), strict=True):
        sizes.update(zip(names, operand.value.shape, strict=True))
    return int(np.prod([size for name, size in sizes.items() if name not in result]))
