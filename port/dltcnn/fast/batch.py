"""Whole batches: cut into chunks, shared among threads."""

import math
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from .accept import NotFiniteError
from .buffers import direct_arithmetic
from .chunks import Chunks, images_per_cache, largest, split
from .weights import Weights


class Crew:
    """Threads that work on shares of something; a context manager.

    Parameters
    ----------
    threads : int
        How many, with the caller's own, which takes the first share.

    Raises
    ------
    ValueError
        If `threads` is not a whole number of at least 1.
    """

    def __init__(self, threads):
        whole = isinstance(threads, int | np.integer) and not isinstance(threads, bool)
        if not whole or threads < 1:
            raise ValueError(
                f"threads={threads!r} was given: expected a whole number of at least 1, "
                "such as the number of cores"
            )
        self.threads = int(threads)

    def __enter__(self):
        self._pool = ThreadPoolExecutor(self.threads - 1) if self.threads > 1 else None
        return self

    def __exit__(self, *error):
        if self._pool:
            self._pool.shutdown()

    def map(self, function, first, *others):
        """Return ``[function(*first), ...]`` for up to `threads` tuples of arguments."""
        waiting = [self._pool.submit(function, *arguments) for arguments in others]
        return [function(*first), *(other.result() for other in waiting)]


class Share:
    """One thread's share of the work: it goes through images in chunks and keeps the buffers.

    Parameters
    ----------
    weights, largest
        As for `Chunks`.

    Attributes
    ----------
    gradient : Weights
        The sum over the images of `train`.
    """

    def __init__(self, weights, largest):
        chain, dtype = weights.chain, weights.vector.dtype
        self.gradient, self._part = Weights(chain, dtype), Weights(chain, dtype)
        self.chunks = Chunks(weights, largest)

    @direct_arithmetic
    def train(self, x, y, index):
        """Take the gradient on the images `index` of x, y; return their summed loss."""
        loss = 0
        for number, (chunk, work) in enumerate(self.chunks.of(len(index))):
            images = index[chunk]
            work.forward(x[:, :, images])
            loss += work.backward(y[:, images], self._part if number else self.gradient)
            if number:
                self.gradient.vector += self._part.vector
        return loss

    @direct_arithmetic
    def predict(self, x):
        """Return the outputs (classes, N) for the images x (rows, cols, N)."""
        outputs = []
        for chunk, work in self.chunks.of(x.shape[2]):
            work.forward(x[:, :, chunk])
            outputs.append(work.o)
        return np.concatenate(outputs, axis=1)


class Trainer:
    """Steps of training.

    Parameters
    ----------
    weights : Weights
        The weights, which the steps change.
    largest : float
        How large a number of the images may be.
    alpha : float
        Learning rate.
    crew : Crew
        Who shares a batch.
    """

    def __init__(self, weights, largest, alpha, crew):
        self.weights, self.largest, self.alpha, self.crew = weights, largest, float(alpha), crew
        self.shares = [Share(weights, largest) for _ in range(crew.threads)]
        self.least = images_per_cache(weights.chain, weights.vector.dtype)

    def step(self, x, y, index):
        """Train on the images `index` of x and y; return the loss of that batch."""
        parts = _parts(len(index), self.least, self.crew.threads)
        shares = self.shares[: len(parts)]
        jobs = [(share, x, y, index[part]) for share, part in zip(shares, parts, strict=True)]
        losses = self.crew.map(Share.train, *jobs)
        gradient = shares[0].gradient.vector
        for share in shares[1:]:
            gradient += share.gradient.vector
        self.update(gradient, len(index))
        return sum(losses) / losses[0].dtype.type(len(index))

    def update(self, gradient, images):
        """Go down the mean of a gradient that is summed over images.

        Parameters
        ----------
        gradient : numpy.ndarray
            A vector like that of the weights; overwritten.
        images : int
            How many.

        Raises
        ------
        NotFiniteError
            If weights become NaN or Inf.
        """
        with np.errstate(all="ignore"):
            gradient /= images
            gradient *= self.alpha
            self.weights.vector -= gradient
            total = np.add.reduce(self.weights.vector)
        if not (math.isfinite(total) or np.isfinite(self.weights.vector).all()):  # it may overflow
            raise NotFiniteError(
                "the weights have become NaN or Inf in training, which the quick engine does not "
                'follow: lower opts.alpha, or use engine="exact" (dltcnn.cnntrain)'
            )


def predict(weights, x, crew):
    """Return the outputs (classes, N) for images x (rows, cols, N), found by a `Crew`."""
    with crew:
        shares = [Share(weights, largest(x)) for _ in range(crew.threads)]
        parts = _parts(
            x.shape[2], images_per_cache(weights.chain, weights.vector.dtype), crew.threads
        )
        jobs = [(share, x[:, :, part]) for share, part in zip(shares, parts, strict=False)]
        return np.concatenate(crew.map(Share.predict, *jobs), axis=1)


@cache
def _parts(images, least, threads):
    """Cut a number of images into a part per thread, of at least so many.

    Python's threads wait for one another between operations, which takes longer than the
    operations on fewer images do.
    """
    return split(images, max(1, min(threads, images // least)))
