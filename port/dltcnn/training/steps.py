"""Who computes the step of a batch: the line-by-line functions, unless an engine does.

An engine is a name and a context manager. For a net, images, targets and options it gives an object
with the method and the property of `LineByLine`, or None where the line-by-line functions are to do
the work.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np

from ..value_semantics import unshared_copy


@dataclass(frozen=True)
class Engine:
    """Who computes steps.

    Attributes
    ----------
    name : str
        What the bits of a training depend on: the engine, and its threads where they count.
    steps : callable
        ``with steps(net, x, y, opts) as own:`` gives its steps, or None; it may refuse.
    """

    name: str
    steps: Callable


EXACT = Engine("exact", lambda *_: nullcontext())


class LineByLine:
    """The steps of the line-by-line functions.

    Parameters
    ----------
    family : Family
        Whose.
    net : Net
        Where the training begins; it stays as it is.
    batches : Batches
        What is trained on.

    Attributes
    ----------
    net : Net
        With all fields of the last batch.
    """

    name = "exact"

    def __init__(self, family, net, batches):
        self.net = unshared_copy(net)
        self._step, self._x, self._y = family.step, batches.x, batches.y

    def step(self, index, opts, last):
        """Train on a batch.

        Parameters
        ----------
        index : numpy.ndarray
            Which images, 0-based.
        opts : Opts
            Its alpha is the learning rate.
        last : bool
            Whether no other follows; an engine may then do more for the net's fields.

        Returns
        -------
        number
            The batch's loss.
        """
        x = np.take(self._x, index, axis=-1)
        self.net = self._step(self.net, x, self._y[:, index], opts)
        return self.net.L
