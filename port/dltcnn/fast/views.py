"""Views that turn a convolution into matrix products without copying a window twice.

Here and in `block`: H, W are the rows and columns of a block's input and C its maps; J windows of
s columns ("taps") cover what one pooling window sees; Q is the number of output columns after
pooling; N the images, always the last axis.
"""

from numpy.lib.stride_tricks import as_strided


def strips(col, K):
    """View (H, R, n) as (H - K + 1, K * R, n): each K consecutive rows as one matrix."""
    H, R, n = col.shape
    return as_strided(col, (H - K + 1, K * R, n), col.strides)


def windows(x, J, s, Q):
    """View (H, C, (Q + J - 1) * s, N) as (H, C, J, s, Q, N): tap j is shifted by j * s columns."""
    H, C, _, N = x.shape
    row, channel, column, image = x.strides
    shape = (H, C, J, s, Q, N)
    return as_strided(x, shape, (row, channel, s * column, column, s * column, image))


def phases(x, s):
    """View (H, C, n * s, N) as (H, C, s, n, N): column w is at [w % s, w // s]."""
    H, C, columns, N = x.shape
    return x.reshape(H, C, columns // s, s, N).transpose(0, 1, 3, 2, 4)


def taps(col, C, J, s):
    """View (H, C * J * s, Q, N) as (H, C, J, s, Q, N)."""
    H, _, Q, N = col.shape
    return col.reshape(H, C, J, s, Q, N)


def kernel_entries(T, C, phase, K):
    """View the entries of T, (O, K, R), that hold the kernels of one phase, as (O, K, C, K)."""
    O, rows, R = T.shape
    out, row, entry = T.strides
    width = R // C
    return as_strided(T[:, :, phase:], (O, rows, C, K), (out, row, width * entry, entry))
