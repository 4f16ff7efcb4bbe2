"""Whole epochs and predictions of the toolbox's example by the compiled engine, in double."""

import tracemalloc
from contextlib import closing

import numpy as np

from dltcnn import OctaveRandom, Opts, cnnpredict, cnntrain
from dltcnn.compiled.plan import Crew
from dltcnn.compiled.structure import read_cnn
from dltcnn.compiled.training import Training

from . import timing
from .sizes import Size

_MANY = 60_000  # as many as MNIST has
_IMAGES = 10_000
_BATCH = 50
_OPTS = Opts(alpha=0.1, batchsize=_BATCH, numepochs=1)


def gather(seconds):
    """Measure an epoch's memory, its time beside that of its steps alone, and a prediction.

    Parameters
    ----------
    seconds : float
        How long to take turns.

    Returns
    -------
    dict
        "epochs": the "images" whose peak above the data is "peak", in bytes; the "timed" images,
        their "epoch" in units of its steps (`timing.ratio`), and the "seconds" of each.
    """
    peak = _peak(_MANY)
    epoch = _Epoch(_IMAGES)
    with closing(epoch):
        found = timing.alternate(epoch.contestants(), seconds)
    return {
        "epochs": {
            "images": _MANY,
            "peak": peak,
            "timed": _IMAGES,
            "epoch": timing.ratio(found["epoch"], found["steps"]),
            "seconds": {name: timing.median(values) for name, values in found.items()},
        }
    }


def _peak(images):
    """Return the peak of an epoch above the images, targets and net that were there before."""
    net, x, y = Size(batch=images).start()
    tracemalloc.start()
    try:
        _train(net, x, y)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _train(net, x, y):
    return cnntrain(net, x, y, _OPTS, OctaveRandom(0), False, engine="compiled")


class _Epoch:
    """An epoch in three ways: a training, the steps in it, and a prediction of its images."""

    def __init__(self, images):
        net, x, y = Size(batch=images).start()
        self._given = net, np.asfortranarray(x), y  # each image in one piece, as loadmat reads them
        self._crew = Crew(1).__enter__()
        self._training = Training(net.copy(), *self._given[1:], _OPTS, read_cnn, self._crew)
        self._order = np.random.default_rng(0).permutation(images)

    def contestants(self):
        """Return what is timed, by name."""
        net, x, y = self._given
        return {
            "epoch": timing.timed(lambda: _train(net, x, y)),
            "steps": timing.timed(self._steps),
            "prediction": timing.timed(lambda: cnnpredict(net, x, engine="compiled")),
        }

    def _steps(self):
        for first in range(0, len(self._order), _BATCH):
            self._training.step(self._order, first, first + _BATCH, _OPTS, whole=False)

    def close(self):
        """End the threads."""
        self._crew.__exit__(None, None, None)
