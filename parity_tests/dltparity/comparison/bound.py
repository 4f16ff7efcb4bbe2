"""The promise `bound`: how much of its bound each field of a case uses; at most 1 keeps it.

- A step, of the reference and of the port: each assignment is compared with its evaluation in
  extended precision from the same trace's earlier fields.
- A training, of the reference and of the port: at up to `_JUDGED_BATCHES` batches, the weights
  after the batch are compared with the evaluation of one step from the weights before it.
- The port's training: at every batch it must have the bits of the port's own step.
- The port's step as a whole: its error against extended precision must be at most `_FACTOR` times
  the reference's.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dltcnn import Net, OctaveRandom
from dltcnn.functions import cnnsetup

from ..cases.shorthand import build
from ..traces.recording import Digest
from ..traces.trace import net_fields, parameters
from .error_analysis import Arithmetic, Running, ratio, unit_roundoff
from .replayed_steps import differences
from .step_bounds import analyse, forward

_JUDGED_BATCHES = 40  # the first, the last and a random choice of the others
_FACTOR = 4  # how many times the reference's error the port's may be


@dataclass(frozen=True)
class Error:
    """The errors of reference and port in one field of a step: the largest over its values.

    Attributes
    ----------
    reference, port : float
        Against the evaluation in extended precision.
    unit : float
        A unit roundoff, times the result of the same step on absolute values.
    """

    reference: float
    port: float
    unit: float

    @property
    def ratio(self):
        """The port's error in units of the largest that is promised."""
        return _quotient(self.port, _FACTOR * max(self.reference, self.unit))


def errors(case, reference, port):
    """Measure the errors of a step, of the reference and of the port.

    Parameters
    ----------
    case : Case
        The case.
    reference, port : dict of str to numpy.ndarray
        The traces. Fields that a recording has not kept whole are left out.

    Returns
    -------
    dict of str to Error
        By field; empty for special values, where only the bits are promised.
    """
    return step_errors(truth(case), case.class_name, reference, port)


def step_errors(truth_of_step, cls, reference, port):
    """Measure the errors of a step against its evaluation by `step_bounds.analyse`; as `errors`."""
    found = {}
    for field, running in truth_of_step.items():
        sides = [side.get(field) for side in (reference, port)]
        if all(isinstance(side, np.ndarray) and side.size == running.err.size for side in sides):
            unit = unit_roundoff(cls) * running.size.max(initial=0)
            found[field] = Error(*(_distance(side, running) for side in sides), float(unit))
    return found


def ratios(case, name, reference, port, measured):
    """Measure two traces in units of their bounds.

    Parameters
    ----------
    case : Case
        The case, without special values.
    name : str
        The reference: 'original', 'acnn' or 'recorded'.
    reference, port : dict of str to numpy.ndarray
        The traces, with the same fields, classes and sizes. Values of the reference may be
        `recording.Digest`.
    measured : dict of str to Error
        Their errors, from `errors`.

    Returns
    -------
    dict of str to float
        Field -> the largest of its ratios. Of the other fields the bits are promised.
    """
    found = defaultdict(float)
    for trace in (reference, port):
        for field, value in _Trace(case, name, trace).ratios():
            found[field] = max(found[field], value)
    for field, error in measured.items():
        found[field] = max(found[field], error.ratio)
    start, batches = beginning(case)
    return dict(found) | dict.fromkeys(differences(case, port, start, batches), math.inf)


@lru_cache(maxsize=2)
def truth(case):
    """Evaluate the step in extended precision."""
    return {} if case.special else evaluated(case, beginning(case)[0], np.arange(case.batchsize))


@lru_cache(maxsize=2)
def beginning(case):
    """Find how a training starts.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    weights : dict of str to numpy.ndarray
        The net's fields after cnnsetup.
    batches : list of numpy.ndarray
        The images of every batch, 0-based, as cnntrain shuffles them.
    """
    rng = OctaveRandom(case.seed)
    weights = net_fields(cnnsetup(Net(build(case.spec)), case.x, case.y, rng))
    orders = [rng.randperm(case.x.shape[2]) for _ in range(case.epochs)]
    return weights, [batch for order in orders for batch in order.reshape(-1, case.batchsize)]


def evaluated(case, weights, images, feed=None):
    """Evaluate a step on some images of a case with `step_bounds.analyse`."""
    x, y = case.x[:, :, images], case.y[:, images]
    return analyse(case.spec, weights, x, y, case.alpha, case.class_name, feed)


