"""One convolution with its sigmoid and the subsampling layer after it, for N images."""

import math

import numpy as np

from .buffers import cut, length, whole_lines
from .views import kernel_entries, strips, taps, windows

_MANY_ROWS = 128
_LARGEST_BAND = 500_000  # bytes: half of what the second-level cache of a core holds


class Block:
    """Buffers, forward and backward pass of one block.

    The images are the last axis of every array, so that all passes run over long contiguous rows.
    The s columns that one pooling window averages are computed as s separate phases: pooling and
    its backward pass then add and scale whole slabs. Only the columns are unrolled: `col[h]` holds
    the shifted columns of row h of all input maps. The K rows that an output row needs are K
    neighbours in `col`, one matrix without a copy; so each output row is one product, small enough
    to stay in the cache.

    Parameters
    ----------
    shape : dltcnn.fast.chain.BlockShape
        Sizes of the block.
    x : numpy.ndarray
        Where its input is, (rows, C, s, columns, N): column w at [w % s, w // s], zero behind the
        input's columns. Without such columns it may be the `out` of the block before.
    out_phases : int
        By how many phases the columns of the output are kept.
    out_scale : float
        What the sensitivities in `out` come multiplied by.
    input_scale : float or None
        Whether `backward` is to find the sensitivities of the input too, which replace it, and
        what to multiply them by.
    room, scratch : numpy.ndarray
        Room for what stays and for what is needed for a moment only, as long as `lengths` says;
        several blocks can share the latter.

    Attributes
    ----------
    phases : numpy.ndarray
        Activations of the convolution, (rows, s, s, O, pooled columns * N); after `backward`
        their sensitivities.
    out : numpy.ndarray
        Activations after pooling, (rows, O, out_phases, columns, N); room for their sensitivities
        later, times `out_scale`.
    """

    def __init__(self, shape, x, out_phases, out_scale, input_scale, room, scratch):
        O, K, s, N = shape.outputmaps, shape.kernelsize, shape.scale, x.shape[-1]
        rows, columns = shape.pooled_rows, shape.pooled_cols // out_phases
        wanted = shape, N, x.dtype, out_scale, input_scale
        self.shape, self.x, self.out_scale = shape, x, out_scale
        col, self.a, out, T, self.dT_sum, self.sums, *back = cut(room, _kept(*wanted))
        (rest, *g), (self.dT, *upright), (dcol,) = (
            cut(scratch, shapes) for shapes in _moments(*wanted)
        )
        col = col[..., : out.shape[-1]]
        T[...] = 0
        self.kernels = T.reshape(s * O, -1)
        self.mean = np.full((1, s * s), 1 / s**2, x.dtype)
        self.ones = np.ones(out.shape[-1], x.dtype)
        self.by_map = self.a.reshape(-1, O, len(self.ones))
        self.pooling = self.a.reshape(rows, s * s, -1), out.reshape(rows, 1, -1)
        self.phases = self.a.reshape(rows, s, s, O, -1)
        self.out = out.reshape(rows, O, out_phases, columns, N)
        self.strips = strips(col, K)
        self.windows = windows(x, shape.taps, out_phases, columns)
        self.taps = taps(col, self.windows.shape)
        self.k = kernel_entries(T, shape.maps, K)
        self.g = g[0] if g else None
        self.bands = list(self._bands(out if self.g is None else self.g, rest))
        self.all_rows, dT = np.ones((1, len(self.dT)), x.dtype), self.dT_sum
        self.dT_by_row = self.dT.reshape(len(self.dT), -1)
        if upright:
            self.upright = upright[0]
            self.products = self.strips, self.upright
            dT = dT.reshape(K, -1, s, O).transpose(2, 3, 0, 1)
        else:
            self.upright = None
            self.products = self.a, self.strips.transpose(0, 2, 1)
            dT = dT.reshape(s, O, K, -1)
        self.dk = kernel_entries(dT, shape.maps, K)
        self.back = None
        if input_scale is not None:
            self.back = _InputDelta(self, input_scale, *back, dcol)

    def _bands(self, g, rest):
        """Cut the rows into bands that the cache holds, with what `backward` needs of each."""
        flat = self.a.reshape(len(g), -1, len(self.ones))
        for first in range(0, len(g), len(rest)):
            band = slice(first, first + len(rest))
            rows = self.phases[band]
            yield rows, rest[: len(rows)], g[band, None, None], flat[band], self.sums[band]

    def load(self, k, b, odds):
        """Take the weights of the step over.

        Parameters
        ----------
        k : numpy.ndarray
            Kernels rotated by 180 degrees, (O, rows, columns * C).
        b : numpy.ndarray or None
            Biases (O, 1) to add to z; None where they are in the odds.
        odds : numpy.ndarray
            1, or exp(b), (O, 1): 1 / (1 + exp(-(z + b))) is exp(b) / (exp(b) + exp(-z)).
        """
        np.negative(k, out=self.k)  # negative, because the sigmoid wants exp(-z)
        self.b, self.odds = b, odds
        if self.back:
            self.back.load()

    def set_input(self, x):
        """Take the input (rows, C, columns, N) over, any class and strides."""
        s = self.x.shape[2]
        for phase in range(s):
            columns = x[:, :, phase::s]
            self.x[:, :, phase, : columns.shape[2]] = columns

    def unroll(self):
        """Fill `col` from the input."""
        np.copyto(self.taps, self.windows)

    def forward(self):
        """Compute activations."""
        self.unroll()
        np.matmul(self.kernels, self.strips, out=self.a)
        a = self.by_map
        if self.b is not None:
            a -= self.b  # last, as in the toolbox: a large bias would spoil the sums
        # exp(-z) keeps the relative accuracy far below zero; a form with tanh does not.
        np.exp(a, out=a)
        a += self.odds
        np.divide(self.odds, a, out=a)  # twice as quick as reciprocal
        slabs, means = self.pooling
        np.matmul(self.mean, slabs, out=means)

    def backward(self, dk, db):
        """Propagate sensitivities back and take the gradients, summed over the images.

        `out` must hold the sensitivities after pooling, times `out_scale`.

        Parameters
        ----------
        dk, db : numpy.ndarray
            Where the gradients go, shaped like the weights.
        """
        if self.g is not None:
            np.multiply(self.out.reshape(self.g.shape), 1 / self.shape.scale**2, out=self.g)
        for band, rest, g, rows, sums in self.bands:
            np.subtract(1, band, out=rest)
            band *= rest
            band *= g
            np.matmul(rows, self.ones, out=sums)
        if self.upright is not None:  # the products are quicker so, where there are many rows
            np.copyto(self.upright, self.a.transpose(0, 2, 1))
        np.matmul(*self.products, out=self.dT)
        np.matmul(self.all_rows, self.dT_by_row, out=self.dT_sum)
        np.add.reduce(self.dk, axis=0, out=dk)
        np.add.reduce(self.sums.reshape(-1, len(db)), axis=0, out=db)
        if self.back:
            self.back.run()

    def get_input_delta(self, g):
        """Write the sensitivities of the input into g, (rows, C, columns, N)."""
        s = self.x.shape[2]
        for phase in range(s):
            columns = g[:, :, phase::s]
            columns[...] = self.x[:, :, phase, : columns.shape[2]]


