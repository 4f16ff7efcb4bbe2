"""The quick engine's memory: less than the exact engine's, and flat in the number of images."""

import tracemalloc

import numpy as np
import pytest

import dltcnn
from dltcnn import Opts, fast
from fast.nets import EXAMPLE, Unshuffled, case, fields


def peak(call):
    tracemalloc.start()
    try:
        result = call()
        return tracemalloc.get_traced_memory()[1], result
    finally:
        tracemalloc.stop()


def test_memory_is_flat_in_the_number_of_images():
    net, x, y = case(EXAMPLE, 28, 28, 10, images=2000)
    few, _ = peak(lambda: fast.cnntest(net, x[:, :, :200], y[:, :200]))
    many, _ = peak(lambda: fast.cnntest(net, x, y))
    outputs = 3 * 10 * 2000 * 8  # and their maxima
    assert many <= few + outputs


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batchsize", [2, 10, 50, 250])
def test_memory_is_at_most_the_line_by_line_ports(batchsize, dtype):
    net, x, y = case(EXAMPLE, 28, 28, 10, dtype, images=2 * batchsize)
    opts = Opts(alpha=1, batchsize=batchsize, numepochs=1)
    exact, quick = (
        peak(lambda: module.cnntrain(net, x, y, opts, Unshuffled(), False))[0]  # noqa: B023
        for module in (dltcnn, fast)
    )
    assert quick <= exact


def test_memory_grows_with_the_batch_by_the_nets_fields_only():
    net, x, y = case(EXAMPLE, 28, 28, 10, images=2000)
    peaks, sizes = [], []
    for batchsize in (250, 1000):
        opts = Opts(alpha=1, batchsize=batchsize, numepochs=1)
        used, quick = peak(lambda: fast.cnntrain(net, x, y, opts, Unshuffled(), False))  # noqa: B023
        peaks.append(used)
        sizes.append(sum(np.asarray(value).nbytes for value in fields(quick).values()))
    batch_of_images = x[:, :, :750].nbytes
    assert peaks[1] - peaks[0] <= 1.02 * (sizes[1] - sizes[0] + batch_of_images)
