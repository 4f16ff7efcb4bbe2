"""Views that turn a convolution into matrix products without copying a window twice.

Here and in `block`: H are the rows of a block's input, C its maps, K the rows and columns of its
kernels and N the images, always the last axis; J windows of s columns ("taps") cover what one
pooling window sees, so that R = J * s * C shifted columns make a row of `col`. Columns are kept by
phase: column w of an axis (s, n) is at [w % s, w // s].
"""

from numpy.lib.stride_tricks import as_strided


def strips(col, K):
    """View (H, R, n) as (H - K + 1, K * R, n): each K consecutive rows as one matrix."""
    H, R, n = col.shape
    return as_strided(col, (H - K + 1, K * R, n), col.strides)


def windows(x, J, phases, columns):
    """View (H, C, s, n, N) as (J, H, s, C, phases, columns, N).

    Tap j is shifted by j windows; its columns, one for each output column, are kept by phase too.
    """
    H, C, s, _, N = x.shape
    row, channel, phase, window, image = x.strides
    strides = (window, row, phase, channel, window, phases * window, image)
    return as_strided(x, (J, H, s, C, phases, columns, N), strides)


def taps(col, shape):
    """View (H, J * s * C, columns * N) as `windows` does, which have that shape."""
    _, _, s, C, _, columns, N = shape
    row, strip, number = col.strides
    strides = (s * C * strip, row, C * strip, strip, columns * N * number, N * number, number)
    return as_strided(col, shape, strides)


def kernel_entries(T, C, K):
    """View the entries of T, (s, O, K, R), that hold the kernels, as (s, O, K, K * C)."""
    s, O, _, _ = T.shape
    phase, out, row, entry = T.strides
    return as_strided(T, (s, O, K, K * C), (phase + C * entry, out, row, entry))
