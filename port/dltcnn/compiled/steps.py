"""The compiled engine's steps, for the loop of `dltcnn.training`."""

from contextlib import contextmanager

import numpy as np

from .library import UnbuiltError
from .lines import unshared_copy
from .plan import Crew
from .rates import Rates
from .structure import NotCovered, read_acnn, read_cnn
from .training import Training


class Steps:
    """A `Training` as the loop drives it."""

    name = "auto"

    def __init__(self, training):
        self._training, self._alpha = training, training.opts.alpha

    @property
    def net(self):
        """The net with its present weights; all fields after the last step."""
        self._training.write_weights()
        return self._training.net

    def step(self, index, opts, last):
        """Train on the images `index`; return the loss."""
        training = self._training
        with np.errstate(all="ignore"):
            if opts.alpha is not self._alpha:  # a schedule's
                training.opts, self._alpha = opts, opts.alpha
                training.rates = Rates(self.net, opts, training.structure, training.dtype)
            return training.step(index, last)


@contextmanager
def cnn_steps(net, x, y, opts, threads):
    """Give the steps of cnntrain, or None for what the line-by-line functions train.

    Parameters
    ----------
    net, x, y, opts, threads
        As for `dltcnn.compiled.cnntrain`; errors too.
    """
    with _steps(net, x, y, opts, threads, read_cnn) as steps:
        yield steps


@contextmanager
def acnn_steps(net, x, y, opts, threads):
    """Give the steps of acnntrain, as `cnn_steps` does."""
    with _steps(net, x, y, opts, threads, read_acnn) as steps:
        yield steps


@contextmanager
def _steps(net, x, y, opts, threads, read):
    crew = Crew(threads)
    try:
        with np.errstate(all="ignore"):
            training = Training(unshared_copy(net), x, y, opts, read, crew)
    except (NotCovered, UnbuiltError):
        yield None
        return
    with crew:
        yield Steps(training)
