"""MATLAB's convn with Octave's bits: its order of sums on the reference BLAS."""

from functools import lru_cache

import numpy as np

from .classes import DOUBLE, SINGLE, operand, size
from .errors import MatlabError


def convn(a, b, shape):
    """Return ``convn(a, b, shape)``, the true convolution, as sequences of BLAS's axpy make it.

    axpy returns at once for a zero multiplier, so a zero in `b` never meets Inf or NaN in `a`.

    Parameters
    ----------
    a : numpy.ndarray
        (rows, cols, N).
    b : numpy.ndarray
        (rows, cols), applied to each of the N images; or (rows, cols, M), which sums over images
        too.
    shape : {'valid', 'full'}
        Which part of the convolution.

    Returns
    -------
    numpy.ndarray
        (rows, cols, N) or, for M images in `b`, (rows, cols, N - M + 1) or (rows, cols, N + M - 1),
        as in MATLAB without a third dimension of 1; 0x0 where an operand is empty.
    """
    a, b = operand(a), operand(b)
    cls = SINGLE if SINGLE in (a.dtype, b.dtype) else DOUBLE
    if not (a.size and b.size):
        return np.zeros((0, 0), cls)
    sa, sb = tuple(size(a)), tuple(size(b))
    if len(sb) > (2 if len(sa) > 3 else 3):
        raise MatlabError(f"a kernel of size {size(b)} was given: expected rows and columns")
    if len(sa) > 3:  # further dimensions are apart from each other
        z = convn(a.reshape((*sa[:2], -1), order="F"), b, shape)
        return z.reshape((*z.shape[:2], *sa[2:]), order="F")
    convolve = {"valid": _convn_valid, "full": _convn_full}[shape]
    sa, sb = (*sa, 1)[:3], (*sb, 1)[:3]
    z = convolve(a.astype(cls, copy=False).reshape(sa), b.astype(cls, copy=False).reshape(sb))
    return z[:, :, 0] if b.ndim > 2 and z.shape[2] == 1 else z


def _convn_valid(a, b):
    """Each image with the kernel `b`, kernel columns outside, kernel rows inside."""
    (mb, nb, m), (ma, na, n) = b.shape, a.shape
    mz, nz = max(ma - mb + 1, 0), max(na - nb + 1, 0)
    z = np.zeros((mz, nz, max(n - m + 1, 0)), a.dtype)
    if m > 1:
        return _convn_stack(a, b, z) if z.size else z
    multiply, add, product = np.multiply, np.add, np.empty_like(z)
    kernel_columns = b[:, :, 0].T.tolist()  # Python's numbers are quicker, and take a's class
    for col, kernel_column in zip(reversed(range(nb)), kernel_columns, strict=True):
        strip = a[:, col : col + nz]
        for row, multiplier in zip(reversed(range(mb)), kernel_column, strict=True):
            if multiplier:
                multiply(strip[row : row + mz], multiplier, product)
                add(z, product, z)
    return z


def _convn_full(a, b):
    """Every sum takes images of `a` upwards, then columns downwards, then rows upwards."""
    (mb, nb, m), (ma, na, n) = b.shape, a.shape
    z = np.zeros((ma + mb - 1, na + nb - 1, n + m - 1), a.dtype)
    multiply, add, product = np.multiply, np.add, np.empty_like(a, order="C")
    kernel_columns = b.T.tolist()
    for page in reversed(range(m)):
        for col in reversed(range(nb)):
            strip = z[:, col : col + na, page : page + n]
            for row, multiplier in enumerate(kernel_columns[page][col]):
                if multiplier:
                    multiply(a, multiplier, product)
                    rows = strip[row : row + ma]
                    add(rows, product, rows)
    return z


_PRODUCTS = 60_000  # of a convolution over images, held at a time: they fit the processor's cache


def _convn_stack(a, b, z):
    """Convolve over images as well; sums take images downwards, then columns, then rows."""
    (mb, nb, m), (ma, na, n) = b.shape, a.shape
    a_images = np.ascontiguousarray(a.transpose(2, 0, 1)).reshape(n, -1)
    b_images = np.ascontiguousarray(b[:, :, ::-1].transpose(2, 1, 0)).reshape(m, -1, 1)
    skipped = b_images == 0
    places = _places(ma, na, mb, nb)
    many = max(_PRODUCTS // places.size, 1)
    sums = np.empty((1 + many * len(places), places.shape[1]), a.dtype)  # row 0: the sum so far
    for page in range(z.shape[2]):
        sums[0] = 0
        for first in range(0, m, many):
            k = b_images[first : first + many]
            used = sums[: 1 + len(k) * len(places)]
            products = used[1:].reshape(len(k), *places.shape)
            source = a_images[page + first : page + first + len(k)]
            np.take(source, places, axis=1, out=products, mode="clip")
            np.multiply(products, k, products)
            products[skipped[first : first + many, :, 0]] = 0
            sums[0] = _sum_rows(used)
        z[:, :, page] = sums[0].reshape(z.shape[:2])
    return z


@lru_cache(maxsize=8)
def _places(ma, na, mb, nb):
    """Where, in an image, the factors of each product stand: (products of a sum, sums)."""
    jb, ib, row, col = np.ogrid[:nb, :mb, : ma - mb + 1, : na - nb + 1]
    return ((row + mb - 1 - ib) * na + (col + nb - 1 - jb)).reshape(mb * nb, -1)


def _sum_rows(x):
    """Sum row after row; numpy's reduce would sum a single column pairwise."""
    return np.add.reduce(x, axis=0) if x.shape[1] > 1 else np.add.accumulate(x, axis=0)[-1]
