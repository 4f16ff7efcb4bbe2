"""Batches cut into chunks, so that memory does not grow with the batch."""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from .work import Work

_LARGEST_BUFFER = 1_500_000  # bytes: about what the second-level cache of a core holds
_NARROWEST_PRODUCT = 200  # columns: below this the products lose their speed


def chunk_size(chain, dtype):
    """Return how many images to work on at once.

    The buffers are to stay near the cache, but not at the price of narrow matrix products.
    """
    narrowest = -(-_NARROWEST_PRODUCT // chain.blocks[-1].pooled_cols)
    return max(images_per_cache(chain, dtype), narrowest, 2)


def images_per_cache(chain, dtype):
    """Return how many images fill the cache with what is largest of them, at least 1."""
    first = chain.blocks[0]
    image = first.outputmaps * math.prod(first.conv_shape) * np.dtype(dtype).itemsize
    return max(_LARGEST_BUFFER // image, 1)


@cache
def cut(images, size):
    """Cut a batch into chunks, equal ones where that takes no more than twice as many.

    Parameters
    ----------
    images : int
        In the batch.
    size : int
        Largest chunk.

    Returns
    -------
    tuple of slice
        The chunks.
    """
    fewest = -(-images // size)
    count = next((n for n in range(fewest, 2 * fewest) if images % n == 0), fewest)
    return split(images, count)


def split(images, count):
    """Return a number of slices, about equal ones, that make a batch up, as a tuple."""
    ends = [images * i // count for i in range(count + 1)]
    return tuple(slice(*pair) for pair in pairwise(ends))


def largest(x):
    """Return how large a number of the images is."""
    return max(abs(float(x.min())), abs(float(x.max()))) if x.size else 0.0


class Chunks:
    """The buffers of one thread.

    Parameters
    ----------
    weights : Weights
        The net's.
    largest : float
        How large a number of the images may be.
    size : int, optional
        How many images to work on at once, if not the number that is best for speed.
    for_fields : bool
        As for `Work`.
    """

    def __init__(self, weights, largest, size=None, for_fields=False):
        self.weights, self.largest, self.for_fields = weights, largest, for_fields
        self.size = size or chunk_size(weights.chain, weights.vector.dtype)
        self._works, self._plans = {}, {}

    def of(self, images):
        """Cut a number of images; return pairs of a slice and a `Work` with the present weights."""
        if images not in self._plans:
            self._plans[images] = self._plan(images)
        works, plan = self._plans[images]
        for work in works:
            work.load(self.weights, self.largest)
        return plan

    def _plan(self, images):
        chunks = cut(images, self.size)
        sizes = {chunk.stop - chunk.start for chunk in chunks}
        for size in sizes - self._works.keys():  # kept: fresh memory costs more than a pass
            dtype = self.weights.vector.dtype
            self._works[size] = Work(self.weights.chain, size, dtype, self.for_fields)
        works = [self._works[size] for size in sizes]
        return works, [(chunk, self._works[chunk.stop - chunk.start]) for chunk in chunks]
