"""No memory that grows: over trainings, and with the number of images that are only tested."""

import resource
import tracemalloc

import nets
import numpy as np
import pytest

import dltcnn
from dltcnn import OctaveRandom, Opts


def test_a_thousand_trainings_leave_nothing_behind():
    net, x, y, opts = nets.acnn(images=4)
    opts = Opts(alpha=0.1, batchsize=2, numepochs=1)

    def train(times):
        for _ in range(times):
            dltcnn.acnntrain(net, x, y, opts, OctaveRandom(1), False, threads=2)

    train(200)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    train(1000)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 2048  # KiB; one kept workspace a training would be 80 MiB


@pytest.mark.parametrize("order", "CF")
@pytest.mark.parametrize("cls", [np.uint8, float])
def test_neither_test_nor_training_copies_the_images(cls, order):
    net = nets.cnn()[0]
    many = 20000 if cls is np.uint8 else 40000
    images = np.zeros((8, 8, many), cls, order=order)
    targets = np.zeros((3, many))
    targets[0] = 1
    for work in (
        lambda: dltcnn.cnntest(net, images, targets),
        lambda: dltcnn.cnntrain(
            net, images, targets, Opts(alpha=1, batchsize=10, numepochs=1), OctaveRandom(1), False
        ),
    ):
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        # As doubles the images are 10 or 20 MB; outputs, shuffle and losses are 4 or 8.
        assert peak < many * 300
