"""Ctrl-C: the training ends with its batch, and all that is needed to go on is kept."""

import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from ..net import Net, Opts
from ..value_semantics import unshared


@dataclass
class Position:
    """Where a training is, between two batches.

    Attributes
    ----------
    epoch, batch : int
        How many epochs are done, and batches of the present one.
    order : numpy.ndarray or None
        The present epoch's shuffle; None before it is drawn.
    batchsize : int
        What the batches are counted in.
    settings : dict or None
        What the training was started with, for its checkpoint.
    ended : bool
        Whether a callback has ended it.
    """

    epoch: int = 0
    batch: int = 0
    order: np.ndarray | None = field(default=None, repr=False)
    batchsize: int = 0
    settings: dict | None = field(default=None, repr=False)
    ended: bool = False


class TrainingInterrupted(KeyboardInterrupt):
    """Ctrl-C ended a training with its batch; a second Ctrl-C would have ended it at once.

    Another call goes on to the bits of a training that was never interrupted::

        try:
            net = cnntrain(net, x, y, opts, rng)
        except TrainingInterrupted as stopped:
            save_net("so_far.mat", stopped.net)
            ...
            net = cnntrain(stopped.net, x, y, stopped.opts, stopped.rng)

    with the other keywords of the first one. It can be pickled.

    Attributes
    ----------
    net : Net
        With the weights and the rL so far: to test, to save, to go on from.
    opts : Opts
        The options, and where in its epoch the training is.
    rng : OctaveRandom
        The stream, the caller's own, where the training left it.
    """

    def __init__(self, message: str, net: Net, opts: Opts, rng: Any) -> None:
        super().__init__(message)
        self.net, self.opts, self.rng = net, opts, rng

    def __reduce__(self):
        return type(self), (str(self), self.net, self.opts, self.rng)


def with_position(opts, position):
    """Return options from which a training goes on at a position."""
    taken = unshared(opts)
    vars(taken)["position"] = position
    return taken


def without_position(opts):
    """Return options as the toolbox has them, and the position that was with them, or None."""
    taken = object.__new__(Opts)
    vars(taken).update(vars(unshared(opts)))
    return taken, vars(taken).pop("position", None)


@contextmanager
def deferred():
    """Let Ctrl-C be asked for, in place of an exception in the middle of a step.

    Where a program has a handler of its own, or in another thread than the main one, nothing
    changes.

    Yields
    ------
    object
        Its attribute `asked` is whether Ctrl-C was pressed. Pressed again it raises.
    """
    stop, before = SimpleNamespace(asked=False), signal.getsignal(signal.SIGINT)
    main = threading.current_thread() is threading.main_thread()
    if not main or before is not signal.default_int_handler:
        yield stop
        return

    def handle(*_):
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True
        print("ending with this batch; Ctrl-C again ends at once", file=sys.stderr)

    signal.signal(signal.SIGINT, handle)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
