"""The compiled forms of cnntrain and acnntrain."""

import math
from functools import partial

import numpy as np

from . import lines
from .accept import require_cells, require_class
from .by_value import by_value
from .fields import Fields
from .library import UnbuiltError
from .lines import append, isfield, operand, plus, times, zeros
from .parameters import Parameters
from .passes import combine, finish_combinations, images_of, prepared, set_images
from .plan import Crew, Plan
from .rates import Rates
from .shuffles import Again, OddShuffle, is_shuffle
from .structure import NotCovered, read_acnn, read_cnn, require

_CNN = (lines.cnnff, lines.cnnbp, lines.cnnapplygrads)
_ACNN = (lines.acnnff, lines.acnnbp, lines.acnnapplygrads)
_CELLS = ("a", "p", "pool", "d", "dk", "db", "dbeta")


@by_value
def cnntrain(net, x, y, opts, rng, verbose=True, threads=1):
    """Train over shuffled batches; arguments, result and errors as `dltcnn.cnntrain`, its bits.

    `threads` says how many share a batch: the same bits for any number.
    """
    crew = Crew(threads)
    try:
        training = Training(net, x, y, opts, read_cnn, crew)
    except (NotCovered, UnbuiltError):
        return lines.cnntrain(net, x, y, opts, rng, verbose)
    said = partial(_say, numepochs=opts.numepochs) if verbose else None
    try:
        with crew:
            return training.run(opts, rng, said)
    except OddShuffle as odd:
        return lines.cnntrain(net, x, y, opts, Again(odd.kk, rng), verbose)


@by_value
def acnntrain(net, x, y, opts, rng, threads=1):
    """Train over shuffled batches; arguments, result and errors as `dltcnn.acnntrain`, its bits.

    `threads` says how many share a batch: the same bits for any number.
    """
    crew = Crew(threads)
    try:
        training = Training(net, x, y, opts, read_acnn, crew)
    except (NotCovered, UnbuiltError):
        return lines.acnntrain(net, x, y, opts, rng)
    try:
        with crew:
            return training.run(opts, rng, None)
    except OddShuffle as odd:
        return lines.acnntrain(net, x, y, opts, Again(odd.kk, rng))


def _say(epoch, numepochs):
    print(f"epoch {epoch}/{numepochs:g}")


