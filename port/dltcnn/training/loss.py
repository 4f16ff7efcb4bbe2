"""The smoothed loss rL: the first batch's, then 0.99 of the last value and 0.01 of the batch's."""

import numpy as np

_SINGLE = np.dtype(np.float32)


class SmoothedLoss:
    """rL, growing; its class is that of its first number, as for ``rL(end + 1) = ...`` in MATLAB.

    Parameters
    ----------
    values : numpy.ndarray
        Where it goes on from; empty where it begins.
    """

    def __init__(self, values):
        self._given, self._values = values, list(np.ravel(values))

    def take(self, loss):
        """Take the loss of a batch."""
        loss = np.asarray(loss).reshape(())[()]
        if not self._values:
            self._values.append(loss)
        with np.errstate(all="ignore"):
            kept, new = 0.99 * self._values[-1], 0.01 * loss
            if _SINGLE in (kept.dtype, new.dtype):  # single is contagious in MATLAB, not in numpy
                kept, new = np.float32(kept), np.float32(new)
            self._values.append(self._values[0].dtype.type(kept + new))

    def array(self):
        """Return rL (batches + 1,)."""
        return np.array(self._values) if self._values else np.array(self._given)
