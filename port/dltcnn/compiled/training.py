"""The compiled steps of a training, for the loop of `dltcnn.training`."""

import numpy as np
from numpy.typing import ArrayLike

from ..matlab.classes import operand
from ..matlab.errors import MatlabError
from ..matlab.struct import Struct, isfield
from ..matlab.subscripts import pages, taken
from .accept import require_cells, require_class, require_one_class
from .fields import Fields
from .parameters import Parameters
from .passes import combine, finish_combinations, images_of, prepared, set_images
from .plan import Crew, Plan
from .rates import Rates
from .reasons import LeftToLines, NotCovered
from .structure import read_acnn, read_cnn, require

_CELLS = ("a", "p", "pool", "d", "dk", "db", "dbeta")


class Training:
    """A net in training.

    Parameters
    ----------
    net : Net
        With weights; the training works on it.
    x, y : numpy.ndarray
        Images and targets that batches are taken from.
    opts : Opts
        Its alpha is the learning rate.
    read : callable
        `read_cnn` or `read_acnn`.
    crew : Crew
        Who shares a batch.
    by_lines : callable
        ``net = by_lines(net, x, y, order, first, last, opts)``: the line-by-line step, for batches
        in which something is not finite, and orders that are no permutation.

    Raises
    ------
    NotCovered
        If the line-by-line functions must do it.
    LeftToLines
        If they refuse it.
    """

    def __init__(self, net, x, y, opts, read, crew, by_lines=None):
        try:
            self.structure, self.engine, self.x = prepared(net, x, read)
            self.y = operand(y)
            self.rates = Rates(net, opts, self.structure, self.engine.dtype)
        except MatlabError as error:
            raise LeftToLines(f"it is refused: {error}") from None
        self.dtype, self.count = self.engine.dtype, self.x.shape[-1]
        fit = self.y.ndim == 2 and self.y.shape[0] == self.structure.stages[-1].maps
        require(fit and self.y.shape[1] >= self.count, "targets do not fit")
        require_cells(net, self.structure, _CELLS)
        require_class(self.dtype, {self.y.dtype})
        require_one_class(self.dtype, self.structure)
        self._net, self.crew = net, crew
        self.normalized = self.structure.acnn and isfield(net, "mu")
        self.pixels = None if self.normalized else images_of(self.x, self.structure, net)
        self.weights = Parameters.of(net, self.structure, self.dtype)
        self.gradient = Parameters(self.structure, self.dtype)
        self._alpha, self._by_lines = opts.alpha, by_lines
        self._plans, self._stale, self._order = {}, False, None

    @property
    def net(self):
        """The net with its present weights; the other fields are those of the last whole step."""
        if self._stale:
            self.weights.write(self._net)
            self._stale = False
        return self._net

    def step(self, order, first, last, opts, whole):
        """Train on a batch.

        Parameters
        ----------
        order : numpy.ndarray
            The epoch's order of the images.
        first, last : int
            Where in it the batch begins and ends.
        opts : Opts
            Its alpha is the learning rate.
        whole : bool
            Whether the net is to have all fields of this batch; without, its weights only.

        Returns
        -------
        number
            The batch's loss.
        """
        with np.errstate(all="ignore"):
            if opts.alpha is not self._alpha:  # a schedule's
                self._alpha = opts.alpha
                self.rates = Rates(self.net, opts, self.structure, self.dtype)
            loss = None
            # The toolbox takes no batch of one.
            if (self.structure.acnn or last - first > 1) and self._is_permutation(order):
                loss = self._step(order[first:last], whole)
            return self.step_by_lines(order, first, last, opts) if loss is None else loss

    def step_by_lines(self, order, first, last, opts):
        """Leave a batch to the line-by-line functions.

        They refuse it, a number in it is not finite, or the stream, the caller's own, has given no
        permutation. Arguments are those of `step`.
        """
        self._net = self._by_lines(self.net, self.x, self.y, order, first, last, opts)
        self.weights.read(self._net)
        return self._net.L

    def _is_permutation(self, order):
        """Whether an order holds numbers of images; asked once for an epoch's."""
        if order is not self._order:
            self._order = order if is_order(order, self.count) else None
        return self._order is not None

    def _step(self, index, whole):
        """Train on the images `index`; returns the loss, None where a number was not finite."""
        net = self._net
        fields = Fields(self.structure, self.dtype, len(index), True, True) if whole else None
        plan = self._plan(len(index), fields)
        combine(net, plan)
        batch, of_batch = self._batch(index)
        if not plan.run(batch, of_batch, self.y[:, index]):
            return None
        loss = finish_combinations(net, plan)
        if whole:
            set_images(net, self._images(index), self.structure)
            fields.write_forward(net)
            fields.write_backward(net, loss)
            self.gradient.write(net, "d")
        self.rates.descend(self.weights, self.gradient, net)
        self._stale = True
        return loss

    def _plan(self, images, fields):
        """Return the plan for so many images; one without fields is kept."""
        if fields:
            self._plans.clear()  # so that there is one workspace at a time
        plan = self._plans.get(images)
        if plan is None:
            lowest = fields.lowest if fields else self._lowest_with_weights()
            arguments = self.engine, self.weights, images, self.gradient, fields
            plan = Plan(*arguments, lowest=lowest, crew=self.crew)
            if not fields:
                self._plans[images] = plan
        return plan

    def _lowest_with_weights(self):
        numbers = range(1, len(self.structure.stages))
        return next(n for n in numbers if self.weights.views[n - 1])

    def _batch(self, index):
        """Return images (rows, cols, channels, N) and which of them are the batch."""
        if self.normalized:
            return images_of(self._images(index), self.structure, self._net), None
        return self.pixels, index

    def _images(self, index):
        """Take the batch's images out of the training set, as the line-by-line functions do."""
        if not self.structure.acnn:
            return pages(self.x, index)
        dims = 4 if self.structure.stages[0].maps > 1 else 3
        return taken(self.x.reshape(self.x.shape + (1,) * (dims - self.x.ndim)), index, dims - 1)


def is_order(order, count):
    """Whether it holds at least `count` places of images, and no other."""
    return (
        type(order) is np.ndarray
        and order.dtype.kind in "iu"
        and order.ndim == 1
        and len(order) >= count
        and order.min() >= 0
        and order.max() < count
    )


def why_not(
    net: Struct,
    x: ArrayLike,
    y: ArrayLike | None = None,
    opts: Struct | None = None,
    acnn: bool = False,
) -> str | None:
    """Say why something is left to the line-by-line functions.

    Parameters
    ----------
    net : Net
        A net with weights.
    x : numpy.ndarray
        Images.
    y : numpy.ndarray, optional
        Targets, for a training.
    opts : Opts, optional
        Options, for a training.
    acnn : bool
        Whether it is for the acnn functions.

    Returns
    -------
    str or None
        The reason; None where it is compiled, but for steps with Inf or NaN.
    """
    read = read_acnn if acnn else read_cnn
    try:
        with np.errstate(all="ignore"):
            if opts is not None:
                Training(net.copy(), x, y, opts, read, Crew(1))
            else:
                structure, _, _ = prepared(net, x, read)
                require_cells(net, structure, ("a", "p", "pool"))
    except (NotCovered, LeftToLines) as reason:
        return str(reason)
    return None