class Training:
    """A net in training.

    Parameters
    ----------
    net : Net
        With weights; the training works on it.
    x, y : numpy.ndarray
        Images and targets that batches are taken from.
    opts : Opts
        alpha, batchsize, numepochs.
    read : callable
        `read_cnn` or `read_acnn`.
    crew : Crew
        Who shares a batch.

    Raises
    ------
    NotCovered
        If the line-by-line functions must do it.
    UnbuiltError
        If there is no compiled engine.
    """

    def __init__(self, net, x, y, opts, read, crew):
        try:
            self.structure, self.engine, self.x = prepared(net, x, read)
            self.y = operand(y)
            self.count = require_options(self.structure, opts, self.x, self.y, net)
        except lines.MatlabError as error:
            raise NotCovered(f"it is refused: {error}") from None
        require_cells(net, self.structure, _CELLS)
        self.dtype = self.engine.dtype
        require_class(self.dtype, {self.y.dtype})
        self.net, self.crew = net, crew
        self.normalized = self.structure.acnn and isfield(net, "mu")
        self.pixels = None if self.normalized else images_of(self.x, self.structure, net)
        self.weights = Parameters.of(net, self.structure, self.dtype)
        self.gradient = Parameters(self.structure, self.dtype)
        self.rates = Rates(net, opts, self.structure, self.dtype)
        self.opts, self._plans, self._stale = opts, {}, False

    def run(self, opts, rng, said):
        """Run all epochs; returns the trained net."""
        batchsize, epochs, m = int(opts.batchsize), math.floor(opts.numepochs), self.count
        losses = []
        for epoch in range(epochs):
            kk = rng.randperm(m) if epoch else self._first_shuffle(rng)
            if said:
                said(epoch + 1)
            step = self.step if is_shuffle(kk, m) else self._step_by_lines
            for first in range(0, m, batchsize):
                last = epoch + 1 == epochs and first + batchsize >= m
                losses.append(step(lines.span(kk, first, min(first + batchsize, m)), last))
        self.write_weights()
        self.net.rL = smoothed(losses)
        return self.net

    def step(self, index, fields=False):
        """Train on a batch; returns its loss.

        Parameters
        ----------
        index : numpy.ndarray
            Which images, 0-based.
        fields : bool
            Whether the net is to have all fields of this batch; without, it only has to have its
            logits.
        """
        wanted = self._fields(len(index)) if fields else None
        plan = self._plan(len(index), wanted)
        combine(self.net, plan)
        batch, of_batch = self._batch(index)
        if not plan.run(batch, of_batch, self.y[:, index]):
            return self._step_by_lines(index)
        L = finish_combinations(self.net, plan)
        if fields:
            set_images(self.net, self._images(index), self.structure)
            wanted.write_forward(self.net)
            wanted.write_backward(self.net)
            self.gradient.write(self.net, "d")
            self.net.L = L
        self.rates.descend(self.weights, self.gradient, self.net)
        self._stale = True
        return L

    def _first_shuffle(self, rng):
        kk = rng.randperm(self.count)
        if not is_shuffle(kk, self.count):
            raise OddShuffle(kk)
        return kk

    def write_weights(self):
        """Bring the net's weights up to date."""
        if self._stale:
            self.weights.write(self.net)
            self._stale = False

    def _fields(self, images):
        lowest = 0 if len(self.structure.stages) == 2 else 1
        fields = Fields(self.structure, self.dtype, images, True, True, lowest)
        fields.lowest = lowest
        return fields

    def _plan(self, images, fields):
        """Return the plan for so many images; one without fields is kept."""
        if fields:
            self._plans.clear()
            lowest = fields.lowest
        else:
            lowest = self._lowest_with_weights()
        plan = self._plans.get(images)
        if plan is None:
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
            return images_of(self._images(index), self.structure, self.net), None
        return self.pixels, index

    def _images(self, index):
        """Take the batch's images out of the training set, as the line-by-line functions do."""
        if not self.structure.acnn:
            return lines.pages(self.x, index)
        dims = 4 if self.structure.stages[0].maps > 1 else 3
        return np.take(self.x.reshape(self.x.shape + (1,) * (dims - self.x.ndim)), index, dims - 1)

    def _step_by_lines(self, index, fields=True):
        """Step by the line-by-line functions: something is not finite."""
        self.write_weights()
        forward, backward, applygrads = _ACNN if self.structure.acnn else _CNN
        net = backward(forward(self.net, self._images(index)), lines.columns(self.y, index))
        self.net = applygrads(net, self.opts)
        self.weights.read(self.net)
        return self.net.L


def require_options(structure, opts, x, y, net):
    """Count the images; raise `NotCovered` unless targets and options are such as to train on."""
    given = [getattr(opts, name, None) for name in ("batchsize", "numepochs")]
    numbers = all(isinstance(n, int | float | np.number) and not isinstance(n, bool) for n in given)
    require(numbers, "batchsize or numepochs are no numbers")
    batchsize, numepochs = given
    require(batchsize >= 1 and batchsize % 1 == 0 and 1 <= numepochs < math.inf, "odd options")
    if structure.acnn:
        count = lines.acnncount(net, x)
        require(numepochs % 1 == 0, "numepochs is not whole")
        lines.acnntargets(net, y, count)
    else:
        count = x.shape[2]
        require(batchsize >= 2 and count % batchsize == 0, "batchsize does not divide the images")
    require(y.ndim == 2 and y.shape[0] == structure.stages[-1].maps, "targets do not fit")
    require(y.shape[1] >= count, "fewer targets than images")
    return count


def smoothed(losses):
    """Return rL: each loss enters the running value with a weight of 0.01."""
    rL = append(zeros((0, 0)), losses[0])
    values, cls = [rL[0]], rL.dtype
    for L in losses:
        values.append(cls.type(plus(times(0.99, values[-1]), times(0.01, L))))
    return np.array(values, cls)


def why_not(net, x, y=None, opts=None, acnn=False):
    """Say why the compiled functions leave something to the line-by-line ones.

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
        The reason; None where they do it themselves, but for steps with Inf or NaN.
    """
    read = read_acnn if acnn else read_cnn
    try:
        with np.errstate(all="ignore"):
            _read(net, x, y, opts, read)
    except (NotCovered, UnbuiltError) as reason:
        return str(reason)
    return None


def _read(net, x, y, opts, read):
    """Read what is given as the functions do, which raises where they leave it."""
    if opts is not None:
        Training(net.copy(), x, y, opts, read, Crew(1))
    else:
        structure, _, _ = prepared(net, x, read)
        require_cells(net, structure, ("a", "p", "pool"))
