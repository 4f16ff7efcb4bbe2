"""The steps of a training by the line-by-line functions."""

from ..matlab.array import plain
from ..mfile import inside
from ..value_semantics import Doors, unshared_copy


class LineByLine:
    """A net in training; between steps it stays inside the port, until somebody looks at it.

    Parameters
    ----------
    family : Family
        Whose functions.
    net : Net
        Where the training begins; it stays as it is.
    batches : Batches
        What is trained on.
    """

    def __init__(self, family, net, batches):
        self._step, self._batches = family.step, batches
        self._outside, self._inside = unshared_copy(net), None  # the other of them is None

    @property
    def net(self):
        """The net with all fields of the last batch."""
        if self._outside is None:
            self._outside, self._inside = self._doors.leave(self._inside), None
        return self._outside

    def step(self, order, first, last, opts, whole):
        """Train on a batch.

        Parameters
        ----------
        order : numpy.ndarray
            The epoch's order of the images, 0-based.
        first, last : int
            Where in it the batch begins and ends.
        opts : Opts
            Its alpha is the learning rate.
        whole : bool
            Whether the net is to have all fields of this batch; it has them anyway.

        Returns
        -------
        number
            The batch's loss.
        """
        if self._inside is None:
            self._enter()
        order, opts = map(self._doors.enter, (order, opts))
        with inside():
            net = self._step(self._inside, self._x, self._y, order, first, last, opts)
        self._inside, self._outside = net, None
        return plain(net.L)[()]

    def _enter(self):
        """Go inside by doors of their own: those before know arrays that are no more."""
        self._doors, batches = Doors(), self._batches
        given = self._outside, batches.x, batches.y
        self._inside, self._x, self._y = map(self._doors.enter, given)
