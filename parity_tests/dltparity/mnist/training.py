"""The toolbox's example: its net trained on MNIST, epoch by epoch, and tested.

An epoch draws its shuffle and takes its batches as cnntrain does, so that the weights are those of
one call of cnntrain over all epochs. After each epoch the state can be saved, with that of the
random numbers.
"""

import hashlib
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np

from dltcnn import Net, OctaveRandom, Opts, cnnapplygrads, cnnbp, cnnff, cnnsetup, cnntest
from dltcnn.fast.batch import Crew
from dltcnn.fast.chain import read_chain
from dltcnn.fast.training import Training

from ..cases.shorthand import build, parse
from ..cases.standard import EXAMPLE
from ..traces.trace import net_fields, parameters


@dataclass(frozen=True)
class Settings:
    """What a training's result depends on, besides the images.

    Attributes
    ----------
    engine : {'exact', 'fast'}
        Which engine trains and tests.
    threads : int
        How many the quick engine uses.
    batchsize : int
        Images per batch; must divide their number.
    alpha : float
        Learning rate.
    seed : int
        Given to ``rand('state', seed)``, from which weights and shuffles are drawn.
    """

    engine: str = "exact"
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
        The net with its present weights.
    rng : OctaveRandom
        Where the next shuffle comes from.
    losses : list of float
        The losses of all batches so far.
    epochs : list of dict
        For each epoch its seconds and the test error after it.
    """

    net: Net
    rng: OctaveRandom
    losses: list = field(default_factory=list)
    epochs: list = field(default_factory=list)

    def arrays(self):
        """Return everything as arrays by name."""
        fields = net_fields(self.net)
        weights = {path: fields[path] for path in parameters(fields)}
        progress = {
            name: np.array([epoch[name] for epoch in self.epochs])
            for name in ("seconds", "test_error")
        }
        return {**weights, **progress, "rng": self.rng.state, "losses": np.array(self.losses)}

    def restore(self, arrays):
        """Continue from what `arrays` returned."""
        for number, layer in enumerate(self.net.layers, 1):
            path = f"layers{{{number}}}"
            for j in range(len(layer.b)):
                layer.b[j] = arrays[f"{path}.b{{{j + 1}}}"][0, 0]
            for i, row in enumerate(layer.k, 1):
                row[:] = [arrays[f"{path}.k{{{i}}}{{{j + 1}}}"] for j in range(len(row))]
        self.net.ffW, self.net.ffb = arrays["ffW"], arrays["ffb"]
        self.rng.state = arrays["rng"]
        self.losses = arrays["losses"].tolist()
        pairs = zip(arrays["seconds"].tolist(), arrays["test_error"].tolist(), strict=True)
        self.epochs = [{"seconds": seconds, "test_error": er} for seconds, er in pairs]


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
    progress : callable
        Called with the list of batches; yields from it.
    """
    x, y = images.train_x, images.train_y
    began = time.perf_counter()
    batches = state.rng.randperm(x.shape[2]).reshape(-1, settings.batchsize)
    opts = Opts(alpha=settings.alpha, batchsize=settings.batchsize, numepochs=1)
    with ExitStack() as stack:
        if settings.engine == "fast":
            crew = stack.enter_context(Crew(settings.threads))
            training = Training(state.net, read_chain(state.net, x), x, y, opts, crew)
        else:
            training = _LineByLine(state.net, x, y, opts)
        state.losses += [float(training.step(batch)) for batch in progress(batches)]
        state.net = training.net
    seconds = time.perf_counter() - began
    quick = {"engine": "fast", "threads": settings.threads} if settings.engine == "fast" else {}
    er, _ = cnntest(state.net, images.test_x, images.test_y, **quick)
    state.epochs.append({"seconds": seconds, "test_error": er})


class _LineByLine:
    """The exact engine's training, batch by batch: the body of cnntrain's loop."""

    def __init__(self, net, x, y, opts):
        self.net, self._x, self._y, self._opts = net, x, y, opts

    def step(self, index):
        net = cnnff(self.net, self._x[:, :, index])
        net = cnnbp(net, self._y[:, index])
        self.net = cnnapplygrads(net, self._opts)
        return net.L


def fingerprint(images):
    """Hash the images and targets."""
    total = hashlib.sha256()
    for part in (images.train_x, images.train_y, images.test_x, images.test_y):
        total.update(str(part.shape).encode())
        total.update(np.ascontiguousarray(part))
    return total.hexdigest()[:16]
