"""cnntrain against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, net_of
from dltcnn import OctaveRandom, Opts
from dltcnn.cnn.cnntrain import cnntrain as by_lines
from dltcnn.functions import cnntrain
from dltparity.traces.trace import net_fields


def assert_same_training(live, net, x, y, opts, seed=11):
    """Demand the reference's bits of a training; returns the port's net."""
    code = "{f}train(in.net, in.x, in.y, in.opts)"
    reference = live.fields(code, seed, net=net, x=x, y=y, opts=opts)
    port = cnntrain(net, x, y, opts, OctaveRandom(seed), verbose=False)
    assert_same(reference, net_fields(port))
    return port


@pytest.mark.parametrize("epochs", [0, 1, 3, 2.5])
@pytest.mark.parametrize("classes", [(float, float), (np.float32, float), (float, np.float32)])
def test_every_field_has_the_references_bits(live, epochs, classes):
    x, y = images(12, 12, 12)
    x, y = x.astype(classes[0]), y.astype(classes[1])
    net = net_of("2c5-2s-3c3-2s", x, y)
    opts = Opts(alpha=0.7, batchsize=4, numepochs=epochs)
    assert_same_training(live, net, x, y, opts)


def test_single_alpha_leaves_the_loss_curve_double(live):
    x, y = images(8, 8, 6)
    net = net_of("2c3-2s", x, y)
    opts = Opts(alpha=np.float32(0.5), batchsize=3, numepochs=2)
    port = assert_same_training(live, net, x, y, opts)
    assert port.rL.dtype == np.float64
    assert port.ffW.dtype == np.float32


def test_four_dimensional_images_train_on_their_first_page(live):
    x, y = images(8, 8, 8)
    x4 = x.reshape((8, 8, 4, 2), order="F")
    net = net_of("2c3-2s", x, y)
    opts = Opts(alpha=1, batchsize=2, numepochs=1)
    assert_same_training(live, net, x4, y, opts)


@pytest.mark.parametrize("function", [cnntrain, by_lines])
def test_the_epochs_are_printed_unless_silenced(function, capsys):
    x, y = images(8, 8, 4)
    net = net_of("2c3-2s", x, y)
    opts = Opts(alpha=1, batchsize=2, numepochs=2)
    function(net, x, y, opts, OctaveRandom(3))
    assert capsys.readouterr().out == "epoch 1/2\nepoch 2/2\n"
    function(net, x, y, opts, OctaveRandom(3), verbose=False)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("function", [cnntrain, by_lines])
def test_without_an_epoch_the_loss_curve_is_empty(function):
    x, y = images(8, 8, 4)
    opts = Opts(alpha=1, batchsize=2, numepochs=0)
    trained = function(net_of("2c3-2s", x, y), x, y, opts, OctaveRandom(3), verbose=False)
    assert np.shape(trained.rL) == (0, 0)


def test_the_loss_curve_smooths_with_a_hundredth():
    x, y = images(8, 8, 6)
    net = net_of("2c3-2s", x, y)
    opts = Opts(alpha=1, batchsize=3, numepochs=1)
    trained = cnntrain(net, x, y, opts, OctaveRandom(3), verbose=False)
    assert trained.rL.shape == (3,)
    assert trained.rL[1] == pytest.approx(trained.rL[0])
    assert trained.rL[2] == pytest.approx(0.99 * trained.rL[1] + 0.01 * trained.L)
