"""One convolution with its sigmoid and the subsampling layer after it, for N images."""

import math

import numpy as np

from .buffers import cut, length
from .views import kernel_entries, phases, strips, taps, windows

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
        Where its input is, (rows, C, padded_cols, N), zero behind the input's columns. Without
        such columns it may be the `out` of the block before.
    input_delta : bool
        Whether `backward` is to find the sensitivities of the input too; they replace it.
    room, scratch : numpy.ndarray
        Room for what stays and for what is needed for a moment only, as long as `lengths` says;
        several blocks can share the latter.

    Attributes
    ----------
    phases : numpy.ndarray
        Activations of the convolution, (rows, s, s, O, columns, N); after `backward` their
        sensitivities.
    out : numpy.ndarray
        Activations after pooling, (rows, O, columns, N); room for their sensitivities later.
    """

    def __init__(self, shape, x, input_delta, room, scratch):
        H, C, _, N = x.shape
        O, K, s = shape.outputmaps, shape.kernelsize, shape.scale
        pooled_rows, Q = shape.pooled_rows, shape.pooled_cols
        J, R, M = shape.taps, shape.strip, s * O
        self.shape, self.x = shape, x
        self.col, self.a, self.out, self.T, self.b, self.dT_sum, self.sums, *back = cut(
            room, _kept(shape, N, input_delta)
        )
        (self.g, rest), (self.dT, *self.upright), (dcol,) = (
            cut(scratch, shapes) for shapes in _moments(shape, N, x.dtype, input_delta)
        )
        self.T[...] = 0
        self.kernels = self.T.reshape(M, -1)
        self.biases = self.b.reshape(-1, 1)
        self.mean = np.full((1, s * s), 1 / s**2, x.dtype)
        self.ones = np.ones(Q * N, x.dtype)
        self.pooling = (
            self.a.reshape(pooled_rows, s * s, -1),
            self.out.reshape(pooled_rows, 1, -1),
        )
        self.phases = self.a.reshape(pooled_rows, s, s, O, Q, N)
        self.bands = list(self._bands(rest))
        self.strips = strips(self.col.reshape(H, R, Q * N), K)
        self.windows, self.taps = windows(x, J, s, Q), taps(self.col, C, J, s)
        dT_sum = self.dT_sum.reshape(K, R, s, O).transpose(2, 3, 0, 1)
        self.k, self.dk = (
            [kernel_entries(part, C, phase, K) for phase, part in enumerate(whole)]
            for whole in (self.T, dT_sum)
        )
        self.back = _InputDelta(shape, self.a, x, *back, dcol) if input_delta else None

    def _bands(self, rest):
        """Cut the rows into bands that the cache holds, with what `backward` needs of each."""
        flat = self.a.reshape(*self.phases.shape[:1], -1, len(self.ones))
        for first in range(0, len(self.phases), len(rest)):
            band = slice(first, first + len(rest))
            g, rows = self.g[band, None, None], flat[band]
            yield self.phases[band], rest[: len(rows)], g, rows, self.sums[band]

    def load(self, k, b):
        """Take the weights of the step over.

        Parameters
        ----------
        k : numpy.ndarray
            Kernels rotated by 180 degrees, (O, rows, C, columns).
        b : numpy.ndarray
            Biases (O,).
        """
        for entries in self.k:
            np.negative(k, out=entries)  # negative, because the sigmoid wants exp(-z)
        self.b[:] = b
        if self.back:
            self.back.load(k)

    def set_input(self, x):
        """Take the input (rows, C, columns, N) over, any class and strides; may be `x` itself."""
        if x is not self.x:
            self.x[:, :, : x.shape[2]] = x
        np.copyto(self.taps, self.windows)

    def forward(self):
        """Compute activations; return those after pooling."""
        a = self.a
        np.matmul(self.kernels, self.strips, out=a)
        a -= self.biases  # last, as in the toolbox: a large bias would spoil the sums
        # 1 / (1 + exp(-z)) keeps its relative accuracy far below zero; a form with tanh does not.
        np.exp(a, out=a)
        a += 1
        np.divide(1, a, out=a)  # twice as quick as reciprocal
        windows, means = self.pooling
        np.matmul(self.mean, windows, out=means)
        return self.out

    def backward(self, g, dk, db):
        """Propagate sensitivities back and take the gradients, summed over the images.

        Parameters
        ----------
        g : numpy.ndarray
            Sensitivities after pooling, shaped like `out`; may be `out`.
        dk, db : numpy.ndarray
            Where the gradients go, shaped like the weights that `load` takes.
        """
        np.multiply(g, 1 / self.shape.scale**2, out=self.g)
        for band, rest, g, rows, sums in self.bands:
            np.subtract(1, band, out=rest)
            band *= rest
            band *= g
            np.matmul(rows, self.ones, out=sums)
        self._kernel_products()
        np.copyto(dk, self.dk[0])
        for entries in self.dk[1:]:
            dk += entries
        np.add.reduce(self.sums.reshape(-1, len(db)), axis=0, out=db)
        if self.back:
            self.back.run()

    def _kernel_products(self):
        """Multiply sensitivities and strips into `dT_sum`, summed over the output rows."""
        upright = self.a.transpose(0, 2, 1)
        if self.upright:  # the products are quicker so, which pays where there are many
            np.copyto(self.upright[0], upright)
            upright = self.upright[0]
        np.matmul(self.strips, upright, out=self.dT)
        np.add.reduce(self.dT, axis=0, out=self.dT_sum)

    def get_input_delta(self, g):
        """Write the sensitivities of the input into g, (rows, C, columns, N); may be `x` itself."""
        if g is not self.x:
            g[...] = self.x[:, :, : g.shape[2]]


def lengths(shape, images, dtype, input_delta):
    """Find how long a block's room and its scratch must be.

    Parameters
    ----------
    shape, input_delta
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
    scratch = max(map(length, _moments(shape, images, dtype, input_delta)))
    return length(_kept(shape, images, input_delta)), scratch


