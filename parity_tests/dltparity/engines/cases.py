"""Cases for both engines: drawn from a seed, each a net with images, targets and options."""

from dataclasses import dataclass

import numpy as np

from dltcnn import Net, OctaveRandom, Opts
from dltcnn.functions import cnnsetup

from ..cases.random_acnn import AcnnCase, random_acnn, targets
from ..cases.random_cnn import random_case, wide_case
from ..cases.shorthand import build
from ..traces import acnn as acnn_traces
from ..traces.port import assign
from ..traces.trace import net_fields


@dataclass(frozen=True)
class Both:
    """What both engines are given.

    Attributes
    ----------
    name : str
        Of the case.
    acnn : bool
        Whether it is for the acnn functions.
    net : Net
        With weights.
    x, y : numpy.ndarray
        Images and targets.
    opts : Opts
        Options of the training.
    rng : OctaveRandom
        As the setup has left it.
    drawn : Case or AcnnCase
        What all this was made of.
    """

    name: str
    acnn: bool
    net: Net
    x: np.ndarray
    y: np.ndarray
    opts: Opts
    rng: OctaveRandom
    drawn: object


def cnn(number, wide=False):
    """Draw a case of the toolbox's functions."""
    case = wide_case(7, number) if wide else random_case(number)
    rng = OctaveRandom(case.seed)
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, rng)
    for path, value in case.pokes(net_fields(net)).items():
        assign(net, path, value)
    opts = Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    return Both(case.name, False, net, case.x, case.y, opts, rng, case)


def acnn(number):
    """Draw a case of the acnn functions."""
    return of_acnn_case(random_acnn(number))


def of_acnn_case(case):
    """Set a case of the acnn functions up."""
    net, fields, rng = acnn_traces.prepared(case)
    alpha = acnn_traces._struct(net, acnn_traces.rates(case, fields))
    opts = Opts(alpha=alpha, batchsize=case.batchsize, numepochs=acnn_traces.EPOCHS)
    return Both(case.name, True, net, case.x, case.y, opts, rng, case)


# Batches on both sides of what each build takes at a time (a test reads that out of the C code),
# and some so large that a sum over images is taken in parts.
BATCHES = (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 130, 257)


def large(number):
    """Draw a case of the acnn functions with more maps, units and images than the usual ones have.

    So many that each kind of tile is met, whole and in part: maps and units up to 18, kernels up
    to 7, batches on both sides of what each build takes at a time.
    """
    rng = np.random.default_rng([number, 23])
    side, maps = rng.integers(9, 15, 2), int(rng.integers(1, 4))
    rows, cols, channels = int(side[0]), int(side[1]), maps
    layers = [{"type": "i", "channels": channels} if channels > 1 else {"type": "i"}]
    for _ in range(int(rng.integers(1, 4))):
        kind = str(rng.choice(["c", "c", "a", "s"]))
        if kind == "s":
            scale = tuple(int(rng.choice([s for s in (1, 2, 3) if n % s == 0])) for n in side)
            layers.append({"type": "s", "scale": scale, "trainable": bool(rng.random() < 0.5)})
            side = side // scale
        else:
            kernel = rng.integers(1, np.minimum(side, 7) + 1)
            layers.append(
                {
                    "type": kind,
                    "outputmaps": int(rng.integers(1, 19)),
                    "kernelsize": tuple(map(int, kernel)),
                }
            )
            if kind == "a":
                layers[-1]["shared"] = bool(rng.random() < 0.5)
            side = side - kernel + 1
        if kind != "s" or layers[-1]["trainable"]:
            layers[-1]["activation"] = str(rng.choice(["sigm", "sigm", "tanh", "linear"]))
    if rng.random() < 0.5:
        layers.append({"type": "f", "units": int(rng.integers(1, 19))})
    count = int(rng.choice(BATCHES))
    x = rng.random((rows, cols, channels, count) if channels > 1 else (rows, cols, count))
    y = targets(rng, int(rng.integers(1, 19)), count, "sigm")
    cls = np.float32 if number % 2 else np.float64
    batchsize = max(1, int(rng.choice([count, count // 2, count // 3, count * 4 // 5])))
    return of_acnn_case(
        AcnnCase(
            f"large-acnn-{number}",
            tuple(layers),
            {},
            x.astype(cls),
            y.astype(cls),
            batchsize,
            alpha=float(rng.choice([0.1, 1e-3])),
            seed=number,
        )
    )


def edge(number):
    """Draw a small case of the acnn functions whose numbers are at the edges.

    Pixels that are exactly zero, whole images of them and targets that are met exactly, so that
    signed zeros come out; single images and outputs, where a product has one term; and biases so
    large that the activations are flat.
    """
    rng = np.random.default_rng([number, 29])
    count, outputs = (int(rng.choice([1, 1, 2, 5])) for _ in range(2))
    activation = str(rng.choice(["sigm", "tanh", "linear"]))
    layers = [{"type": "i"}]
    if rng.random() < 0.6:
        layers.append({"type": "s", "scale": int(rng.choice([2, 4]))})
    elif rng.random() < 0.5:
        layers.append({"type": "c", "outputmaps": 2, "kernelsize": 2})
    if rng.random() < 0.5:
        layers.append({"type": "f", "units": int(rng.choice([1, 1, 3]))})
    x = rng.random((4, 4, count)) * (rng.random((4, 4, count)) < rng.choice([0, 0.5]))
    y = targets(rng, outputs, count, activation)
    cls = np.float32 if rng.random() < 0.5 else np.float64
    return of_acnn_case(
        AcnnCase(
            f"edge-acnn-{number}",
            tuple(layers),
            {"activation": activation},
            x.astype(cls),
            y.astype(cls),
            batchsize=int(rng.integers(1, count + 1)),
            alpha=0.1,
            seed=number,
            biases=float(rng.choice([0, 1, 1000])),
        )
    )


def broad(number):
    """Draw a case of the acnn functions whose images are so large that one fills the cache."""
    rng = np.random.default_rng([number, 31])
    rows, cols = (int(n) for n in rng.integers(30, 41, 2))
    kernel = tuple(int(n) for n in rng.integers(1, 5, 2))
    maps, count = int(rng.integers(8, 19)), int(rng.choice([1, 2, 3, 5]))
    cls = np.float32 if number % 2 else np.float64
    return of_acnn_case(
        AcnnCase(
            f"broad-acnn-{number}",
            ({"type": "i"}, {"type": "c", "outputmaps": maps, "kernelsize": kernel}),
            {},
            rng.random((rows, cols, count)).astype(cls),
            targets(rng, 2, count, "sigm").astype(cls),
            batchsize=count,
            alpha=0.1,
            seed=number,
        )
    )
