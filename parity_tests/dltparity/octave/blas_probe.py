"""Which BLAS a session really computes with, told by the bits of products.

The bits of a dot product show in which order it was summed, and whether each product was rounded
before it was added. The bits of a convolution show that for ``y + a*x`` (axpy).
"""

from fractions import Fraction

import numpy as np

SEQUENTIAL = "one after the other, each product rounded"
FUSED = "one after the other, fused multiply-add"
OTHER = "another order"
_INNER = 257  # longer than any unrolled loop, and odd
_SIZE = 12


def probe(session):
    """Measure a session.

    Parameters
    ----------
    session : Octave
        An open session.

    Returns
    -------
    dict
        'says': what Octave calls its BLAS; 'product': `SEQUENTIAL`, `FUSED` or `OTHER` for A*B;
        'axpy': likewise for the ``y + a*x`` of a convolution, where `OTHER` means a mixture.
    """
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((_SIZE, _INNER)), rng.standard_normal((_INNER, _SIZE))
    x, k = rng.standard_normal((_SIZE, _SIZE)), rng.standard_normal((3, 1))
    session.give("dlt_probe", {"a": a, "b": b, "x": x, "k": k})
    session.eval(
        "dlt_probe.product = dlt_probe.a * dlt_probe.b;"
        "dlt_probe.axpy = convn(dlt_probe.x, dlt_probe.k, 'valid');"
    )
    found = session.fields("dlt_probe")
    session.eval("clear('dlt_probe');")
    rows = _SIZE - 2
    taps = [x[2 - i : 2 - i + rows] for i in range(3)]
    return {
        "says": session.info()["blas"].splitlines()[0],
        "product": _name(found["product"], lambda add: _product(a, b, add)),
        "axpy": _name(found["axpy"], lambda add: _sum(taps, k.ravel(), add)),
    }


def _name(measured, model):
    """Say which model has the measured bits."""
    for name, add in ((SEQUENTIAL, _rounded), (FUSED, _fused)):
        if np.array_equal(model(add), measured):
            return name
    return OTHER


def _product(a, b, add):
    total = np.zeros((len(a), b.shape[1]))
    for column, row in zip(a.T, b, strict=True):
        total = add(total, *np.broadcast_arrays(column[:, None], row))
    return total


def _sum(taps, multipliers, add):
    total = np.zeros_like(taps[0])
    for tap, multiplier in zip(taps, multipliers, strict=True):
        total = add(total, tap, np.full_like(tap, multiplier))
    return total


def _rounded(total, p, q):
    return total + p * q


def _fused(total, p, q):
    """Multiply and add exactly, then round once."""
    exact = np.frompyfunc(lambda t, u, v: float(Fraction(t) + Fraction(u) * Fraction(v)), 3, 1)
    return exact(total, p, q).astype(float)
