"""Training, one batch after the other."""

import numpy as np

from ..cnn.cnnapplygrads import cnnapplygrads
from ..cnn.cnnbp import cnnbp
from ..cnn.cnnff import cnnff
from .accept import require_finite, training_class
from .batch import Trainer
from .chunks import Chunks, largest
from .fields import backward_fields, forward_fields
from .weights import Weights

_EXACT = (cnnff, cnnbp, cnnapplygrads)


class Training:
    """A net in training.

    Parameters
    ----------
    net : Net
        With weights; the training works on it.
    chain : Chain
        Its structure.
    x, y : numpy.ndarray
        Images (rows, cols, N) and targets (classes, N) that batches are taken from.
    opts : Opts
        Its alpha is the learning rate.
    crew : Crew
        Who shares a batch.
    exact : tuple of callable
        The line-by-line functions for the three parts of a step.
    """

    def __init__(self, net, chain, x, y, opts, crew, exact=_EXACT):
        self._net, self._chain, self._x, self._y = net, chain, x, y
        self._opts, self._crew = opts, crew
        self._exact, self._trainer = exact, None

    @property
    def net(self):
        """The net with its present weights."""
        if self._trainer:
            self._trainer.weights.write(self._net)
        return self._net

    def set_options(self, opts):
        """Go on with other options: another learning rate."""
        self._opts = opts
        if self._trainer:
            self._trainer.alpha = float(opts.alpha)

    def step(self, index, all_fields=False):
        """Train on a batch.

        Parameters
        ----------
        index : numpy.ndarray
            Which images, 0-based.
        all_fields : bool
            Whether the net is to have all fields of this batch; without, only the weights.

        Returns
        -------
        float
            The batch's loss.
        """
        trainer = self._trainer = self._trainer or self._new_trainer()
        if trainer is None:
            return self._step_between_classes(index)
        if all_fields:
            return self._step_with_fields(index)
        return trainer.step(self._x, self._y, index)

    def _new_trainer(self):
        """Return a `Trainer`; None where the class changes within the step."""
        dtype = training_class(self._net, self._chain, self._x, self._y, self._opts.alpha)
        if dtype is None:
            return None
        require_finite(dtype, x=self._x, y=self._y)
        weights = Weights.of(self._net, self._chain, dtype)
        return Trainer(weights, largest(self._x), self._opts.alpha, self._crew)

    def _step_between_classes(self, index):
        """Step from one class to another, as MATLAB's rules have it."""
        forward, backward, applygrads = self._exact
        net = backward(forward(self._net, self._x[:, :, index]), self._y[:, index])
        self._net = applygrads(net, self._opts)
        return net.L

    def _step_with_fields(self, index):
        """Step as ever, so that the weights are the same whether or not another step follows."""
        trainer, net = self._trainer, self._net
        before = trainer.weights.vector.copy()
        loss = trainer.step(self._x, self._y, index)
        after = trainer.weights.vector.copy()
        trainer.weights.vector[:] = before
        size = max(1, min(len(index), trainer.shares[0].chunks.size) // 4)
        trainer.shares.clear()
        # Beside the fields, memory counts more than speed.
        chunks = Chunks(trainer.weights, trainer.largest, size, for_fields=True)
        forward_fields(net, chunks, np.take(self._x, index, axis=2))
        backward_fields(net, chunks, self._y[:, index])
        trainer.weights.vector[:] = after
        net.L = loss
        return loss