def lengths(shape, images, dtype, out_scale, input_scale):
    """Find how long a block's room and its scratch must be.

    Parameters
    ----------
    shape, out_scale, input_scale
        As for `Block`.
    images : int
        N.
    dtype : numpy.dtype
        Double or single.

    Returns
    -------
    room, scratch : int
        In numbers.
    """
    wanted = shape, images, dtype, out_scale, input_scale
    return length(_kept(*wanted)), max(map(length, _moments(*wanted)))


def _kept(shape, images, dtype, _, input_scale):
    """Return the shapes of what a block keeps."""
    O, K, R = shape.outputmaps, shape.kernelsize, shape.strip
    rows, s, width = shape.pooled_rows, shape.scale, shape.pooled_cols * images
    shapes = [
        (shape.rows, R, whole_lines(width, dtype)),
        (rows * s, s * O, width),
        (rows, O, width),
    ]
    shapes += [(s, O, K, R), (1, K * R * s * O), (rows, s * s * O)]
    return [*shapes, (R, K, s * O)] if input_scale is not None else shapes


def _moments(shape, images, dtype, out_scale, input_scale):
    """Return the shapes of what a block needs for a moment only, moment by moment."""
    K, s, width = shape.kernelsize, shape.scale, shape.pooled_cols * images
    row = (s, s, shape.outputmaps, width)
    rows = max(1, _LARGEST_BAND // (math.prod(row) * np.dtype(dtype).itemsize))
    rows = -(-shape.pooled_rows // -(-shape.pooled_rows // rows))  # equal bands
    P, M, KR = shape.pooled_rows * s, s * shape.outputmaps, K * shape.strip
    bands = [(rows, *row)]
    if out_scale != 1 / s**2:  # not yet what each pixel of a window needs
        bands.append((shape.pooled_rows, *row[2:]))
    products = [(P, KR, M), (P, width, M)] if KR >= _MANY_ROWS else [(P, M, KR)]
    return bands, products, [(0 if input_scale is None else shape.rows, shape.strip, width)]


class _InputDelta:
    """The full convolution that takes a block's sensitivities to its input."""

    def __init__(self, block, scale, T, dcol):
        shape, P, M = block.shape, *block.a.shape[:2]
        K = shape.kernelsize
        self.T, self.scale = T, -scale  # the rows of the kernels upwards
        self.negative = block.kernels.reshape(M, K, -1)[:, ::-1].transpose(2, 1, 0)
        first, *others = zip(block.windows, taps(dcol, block.windows.shape), strict=True)
        self.first, self.others = first, others
        self.behind = block.x[:, :, :, shape.pooled_cols :]
        self.products = []
        T, rows, inner = T.reshape(-1, K * M), block.a.reshape(P * M, -1), range(K - 1, P)
        if inner:  # rows that K output rows saw
            self.products.append((T, strips(block.a, K), dcol[K - 1 : P]))
        for h in (h for h in range(len(dcol)) if h not in inner):
            first, last = max(0, h - K + 1), min(P, h + 1)  # output rows that saw row h
            shift = K - 1 - h
            kernels = T[:, (shift + first) * M : (shift + last) * M]
            self.products.append((kernels, rows[first * M : last * M], dcol[h]))

    def load(self):
        np.multiply(self.negative, self.scale, out=self.T)

    def run(self):
        for kernels, d, row in self.products:
            np.matmul(kernels, d, out=row)
        # Behind the input's columns it stays zero: no kernel has an entry there.
        self.behind[...] = 0
        np.copyto(*self.first)
        for tap, shifted in self.others:
            tap += shifted
