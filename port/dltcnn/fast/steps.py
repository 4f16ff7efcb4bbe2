"""The quick engine's steps, for the loop of `dltcnn.training`."""

from contextlib import contextmanager

from ..matlab.classes import operand
from ..value_semantics import unshared_copy
from .accept import require_finite, require_finite_weights
from .acnntrain import EXACT
from .acnntrain import fit as acnn_fit
from .batch import Crew
from .chain import has_gradient_cells, read_acnn_chain, read_chain
from .cnntrain import fit as cnn_fit
from .training import Training


class Steps:
    """A `Training` as the loop drives it."""

    name = "fast"

    def __init__(self, training):
        self._training = training

    @property
    def net(self):
        """The net with its present weights; all fields after the last step."""
        return self._training.net

    def step(self, index, opts, last):
        """Train on the images `index`; return the loss."""
        self._training.set_options(opts)
        return self._training.step(index, all_fields=last)


@contextmanager
def cnn_steps(net, x, y, opts, threads):
    """Give the steps of cnntrain, or None for nets that the line-by-line functions train.

    Parameters
    ----------
    net, x, y, opts, threads
        As for `dltcnn.fast.cnntrain`; errors too.
    """
    with _steps(net, x, y, opts, threads, read_chain, cnn_fit) as steps:
        yield steps


@contextmanager
def acnn_steps(net, x, y, opts, threads):
    """Give the steps of acnntrain, as `cnn_steps` does."""
    steps = _steps(net, x, y, opts, threads, read_acnn_chain, acnn_fit, EXACT)
    with steps as given:
        yield given


@contextmanager
def _steps(net, x, y, opts, threads, read, fit, *exact):
    crew = Crew(threads)
    x, y = operand(x), operand(y)
    require_finite(None, x=x, y=y)
    require_finite_weights(net)
    chain = read(net, x)
    if chain is None or not has_gradient_cells(net) or not fit(chain, x, y, opts):
        yield None
        return
    with crew:
        yield Steps(Training(unshared_copy(net), chain, x, y, opts, crew, *exact))
