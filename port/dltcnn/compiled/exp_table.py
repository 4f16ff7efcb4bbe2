"""The numbers that exp is put together from, computed from their definition."""

from decimal import Context, Decimal
from fractions import Fraction

import numpy as np

_CONTEXT = Context(prec=60)


def exp_table():
    """Compute the table of powers of two.

    Returns
    -------
    numpy.ndarray
        uint64. For i in 0..127 two numbers: the bits of what 2^(i/128) is more than the double next
        to it, relative to that; and the bits of that double, less i at bit 45 of the exponent's
        place. Then for i in 0..31 the bits of the double next to 2^(i/32), less i at bit 47.
    """
    table = []
    for i in range(128):
        power = _power(i, 128)
        near = float(power)
        rest = float(Fraction(power) / Fraction(near) - 1)
        table += [_bits(rest), (_bits(near) - (i << 45)) % 2**64]
    table += [(_bits(float(_power(i, 32))) - (i << 47)) % 2**64 for i in range(32)]
    return np.array(table, np.uint64)


def _power(i, n):
    """Return 2^(i/n) to 60 digits."""
    return _CONTEXT.power(Decimal(2), _CONTEXT.divide(Decimal(i), Decimal(n)))


def _bits(x):
    return int(np.float64(x).view(np.uint64))
