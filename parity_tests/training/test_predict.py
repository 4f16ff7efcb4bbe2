"""Predicted labels against the functions that test, and for one image."""

import numpy as np
import pytest

from both_sides.functions import images, net_of
from dltcnn import (
    Layer,
    MatlabError,
    Net,
    OctaveRandom,
    acnnff,
    acnnpredict,
    acnnsetup,
    acnntest,
    cnnff,
    cnnpredict,
    cnntest,
)
from dltcnn.training import predict
from training.trainings import acnn_case, cnn_case

ENGINES = ["lines", "auto"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("at_once", [500, 12, 5, 1])
def test_labels_are_those_that_cnntest_counts(engine, at_once, monkeypatch):
    monkeypatch.setattr(predict, "_AT_ONCE", at_once)
    net, x, y = cnn_case()
    labels = cnnpredict(net, x, engine=engine)
    _, bad = cnntest(net, x, y)
    assert labels.shape == (12,) and 0 < bad.size < 12
    assert np.array_equal(np.flatnonzero(labels != y.argmax(0)), bad.ravel())


@pytest.mark.parametrize("engine", ENGINES)
def test_one_image_and_a_batch_of_one_are_taken(engine):
    net, x, _ = cnn_case()
    labels = cnnpredict(net, x)
    for n in range(12):
        one = cnnpredict(net, x[:, :, n], engine=engine)
        assert type(one) is int and one == labels[n]
        assert cnnpredict(net, x[:, :, [n]], engine=engine).tolist() == [labels[n]]
    assert cnnpredict(net, x[:, :, :0], engine=engine).shape == (0,)
    assert np.array_equal(cnnpredict(net, x[..., None], engine=engine), labels)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("engine", ENGINES)
def test_acnns_labels_are_those_that_acnntest_counts(engine, channels):
    net, x, y = acnn_case(channels)
    labels = acnnpredict(net, x, engine=engine)
    _, bad = acnntest(net, x, y)
    assert np.array_equal(np.flatnonzero(labels != y.argmax(0)), np.ravel(bad))
    assert acnnpredict(net, x[..., 3], engine=engine) == labels[3]


def balanced(net, o, inverse):
    """The net with a bias that gives half the images an output above the middle."""
    net.ffb = net.ffb - np.median(inverse(o))
    return net


def logit(o):
    return np.log(o / (1 - o))


@pytest.mark.parametrize(("activation", "inverse"), [("sigm", logit), ("tanh", np.arctanh)])
def test_one_output_says_yes_or_no_as_in_acnntest(activation, inverse):
    x, _ = images(8, 8, 20)
    y = np.arange(20)[None] % 2
    layers = [Layer("i"), Layer("c", outputmaps=2, kernelsize=3)]
    net = acnnsetup(Net(layers, activation=activation), x, y, OctaveRandom(4))
    net = balanced(net, acnnff(net, x).o, inverse)
    labels = acnnpredict(net, x)
    assert set(labels) == {0, 1}
    targets = labels[None] if activation == "sigm" else 2.0 * labels[None] - 1
    assert acnntest(net, x, targets)[0] == 0


def test_one_output_of_the_toolboxs():
    x, y = images(8, 8, 12, classes=1)
    net = net_of("2c3-2s", x, y)
    net = balanced(net, cnnff(net, x).o, logit)
    labels = cnnpredict(net, x)
    assert labels.tolist() == (cnnff(net, x).o[0] > 0.5).astype(int).tolist()
    assert set(labels) == {0, 1}


def test_what_is_no_net_or_image_is_refused():
    net, x, _ = cnn_case()
    with pytest.raises(TypeError, match="net is of type dict"):
        cnnpredict({}, x)
    with pytest.raises(MatlabError):
        cnnpredict(net, "text")
    with pytest.raises(ValueError, match="its scale 2 does not divide the maps of 1x6 below it"):
        cnnpredict(net, x[:3])
