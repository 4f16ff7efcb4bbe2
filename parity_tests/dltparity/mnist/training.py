"""The toolbox's example: its net trained on MNIST, epoch by epoch, and tested.

An epoch is a call of cnntrain that goes on with the last one's rL and stream: the bits are those of
one call over all epochs. After each epoch the state can be saved, with that of the
random numbers.
"""

import hashlib
import time
from dataclasses import dataclass, field

import numpy as np

from dltcnn import Net, OctaveRandom, Opts, cnnsetup, cnntest, cnntrain

from ..cases.shorthand import build, parse
from ..cases.standard import EXAMPLE


@dataclass(frozen=True)
class Settings:
    """What a training's result depends on, besides the images.

    Attributes
    ----------
    engine : {'auto', 'lines', 'compiled'}
        Which engine trains and tests: the bits are the same.
    threads : int
        How many share the compiled engine's work.
    batchsize : int
        Images per batch; must divide their number.
    alpha : float
        Learning rate.
    seed : int
        Given to ``rand('state', seed)``, from which weights and shuffles are drawn.
    """

    engine: str = "auto"
    threads: int = 1
    batchsize: int = 50
    alpha: float = 1.0
    seed: int = 0


@dataclass
class State:
    """A training between two epochs.

    Attributes
    ----------
    net : Net
        The net with its present weights and its rL so far.
    rng : OctaveRandom
        Where the next shuffle comes from.
    epochs : list of dict
        For each epoch its seconds and the test error after it.
    """

    net: Net
    rng: OctaveRandom
    epochs: list = field(default_factory=list)


def start(images, settings):
    """Set the net up.

    Parameters
    ----------
    images : dltcnn.DataSet
        What to train on.
    settings : Settings
        Their seed is used.

    Returns
    -------
    State
        Before the first epoch.
    """
    rng = OctaveRandom(settings.seed)
    net = cnnsetup(Net(build(parse(EXAMPLE))), images.train_x, images.train_y, rng)
    return State(net, rng)


def epoch(state, images, settings, progress):
    """Train one epoch and test.

    Parameters
    ----------
    state : State
        Changed in place.
    images : dltcnn.DataSet
        What to train and test on.
    settings : Settings
        How to train.
    progress : callable or None
        Called after each batch.
    """
    opts = Opts(alpha=settings.alpha, batchsize=settings.batchsize, numepochs=1)
    chosen = {"engine": settings.engine, "threads": settings.threads}
    arguments = state.net, images.train_x, images.train_y, opts, state.rng
    watch = {"verbose": False, "callback": progress}
    began = time.perf_counter()
    state.net = cnntrain(*arguments, continue_rL=True, **watch, **chosen)
    seconds = time.perf_counter() - began
    er, _ = cnntest(state.net, images.test_x, images.test_y, **chosen)
    state.epochs.append({"seconds": seconds, "test_error": er})


def fingerprint(images):
    """Hash the images and targets."""
    total = hashlib.sha256()
    for part in (images.train_x, images.train_y, images.test_x, images.test_y):
        total.update(str(part.shape).encode())
        total.update(np.ascontiguousarray(part))
    return total.hexdigest()[:16]