class _Trace:
    """A trace, compared with the bounds that follow from its own values."""

    def __init__(self, case, name, trace):
        self.case, self.name, self.trace = case, name, trace
        self.start, self.batches = beginning(case)

    def ratios(self):
        """Yield field and ratio."""
        feed = self._feed(lambda key: key)
        step = evaluated(self.case, self.start, np.arange(self.case.batchsize), feed)
        yield from ((field, self._ratio(field, running)) for field, running in step.items())
        for number in self._judged():
            weights = self._weights(number)
            if weights is not None:
                yield from self._batch(number, weights)
        yield from self._test()

    def _judged(self):
        """Choose the batches: all, or the first, the last and some that are drawn."""
        numbers = np.arange(len(self.batches))
        if len(numbers) > _JUDGED_BATCHES:
            rng = np.random.default_rng([self.case.seed, 2])
            drawn = rng.choice(numbers[1:-1], _JUDGED_BATCHES - 2, replace=False)
            numbers = np.sort([numbers[0], *drawn, numbers[-1]])
        return numbers

    def _batch(self, number, weights):
        """Compare the weights after a batch with the evaluation from those before it."""
        last = number == len(self.batches) - 1
        feed = self._feed(trained_field) if last else None
        step = evaluated(self.case, weights, self.batches[number], feed)
        for key, running in step.items():
            if last:
                yield trained_field(key), self._ratio(trained_field(key), running)
            elif key.startswith("apply."):
                field = key.replace("apply.", "train.")
                yield field, self._ratio(field, running, number + 1)
        loss = step["bp.L"]
        if number == 0:
            yield "trained.rL", self._ratio("trained.rL", loss, 0)
        do = Arithmetic(self.case.class_name)
        before = do.given(self.trace["trained.rL"].reshape(-1)[number]).arranged(np.atleast_2d)
        kept, added = (do.multiply(do.given(s), v) for s, v in ((0.99, before), (0.01, loss)))
        yield "trained.rL", self._ratio("trained.rL", do.add(kept, added), number + 1)

    def _test(self):
        """Compare the misclassified images with the outputs of the trained net."""
        bad = self.trace["test.bad"]
        if bad.dtype != np.float64 or (bad.size and len(bad) != 1):
            yield "test.bad", math.inf  # the set may be another one, but it is a row of doubles
        bad = bad.astype(int).ravel() - 1
        weights = {path: self.trace[f"trained.{path}"] for path in parameters(self.start)}
        step = forward(self.case.spec, weights, self.case.test_x, self.case.class_name)
        yield "test.bad", _misclassified(*tested(step["ff.o"], self.case.test_y, self.name), bad)
        share = bad.size / self.case.test_y.shape[1]
        yield "test.er", 0.0 if self.trace["test.er"].item() == share else math.inf

    def _feed(self, name):
        """Return the fields that a step set; None where the recording has not kept them whole."""
        found = {key: self.trace[name(key)] for key in truth(self.case)}
        whole = all(isinstance(value, np.ndarray) for value in found.values())
        return found if whole else None

    def _weights(self, number):
        """Return the weights before a batch; None where the recording has not kept them."""
        if number == 0:
            return self.start
        found = {}
        for path in parameters(self.start):
            value, shape = self.trace[f"train.{path}"], self.start[path].shape
            if isinstance(value, Digest):
                if number < len(self.batches) - 1:
                    return None
                page = value.sample[-self.start[path].size :]
            else:
                page = value.reshape((*shape, -1))[:, :, number]
            found[path] = page.reshape(shape, order="F")
        return found

    def _ratio(self, field, running, page=None):
        """Measure a field, or one page of it along the batches, in units of its bound."""
        value = self.trace[field]
        size = running.err.size
        places = value.places if isinstance(value, Digest) else np.arange(value.size)
        values = value.sample if isinstance(value, Digest) else value.ravel(order="F")
        first = 0 if page is None else page * size
        kept = (places >= first) & (places < first + size)
        flat = running.arranged(lambda part: np.ravel(part, order="F")[places[kept] - first])
        return ratio(values[kept][:, None], flat.arranged(lambda part: part[:, None]))


def trained_field(key):
    """Return the name, after a training, of a field of a step."""
    return "trained." + key.split(".", 1)[1]


def tested(o, y, name):
    """Arrange outputs so that the largest of each column is the class that the test takes.

    Parameters
    ----------
    o : Running
        Outputs (classes, N).
    y : numpy.ndarray
        Targets (classes, N).
    name : str
        The reference: with a single output, cnntest and acnntest differ.

    Returns
    -------
    o, y
        Unchanged where there are several classes.
    """
    if len(y) > 1:
        return o, y
    if name == "acnn":  # acnntest says yes above the middle, which a row above stands for
        above = zip((o.value, o.err, o.size), (0.5, 0, 0.5), strict=True)
        parts = (np.vstack([np.full_like(part, middle), part]) for part, middle in above)
        return Running(*parts), np.vstack([np.full(y.shape, 0.5), y])
    return o.arranged(np.transpose), y.T  # cnntest's maximum runs along a single row


def _misclassified(o, y, bad):
    """Measure how far outputs would have to move for this misclassified set.

    Each of two outputs may move by its bound: a distance of the sum of the two gives 1.
    """
    images = np.arange(y.shape[1])
    if not np.isin(bad, images).all():
        return math.inf
    target = np.argmax(y, axis=0)
    behind = o.value - o.value[target, images]
    needed = _quotients(np.abs(behind).astype(float), o.err + o.err[target, images])
    others = np.arange(len(y))[:, None] != target
    overtaken = np.where(others & (behind < 0), needed, np.where(others, 0, np.inf)).min(axis=0)
    leading = np.where(others & (behind > 0), needed, 0).max(axis=0)
    return float(np.where(np.isin(images, bad), overtaken, leading).max(initial=0))


def _distance(side, running):
    with np.errstate(all="ignore"):
        off = np.abs(side.reshape(running.value.shape).astype(running.value.dtype) - running.value)
    return float(off.max(initial=0))


def _quotients(a, b):
    with np.errstate(all="ignore"):
        return np.where(a == 0, 0.0, a / b)


def _quotient(a, b):
    return float(_quotients(np.float64(a), np.float64(b)))
