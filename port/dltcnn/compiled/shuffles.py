"""Shuffles that a generator of the caller's gives: it may give anything."""

import numpy as np


class OddShuffle(Exception):  # noqa: N818 (it is no error: the line-by-line functions go on)
    """What a generator of the caller's gave for the first shuffle is none; kk is what."""

    def __init__(self, kk):
        super().__init__(kk)
        self.kk = kk


class Again:
    """A generator that first gives what was drawn already, and then what `rng` gives."""

    def __init__(self, kk, rng):
        self._drawn, self._rng = [kk], rng

    def randperm(self, n):
        """Return the next shuffle."""
        return self._drawn.pop() if self._drawn else self._rng.randperm(n)


def is_shuffle(kk, count):
    """Whether kk holds at least `count` places of images, and no other."""
    return (
        type(kk) is np.ndarray
        and kk.dtype.kind in "iu"
        and kk.ndim == 1
        and len(kk) >= count
        and kk.min() >= 0
        and kk.max() < count
    )
