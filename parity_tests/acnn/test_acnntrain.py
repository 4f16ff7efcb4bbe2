"""acnntrain against its .m file: the same training, and the same words for what it refuses."""

from functools import wraps

import numpy as np
import pytest

from both_sides.acnn import SEED, same_outcome
from both_sides.functions import assert_same, unlike
from dltcnn import Layer, Net, OctaveRandom, Opts
from dltcnn.functions import acnnsetup, acnntrain
from dltparity.traces.trace import net_fields

X, Y = unlike(3, 3, 7) ** 2, np.eye(2)[:, [0, 1, 1, 0, 1, 0, 1]]
OPTS = {"alpha": 0.5, "batchsize": 3, "numepochs": 1}
LAYERS = (Layer("i"), Layer("f", units=2))


def setup(layers=LAYERS, x=X, y=Y, **fields):
    return acnnsetup(Net(layers, **fields), x, y, OctaveRandom(5))


def check(session, net=None, x=X, y=Y, **opts):
    """Train on both sides; None as an option leaves it away."""
    given = {name: value for name, value in (OPTS | opts).items() if value is not None}
    net = setup() if net is None else net
    return isinstance(same_outcome(session, trained, net, x, y, Opts(**given)), dict)


@wraps(acnntrain)
def trained(net, x, y, opts):
    return acnntrain(net, x, y, opts, OctaveRandom(SEED))


@pytest.mark.parametrize("epochs", [1, 2, 3])
@pytest.mark.parametrize("batchsize", [1, 2, 3, 4, 6, 7, 8, 100])
def test_batches_the_last_of_which_may_be_smaller(acnn_session, batchsize, epochs):
    assert check(acnn_session, batchsize=batchsize, numepochs=epochs)


@pytest.mark.parametrize("cls", [np.float32, np.int8, np.uint16, np.int64])
def test_options_of_any_class_of_numbers(acnn_session, cls):
    assert check(acnn_session, batchsize=cls(4), numepochs=np.array([[2]], cls))


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("channels", [1, 2, 3])
def test_images_of_several_channels(acnn_session, channels, count):
    shape = (3, 2, channels, count) if channels > 1 else (3, 2, count)
    x = unlike(*shape) ** 2
    layers = (Layer("i", channels=channels), Layer("c", outputmaps=2, kernelsize=2))
    net = setup(layers, x, Y[:, :count])
    assert check(acnn_session, net, x, Y[:, :count], batchsize=2, numepochs=2)


@pytest.mark.parametrize("cls", [np.float32, bool, np.uint8])
def test_images_of_a_class(acnn_session, cls):
    assert check(acnn_session, x=(3 * X).astype(cls))


@pytest.mark.parametrize("cls", [np.float32, bool])
def test_targets_of_a_class(acnn_session, cls):
    assert check(acnn_session, y=Y.astype(cls))


def test_the_loss_curve_starts_anew(acnn_session):
    net = setup()
    net.rL = np.ones((1, 9))
    assert check(acnn_session, net)
    assert acnntrain(net, X, Y, Opts(**OPTS), OctaveRandom(1)).rL.shape == (4,)


ODD = (
    *(0, -1, 0.5, 1.5, 1 - 1e-9, np.inf, -np.inf, np.nan, 1e-300, np.float32(1.5), np.int8(0)),
    *(np.int8(-1), np.array([[True]]), np.array([[False]]), "10", "1", "", None),
    *(np.ones((1, 2)), np.ones((2, 1)), np.ones((3, 3)), np.ones((2, 5)), np.ones((1, 1, 2))),
    *(np.zeros((0, 0)), np.zeros((1, 0)), np.zeros((0, 3)), np.array([[1, 2]], np.uint8)),
)


@pytest.mark.parametrize("name", ["batchsize", "numepochs"])
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_what_is_no_whole_number_from_1_on_is_refused(acnn_session, name, value):
    assert not check(acnn_session, **{name: value})


def test_a_missing_rate_is_refused(acnn_session):
    assert not check(acnn_session, alpha=None)


# The earlier ones win.
WRONG = {
    "layers": {"net": Net([Layer("i"), Layer("f")])},
    "images": {"x": np.ones((3, 3, 7, 2))},
    "batchsize": {"batchsize": 0},
    "numepochs": {"numepochs": None},
    "alpha": {"alpha": None},
    "weights": {"net": Net(LAYERS)},
    "targets": {"y": np.ones((2, 8))},
}


@pytest.mark.parametrize("first", range(len(WRONG)))
@pytest.mark.parametrize("second", range(len(WRONG)))
def test_of_two_faults_the_same_is_named(acnn_session, first, second):
    faults = list(WRONG.values())
    assert not check(acnn_session, **faults[second] | faults[first])


def test_the_exact_engine_is_the_default():
    given = setup(), X, Y, Opts(**OPTS)
    assert_same(
        *(
            net_fields(acnntrain(*given, OctaveRandom(1), **options))
            for options in ({}, {"engine": "lines"})
        )
    )
