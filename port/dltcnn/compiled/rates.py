"""The step of gradient descent, with one rate or one for each weight."""

import numpy as np

from ..acnn.acnnapplygrads import acnnapplygrads
from ..matlab.classes import DOUBLE
from ..matlab.operators import minus, times
from ..matlab.struct import Struct
from .accept import require_class, require_weights
from .parameters import Parameters, combinations
from .structure import require


class Rates:
    """The learning rates of a training.

    Parameters
    ----------
    net : Net
        With weights.
    opts : Opts
        Its alpha is a number, or a `Net` with a rate for each weight.
    structure : Structure
        Of the net.
    dtype : numpy.dtype
        The class of the step.

    Raises
    ------
    NotCovered
        If alpha is something else, or of another class.
    MatlabError
        If the rates do not fit the weights.
    """

    def __init__(self, net, opts, structure, dtype):
        alpha = getattr(opts, "alpha", None)
        self._layers = [stage.layer for _, stage in combinations(structure)]
        self._each, self._forms = {}, None
        if isinstance(alpha, Struct):
            require(structure.acnn, "alpha is no number")
            self._rate = self._read(net, opts, structure, dtype)
        else:
            number = isinstance(alpha, int | float | np.floating) and not isinstance(alpha, bool)
            require(number, "alpha is no number")
            require_class(dtype, {getattr(alpha, "dtype", DOUBLE)})
            self._rate = dtype.type(alpha)
            self._each = dict.fromkeys(self._layers, alpha)
        self._step = None

    def descend(self, weights, gradient, net):
        """Take a step.

        Parameters
        ----------
        weights, gradient : Parameters
            The weights are changed in place.
        net : Net
            Its combination layers' logits get new arrays.
        """
        if self._step is None:
            self._step = np.empty_like(weights.vector)
        np.multiply(gradient.vector, self._rate, out=self._step)
        np.subtract(weights.vector, self._step, out=weights.vector)
        if self._forms is not None:
            weights.forms = self._forms
        for l in self._layers:
            layer = net.layers[l]
            layer.c = minus(layer.c, times(self._each[l], layer.dc))

    def _read(self, net, opts, structure, dtype):
        """Read a rate for each weight: what a step from zeros along minus ones gives."""
        trial, ones = net.copy(), Parameters(structure, dtype)
        zeros = Parameters.of(net, structure, dtype)
        zeros.vector[:] = 0
        zeros.write(trial)
        ones.vector[:] = -1
        ones.write(trial, "d")
        for l in self._layers:
            layer = trial.layers[l]
            layer.dc, layer.c = -np.ones_like(layer.c), np.zeros_like(layer.c)
        moved = acnnapplygrads(trial, opts)
        for l in self._layers:
            self._each[l] = moved.layers[l].c
            require(moved.layers[l].c.dtype in (dtype, DOUBLE), "rates of another class")
        return self._in_class(moved, structure, dtype)

    def _in_class(self, moved, structure, dtype):
        require(set.union(*require_weights(moved, structure)) == {dtype}, "rates of another class")
        rates = Parameters.of(moved, structure, dtype)
        self._forms = rates.forms  # a rate of 1x1 makes such an array of a number
        return rates.vector
