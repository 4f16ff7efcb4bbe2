"""The smoothed loss rL: the first batch's, then 0.99 of the last value and 0.01 of the batch's."""

import numpy as np

_SINGLE = np.dtype(np.float32)


class SmoothedLoss:
    """rL, growing.

    Parameters
    ----------
    values : array_like
        Where it goes on from; empty where it begins.
    """

    def __init__(self, values):
        values = np.asarray(values)
        self._empty, self._values = values, list(values.ravel())

    def take(self, loss):
        """Take the loss of a batch; once one is single, all are, as in MATLAB."""
        loss = np.asarray(loss).reshape(())[()]
        if not self._values:
            self._values.append(loss)
        with np.errstate(all="ignore"):
            kept, new = 0.99 * self._values[-1], 0.01 * loss
            single = _SINGLE in (kept.dtype, new.dtype)
            self._values.append(np.float32(kept) + np.float32(new) if single else kept + new)

    def array(self):
        """Return rL (batches + 1,)."""
        if not self._values:
            return self._empty.copy()
        single = any(value.dtype == _SINGLE for value in self._values)
        return np.array(self._values, _SINGLE if single else None)