def _kept(shape, images, input_delta):
    """Return the shapes of what a block keeps."""
    C, O, K, J, R = shape.maps, shape.outputmaps, shape.kernelsize, shape.taps, shape.strip
    rows, Q, s = shape.pooled_rows, shape.pooled_cols, shape.scale
    shapes = [(shape.rows, R, Q, images), (rows * s, s * O, Q * images), (rows, O, Q, images)]
    shapes += [(s, O, K, R), (s, O), (K * R, s * O), (rows, s * s * O)]
    return [*shapes, (C, J * s, K, s, O)] if input_delta else shapes


def _moments(shape, images, dtype, input_delta):
    """Return the shapes of what a block needs for a moment only, moment by moment."""
    K, s, columns = shape.kernelsize, shape.scale, shape.pooled_cols * images
    row = (s, s, shape.outputmaps, shape.pooled_cols, images)
    rows = max(1, _LARGEST_BAND // (math.prod(row) * np.dtype(dtype).itemsize))
    P, M = shape.pooled_rows * s, s * shape.outputmaps
    products = [(P, K * shape.strip, M)]
    if K * shape.strip >= _MANY_ROWS:
        products.append((P, columns, M))
    dcol = (shape.rows if input_delta else 0, shape.strip, columns)
    bands = [(shape.pooled_rows, *row[2:]), (min(rows, shape.pooled_rows), *row)]
    return bands, products, [dcol]


class _InputDelta:
    """The full convolution that takes a block's sensitivities to its input."""

    def __init__(self, shape, d, x, T, dcol):
        C, J, K, s, Q = shape.maps, shape.taps, shape.kernelsize, shape.scale, shape.pooled_cols
        P, M, columns = d.shape
        self.T = T  # the rows of the kernels upwards
        self.T[...] = 0
        self.taps = taps(dcol.reshape(*dcol.shape[:2], Q, -1), C, J, s)
        self.dx = phases(x, s)
        self.products = []
        T, rows, inner = self.T.reshape(-1, K * M), d.reshape(-1, columns), range(K - 1, P)
        if inner:  # rows that K output rows saw
            self.products.append((T, strips(d, K), dcol[K - 1 : P]))
        for h in (h for h in range(len(dcol)) if h not in inner):
            first, last = max(0, h - K + 1), min(P, h + 1)  # output rows that saw row h
            shift = K - 1 - h
            kernels = T[:, (shift + first) * M : (shift + last) * M]
            self.products.append((kernels, rows[first * M : last * M], dcol[h]))

    def load(self, k):
        K = k.shape[1]
        for phase in range(self.T.shape[3]):
            self.T[:, phase : phase + K, :, phase] = k[:, ::-1].transpose(2, 3, 1, 0)

    def run(self):
        for kernels, d, row in self.products:
            np.matmul(kernels, d, out=row)
        # Behind the input's columns it stays zero: no kernel has an entry there.
        Q = self.taps.shape[4]
        self.dx[:, :, :, :Q] = self.taps[:, :, 0]
        self.dx[:, :, :, Q:] = 0
        for j in range(1, self.taps.shape[2]):
            self.dx[:, :, :, j : j + Q] += self.taps[:, :, j]
