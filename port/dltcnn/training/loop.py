"""The loop: epochs, shuffles, batches, and what is to happen between them."""

import math
import time
from contextlib import ExitStack
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from ..matlab.rand import randperm
from ..value_semantics import unshared_copy
from .interruption import TrainingInterrupted, deferred, with_position
from .progress import progress

_SECONDS = 60  # between two checkpoints within an epoch


@dataclass
class Loop:
    """A training.

    Attributes
    ----------
    steps : LineByLine or compiled.Training
        Who computes the steps.
    batches : Batches
        What is trained on.
    position : Position
        Where it is; changed as it goes on.
    opts : Opts
        The options; alpha may follow `schedule`.
    rng : object
        With ``randperm(n)``.
    losses : SmoothedLoss
        rL so far.
    verbose, callback, schedule
        As for `dltcnn.cnntrain`.
    checkpoint : Checkpoint or None
        Where the state is kept.
    """

    steps: Any
    batches: Any
    position: Any
    opts: Any
    rng: Any
    losses: Any
    verbose: bool
    callback: Any = None
    schedule: Any = None
    checkpoint: Any = None

    @property
    def net(self):
        """The net as it is now, with its rL."""
        net = self.steps.net
        net.rL = self.losses.array()
        return net

    def run(self):
        """Train to the end, or until a callback or Ctrl-C ends it; return the net."""
        with ExitStack() as stack:
            stop = stack.enter_context(deferred())
            shown = stack.enter_context(
                progress(self.verbose, self.opts.numepochs, self.batches, self.position)
            )
            # Where the toolbox sets it: MATLAB shows the fields in this order.
            self.steps.net.rL = self.losses.array()
            self._save()
            while not self._is_over():
                if self.position.order is None:
                    self.position.order = randperm(self.rng, self.batches.images)
                shown.epoch(self.position.epoch)
                self._rest_of_the_epoch(stop, shown)
        return self.net

    def _is_over(self):
        return self.position.ended or self.position.epoch >= self.batches.epochs

    def _rest_of_the_epoch(self, stop, shown):
        at, size = self.position, self.batches.size
        epoch = at.epoch
        while at.epoch == epoch and not at.ended:
            batch = at.batch
            first, order = batch * size, at.order
            last = batch + 1 == self.batches.per_epoch
            ends = last and epoch + 1 == self.batches.epochs
            # What others get to see has all fields of its batch.
            whole = ends or stop.asked or self.callback is not None
            if self.schedule:
                self.opts.alpha = _learning_rate(self.schedule(epoch, batch), epoch, batch)
            until = min(first + size, self.batches.images)
            loss = self.steps.step(order, first, until, self.opts, whole)
            self.losses.take(loss)
            at.batch += 1
            if last:
                at.epoch, at.batch, at.order = epoch + 1, 0, None
            shown.batch(loss)
            if self.callback:
                # A copy: what a callback does to it changes nothing, and it stays as it is.
                answer = self.callback(unshared_copy(self.net), epoch, batch)
                at.ended = isinstance(answer, bool | np.bool_) and bool(answer)
            due = last or at.ended or stop.asked
            if due or time.monotonic() - self._saved >= _SECONDS:
                self._save()
            if stop.asked and whole:
                raise self._interrupted(epoch, batch)

    def _save(self):
        if self.checkpoint:
            self.checkpoint.save(self.net, self.position, self.rng)
        self._saved = time.monotonic()

    def _interrupted(self, epoch, batch):
        how = "go on with the net, opts and rng of this exception"
        if self.checkpoint:
            how = f"the same call goes on from {self.checkpoint.path}"
        return TrainingInterrupted(
            f"the training was interrupted after batch {batch + 1}/{self.batches.per_epoch} of "
            f"epoch {epoch + 1}/{self.opts.numepochs}: {how}",
            unshared_copy(self.net),
            with_position(self.opts, self.position),
            self.rng,
        )


def _learning_rate(alpha, epoch, batch):
    """Take what a schedule gives, a finite number, as a double."""
    number = isinstance(alpha, Real | np.number) and not isinstance(alpha, bool | np.bool_)
    if not number or not math.isfinite(alpha):
        raise ValueError(
            f"schedule({epoch}, {batch}) gave {alpha!r}: expected the learning rate, one finite "
            "number"
        )
    return float(alpha)
