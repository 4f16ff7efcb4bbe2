"""The formulas summed directly, as they are printed, on the operands that a net holds.

One step each: a layer's value from the values that the net keeps of its operands.
"""

import numpy as np


def windows(x, shape):
    """List the patches of (rows, cols, N): (row, col, N, *shape)."""
    return np.lib.stride_tricks.sliding_window_view(x, shape, (0, 1))


def patch(x, k_shape, u, v):
    """E12's p: what kernel entry (r, c) multiplies at output (u, v), rotated by 180 degrees."""
    rows, cols = k_shape
    return x[u : u + rows, v : v + cols][::-1, ::-1]


def kernel_gradient(x, d, k_shape):
    """E12: the sum over all positions of the sensitivity times the patch, per image."""
    total = np.zeros(k_shape, np.longdouble)
    for n in range(x.shape[2]):
        for u in range(d.shape[0]):
            for v in range(d.shape[1]):
                total += np.longdouble(d[u, v, n]) * patch(x[:, :, n], k_shape, u, v)
    return total


def convolved(x, k):
    """E8's x * k: each output is the sum over the kernel of the patch that it multiplies."""
    rows, cols = x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1
    z = np.zeros((rows, cols, x.shape[2]), np.longdouble)
    for n in range(x.shape[2]):
        for u in range(rows):
            for v in range(cols):
                z[u, v, n] = (np.longdouble(1) * patch(x[:, :, n], k.shape, u, v) * k).sum()
    return z


def spread_back(d, k):
    """E15's conv2(d, rot180(k), 'full'): each sensitivity goes back along the kernel."""
    z = np.zeros((d.shape[0] + k.shape[0] - 1, d.shape[1] + k.shape[1] - 1, d.shape[2]))
    z = z.astype(np.longdouble)
    for n in range(d.shape[2]):
        for u in range(d.shape[0]):
            for v in range(d.shape[1]):
                z[u : u + k.shape[0], v : v + k.shape[1], n] += (
                    np.longdouble(d[u, v, n]) * k[::-1, ::-1]
                )
    return z


def up(d, rows, cols):
    """E10: the Kronecker product with ones, image by image."""
    block = np.ones((rows, cols), np.longdouble)
    return np.stack([np.kron(d[:, :, n], block) for n in range(d.shape[2])], axis=2)


def down(x, rows, cols):
    """E14's down, and E27: the sum over each block."""
    z = np.zeros((x.shape[0] // rows, x.shape[1] // cols, x.shape[2]), np.longdouble)
    for u in range(z.shape[0]):
        for v in range(z.shape[1]):
            z[u, v] = x[u * rows : (u + 1) * rows, v * cols : (v + 1) * cols].sum((0, 1))
    return z


def moments(x, each_pixel):
    """E28: mean and deviation of images (..., N), of all pixels or of each; n - 1, and 1 for 0."""
    axes = (x.ndim - 1,) if each_pixel else None
    x = x.astype(np.longdouble)
    mu = x.mean(axes, keepdims=True)
    n = x.shape[-1] if each_pixel else x.size
    sigma = np.sqrt(((x - mu) ** 2).sum(axes, keepdims=True) / max(n - 1, 1))
    return mu, np.where(sigma == 0, 1, sigma)


def softmax_jacobian(a):
    """E20: the derivative of column a of the softmax, entry (k, i) for a_k by c_i."""
    return np.diag(a) - np.outer(a, a)
