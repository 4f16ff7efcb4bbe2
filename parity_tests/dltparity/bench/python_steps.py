"""The contestants of this project: the line-by-line functions and the compiled engine."""

from functools import partial

import numpy as np

from dltcnn import Opts, functions
from dltcnn.compiled.plan import Crew
from dltcnn.compiled.structure import read_acnn
from dltcnn.compiled.training import Training

from ..traces.trace import net_fields
from .timing import timed

ALPHA = 0.1


class Lines:
    """The line-by-line functions: a step as in the loop of cnntrain or acnntrain.

    Parameters
    ----------
    size : Size or Big
        What a step works on.
    threads : int
        Not used: they compute on one thread.
    """

    def __init__(self, size, threads):
        self._net, self._x, self._y = size.start()
        self._opts = Opts(alpha=ALPHA)
        names = (f"{size.family}{name}" for name in ("ff", "bp", "applygrads"))
        self._forward, self._back, self._update = (getattr(functions, name) for name in names)
        self.run = timed(self._step)

    def _step(self):
        net = self._forward(self._net, self._x, engine="lines")
        self._net = self._update(self._back(net, self._y, engine="lines"), self._opts)

    def weights(self):
        """Return the present weights by path."""
        return net_fields(self._net)

    def close(self):
        """Let go of everything."""


class Compiled:
    """The compiled engine: a step as in acnntrain, the batch taken out of the images too.

    Parameters
    ----------
    size, threads
        As for `Lines`.
    """

    def __init__(self, size, threads):
        net, x, y = size.start()
        x = np.asfortranarray(x)  # each image in one piece, as loadmat reads them
        self._crew = Crew(threads).__enter__()
        opts, order = Opts(alpha=ALPHA), np.arange(size.batch)
        self._training = Training(net, x, y, opts, read_acnn, self._crew)
        step = partial(self._training.step, order, 0, size.batch, opts, whole=False)
        self.run = timed(step)

    def weights(self):
        """Return the present weights by path."""
        return net_fields(self._training.net)

    def close(self):
        """End the threads."""
        self._crew.__exit__(None, None, None)
