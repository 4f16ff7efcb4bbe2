"""The steps of a training by the line-by-line functions."""

from ..value_semantics import unshared_copy


class LineByLine:
    """A net in training.

    Parameters
    ----------
    family : Family
        Whose functions.
    net : Net
        Where the training begins; it stays as it is.
    batches : Batches
        What is trained on.

    Attributes
    ----------
    net : Net
        With all fields of the last batch.
    """

    def __init__(self, family, net, batches):
        self.net = unshared_copy(net)
        self._step, self._x, self._y = family.step, batches.x, batches.y

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
        self.net = self._step(self.net, self._x, self._y, order, first, last, opts)
        return self.net.L
