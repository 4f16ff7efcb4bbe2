"""Python's side of pairs.toml."""

import numpy as np


def runmean(x, w):
    """Mean over a window of w values that ends at each value, and how many values it holds."""
    m = np.zeros(x.shape)  # runmean.m:3
    n = np.zeros(x.shape)  # runmean.m:4
    for k in range(x.size):  # runmean.m:5
        part = x[:, max(0, k - int(w[0, 0]) + 1) : k + 1]  # runmean.m:6
        total = 0.0
        for value in part[0]:
            total += value
        m[0, k] = total / part.size  # runmean.m:7
        n[0, k] = part.size  # runmean.m:8
    return m, n


def runmean_by_sums(x, w):
    """Compute the same from running sums: other roundings, where the sums are long."""
    values, w = x.ravel(order="F"), int(w[0, 0])
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, x.size + 1)
    n = np.minimum(ends, w).astype(float)
    m = (sums[ends] - sums[np.maximum(ends - w, 0)]) / n
    return m.reshape(x.shape, order="F"), n.reshape(x.shape, order="F")


def runmean_off_by_one(x, w):
    """Compute the same with a window that is one value too long."""
    m = np.zeros(x.shape)  # runmean.m:3
    n = np.zeros(x.shape)  # runmean.m:4
    for k in range(x.size):  # runmean.m:5
        part = x[:, max(0, k - int(w[0, 0])) : k + 1]  # runmean.m:6
        total = 0.0
        for value in part[0]:
            total += value
        m[0, k] = total / part.size  # runmean.m:7
        n[0, k] = part.size  # runmean.m:8
    return m, n
