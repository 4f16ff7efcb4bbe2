"""The contestants of this project: the line-by-line port and the quick engine."""

import numpy as np

from dltcnn import Opts, cnnapplygrads, cnnbp, cnnff
from dltcnn.fast.batch import Crew
from dltcnn.fast.chain import read_acnn_chain
from dltcnn.fast.training import Training

from ..traces.trace import net_fields
from .timing import timed

ALPHA = 0.1


class Port:
    """The line-by-line port: a step as in cnntrain's loop.

    Parameters
    ----------
    size : Size
        What a step works on.
    threads : int
        Not used: the port computes on one thread.
    """

    def __init__(self, size, threads):
        self._net, self._x, self._y = size.start()
        self._opts = Opts(alpha=ALPHA)
        self.run = timed(self._step)

    def _step(self):
        net = cnnbp(cnnff(self._net, self._x), self._y)
        self._net = cnnapplygrads(net, self._opts)

    def weights(self):
        """Return the present weights by path."""
        return net_fields(self._net)

    def close(self):
        """Let go of everything."""


class Quick:
    """The quick engine: a step as in its acnntrain, the batch taken out of the images too.

    Parameters
    ----------
    size, threads
        As for `Port`.
    """

    def __init__(self, size, threads):
        net, x, y = size.start()
        x = np.asfortranarray(x)  # each image in one piece, as loadmat reads them
        self._crew = Crew(threads).__enter__()
        chain = read_acnn_chain(net, x)
        self._training = Training(net, chain, x, y, Opts(alpha=ALPHA), self._crew)
        index = np.arange(size.batch)
        self.run = timed(lambda: self._training.step(index))

    def weights(self):
        """Return the present weights by path."""
        return net_fields(self._training.net)

    def close(self):
        """End the threads."""
        self._crew.__exit__(None, None, None)
