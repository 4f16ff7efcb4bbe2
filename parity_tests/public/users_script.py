"""What users write, for mypy --strict: it is checked, not run."""

from pathlib import Path

import numpy as np

import dltcnn
from dltcnn import (
    DltWarning,
    Layer,
    MatlabError,
    Net,
    OctaveRandom,
    Opts,
    TrainingInterrupted,
    acnnapplygrads,
    acnnbp,
    acnnff,
    acnnloss,
    acnnnumgradcheck,
    acnnsetup,
    class_numbers,
    cnnpredict,
    cnnsetup,
    cnntest,
    cnntrain,
    images,
    load_digits,
    load_mnist,
    one_of_many,
    plot_kernels,
)
from dltcnn.compiled import available, why_not
from dltcnn.matfile import load_net, save_net
from dltcnn.matlab import Array, convn


def callback(net: Net, epoch: int, batch: int) -> bool:
    return bool(net.L < 0.01) or epoch + batch > 100


def train(folder: Path) -> float:
    digits = load_digits()
    x, y = load_mnist(folder)[:2]
    print(x.shape, y.dtype, issubclass(DltWarning, UserWarning))
    rng = OctaveRandom(0)
    rng.state = rng.state[::-1]
    net = Net([Layer("i"), Layer("c", outputmaps=6, kernelsize=(3, 3)), Layer("s", scale=2)])
    net.layers[1].kernelsize = 3
    opts = Opts(alpha=1.0, batchsize=10, numepochs=3)
    opts.alpha = 0.5
    net = cnnsetup(net, digits.train_x, digits.train_y, rng)
    try:
        net = cnntrain(
            *(net, digits.train_x, digits.train_y, opts, rng),
            callback=callback,
            schedule=lambda epoch, batch: 0.9**epoch,
            checkpoint=folder / "training.npz",
            threads=2,
        )
    except TrainingInterrupted as stopped:
        save_net(folder / "net.mat", stopped.net)
    except MatlabError as error:
        print(error.message, error.line, error.remedy)
    er, bad = cnntest(net, digits.test_x, digits.test_y, engine="lines")
    labels = cnnpredict(net, digits.test_x[:, :, bad])
    print(labels, class_numbers(net.o), rng.rand(2, 3), net.copy() == net, dltcnn.__version__)
    return er


def bouvrie(net: Net) -> tuple[float, float]:
    x, y = images(np.zeros((10, 64), np.uint8), 8, 8) / 255, one_of_many([0, 1] * 5)
    net = acnnsetup(net, x, y, OctaveRandom(1))
    net = acnnbp(acnnff(net, x), y)
    loss, error = acnnloss(net, y)
    print(error.shape, available(), why_not(net, x), plot_kernels(net))
    net = acnnapplygrads(net, Opts(alpha=0.1))
    return loss, acnnnumgradcheck(load_net("net.mat", strict=True), x, y)


def ported(a: Array) -> Array:
    z: Array = convn(a, a, "valid") @ a
    return z[:, 1:3]
