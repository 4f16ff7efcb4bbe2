"""Python's side of pairs.toml."""

import numpy as np


def runmean(x, w):
    """Mean over a window of w values that ends at each value, and how many values it holds."""
    values, w = x.ravel(order="F"), int(w[0, 0])
    m, n = np.zeros(x.size), np.zeros(x.size)
    for k in range(x.size):
        part = values[max(0, k - w + 1) : k + 1]
        total = 0.0
        for value in part:
            total += value
        m[k], n[k] = total / part.size, part.size
    return m.reshape(x.shape, order="F"), n.reshape(x.shape, order="F")


def runmean_by_sums(x, w):
    """Compute the same from running sums: other roundings, where the sums are long."""
    values, w = x.ravel(order="F"), int(w[0, 0])
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, x.size + 1)
    n = np.minimum(ends, w).astype(float)
    m = (sums[ends] - sums[np.maximum(ends - w, 0)]) / n
    return m.reshape(x.shape, order="F"), n.reshape(x.shape, order="F")


def runmean_off_by_one(x, w):
    """Compute the same with a window that is one value too short from the third value on."""
    m, n = runmean(x, w)
    values, w = x.ravel(order="F"), int(w[0, 0])
    flat = m.ravel(order="F")
    for k in range(2, x.size):
        if w > 1 and k - w + 1 >= 0:
            flat[k] = values[k - w + 2 : k + 1].sum() / (w - 1)
    return flat.reshape(x.shape, order="F"), n
