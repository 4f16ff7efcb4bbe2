"""acnntest against its .m file: which images it counts as wrong, and which targets it refuses."""

import numpy as np
import pytest

from both_sides.functions import assert_same_outcome, outcome_of
from dltcnn import Layer, Net, OctaveRandom
from dltcnn.functions import acnnsetup, acnntest
from dltparity.octave.values import matlab_array

# Outputs around the middles of their ranges, and targets around the same.
EDGES = (-2.0, -0.5, -5e-324, -0.0, 0.0, 5e-324, 0.25, 0.5, np.nextafter(0.5, 1), 1.0, np.inf)


def same_test(session, net, x, y):
    """Both sides count the same, or refuse in the same words; says whether they count."""
    ours = outcome_of(in_port, net, x, y)
    assert_same_outcome(outcome_of(in_octave, session, net, x, y), ours)
    return isinstance(ours, dict)


def in_octave(session, net, x, y):
    """The error and the wrong images, in Octave."""
    code = "[result.er, result.bad] = acnntest(in.net, in.x, in.y);"
    return session.compute(code, {"net": net, "x": x, "y": y})


def in_port(net, x, y):
    """The same in the port."""
    er, bad = acnntest(net, x, y)
    return {"er": matlab_array(er), "bad": matlab_array(bad + 1.0)}


def check(session, outputs, y, activation="linear", cls=float):
    """Test a net whose outputs are the activation of the numbers in `outputs`."""
    count = outputs.shape[1]
    x = outputs.reshape((-1, 1, count)).astype(cls)
    net = acnnsetup(Net([Layer("i")], activation=activation), x, outputs, OctaveRandom(1))
    net.ffW, net.ffb = np.eye(len(outputs)), np.zeros((len(outputs), 1))
    return same_test(session, net, x, y)


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize("cls", [float, np.float32, bool, np.uint8, np.int8])
def test_one_output_says_yes_above_the_middle(acnn_session, activation, cls):
    outputs, y = np.meshgrid(EDGES, [*EDGES[:-1], 3.0])
    y = y.ravel()[None]
    y = y.astype(cls) if cls is not np.uint8 else np.abs(y).astype(cls)
    assert check(acnn_session, outputs.ravel()[None], y, activation)


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
def test_one_output_that_is_not_a_number_says_no(acnn_session, activation):
    outputs, y = np.array([[np.nan, np.nan, np.nan, 1, 0]]), np.array([[0, 1, np.nan, np.nan, 0]])
    assert check(acnn_session, outputs, y, activation)


@pytest.mark.parametrize("rows", [2, 3, 5])
@pytest.mark.parametrize("cls", [float, np.float32, bool, np.uint8, np.int8])
def test_the_first_of_the_largest_is_the_class(acnn_session, rows, cls):
    outputs, y = np.random.default_rng(rows).integers(0, 3, (2, rows, 40))
    outputs, y = outputs.astype(float), y.astype(cls)
    assert check(acnn_session, outputs, y)
    assert check(acnn_session, outputs, y, cls=np.float32)


def test_targets_that_are_not_numbers_are_no_class(acnn_session):
    outputs = np.tile([[0.0, 1.0, 2.0], [0.0, 2.0, 1.0]], 3)
    y = np.repeat([[np.nan, 1, np.nan], [np.nan, np.nan, 1]], 3, axis=1)
    assert check(acnn_session, outputs, y)
    assert check(acnn_session, outputs * np.nan, y)


@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize("wrong", range(4))
def test_the_share_of_the_wrong(acnn_session, count, wrong):
    y = np.eye(2)[:, np.arange(count) % 2]
    outputs = y.copy()
    outputs[:, :wrong] = 1 - y[:, :wrong]
    assert check(acnn_session, outputs, y)
    assert check(acnn_session, outputs[:1], y[:1])


@pytest.mark.parametrize(
    "shape", [(3, 4), (2, 5), (1, 4), (4, 2), (0, 4), (2, 0), (2, 4, 2), (8, 1)]
)
@pytest.mark.parametrize("rows", [1, 2])
def test_targets_of_another_size(acnn_session, shape, rows):
    outputs = np.array([[0.0, 1, 1, 0], [1, 1, 0, 0]])[:rows]
    check(acnn_session, outputs, np.ones(shape))


@pytest.mark.parametrize("text", ["digit", "d", ""])
def test_text_is_no_target(acnn_session, text):
    assert not check(acnn_session, np.ones((2, 5)), text)


def test_the_nets_and_the_images_refusals_come_first(acnn_session):
    net = Net([Layer("i"), Layer("c", outputmaps=1)])
    for each in (net, Net([Layer("i")])):
        for x in (np.ones((2, 2, 2)), np.ones((2, 2, 2, 2))):
            assert not same_test(acnn_session, each, x, np.ones((9, 9)))


def test_a_net_without_outputs(acnn_session):
    x, y = np.ones((2, 1, 3)), np.zeros((0, 3))
    net = acnnsetup(Net([Layer("i")]), x, np.ones((1, 3)), OctaveRandom(1))
    net.ffW, net.ffb = np.zeros((0, 2)), np.zeros((0, 1))
    same_test(acnn_session, net, x, y)


def test_the_exact_engine_is_the_default():
    x, y = np.random.default_rng(1).random((2, 2, 5)), np.eye(2)[:, [0, 1, 1, 0, 1]]
    net = acnnsetup(Net([Layer("i")]), x, y, OctaveRandom(1))
    (er, bad), (also_er, also_bad) = acnntest(net, x, y), acnntest(net, x, y, engine="lines")
    assert isinstance(er, float)
    assert (er, bad.tolist()) == (also_er, also_bad.tolist())
