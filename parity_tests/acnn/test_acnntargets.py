"""acnntargets against its .m file: which targets pass, and what it says of the others."""

import numpy as np
import pytest

from both_sides.acnn import ACCEPTED, same_refusals
from dltcnn import Layer, Net
from dltcnn.acnn.acnntargets import acnntargets

LAYERS = (Layer("i"), Layer("c", outputmaps=1, kernelsize=2), Layer("s", scale=2))
ABOVE = {float: np.nextafter(1, 2), np.float32: np.nextafter(np.float32(1), np.float32(2))}
VALUES = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.0, -1.5, -2.0, np.nan, np.inf, -np.inf),
    *(5e-324, -5e-324, 1e-9, -1e-9, 1 + 1e-9, -1 - 1e-9, 1234567.0, 0.123456789 + 1),
)


def check(session, y, count, outputs=2, layers=LAYERS, **fields):
    net = Net(layers, **fields)
    if outputs is not None:
        net.ffW = np.zeros((outputs, 9))
    return same_refusals(session, acnntargets, [[net, y, count]]) == [ACCEPTED]


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear", None])
@pytest.mark.parametrize("cls", [float, np.float32])
@pytest.mark.parametrize("value", VALUES)
def test_a_target_of_a_value(acnn_session, value, cls, activation):
    y = np.array([[0, 1, 0], [1, value, 1]], cls)
    check(acnn_session, y, 3, **({} if activation is None else {"activation": activation}))


@pytest.mark.parametrize("activation", ["sigm", "tanh"])
@pytest.mark.parametrize("cls", [float, np.float32])
def test_a_target_just_above_the_range(acnn_session, cls, activation):
    y = np.array([[0, ABOVE[cls]]], cls)
    assert not check(acnn_session, y, 2, outputs=1, activation=activation)


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize(
    "y",
    [
        np.array([[1, 0.5, 4], [0, 3, -2]]),
        np.array([[1, 0, 4], [-5, 3, 2.0]]),
        np.array([[-3, 0, 4], [-5, 3, 2]], np.float32),
        np.array([[0, 1, np.nan], [1, 7, 0]]),
    ],
    ids=str,
)
def test_the_first_of_the_targets_outside_is_named(acnn_session, y, activation):
    assert check(acnn_session, y, 3, activation=activation) == (activation == "linear")


@pytest.mark.parametrize("shape", [(2, 4), (2, 2), (1, 3), (3, 3), (3, 2), (2, 3, 1), (2, 3, 2)])
@pytest.mark.parametrize("value", [0, 9])
def test_targets_of_a_size(acnn_session, shape, value):
    check(acnn_session, np.full(shape, value), 3)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (2, 0), (1, 0), (1, 1)])
@pytest.mark.parametrize(("outputs", "count"), [(2, 0), (0, 3), (0, 0), (1, 1), (1, 0), (2, 3)])
def test_hardly_any_target(acnn_session, shape, outputs, count):
    check(acnn_session, np.ones(shape), count, outputs)


@pytest.mark.parametrize("activation", ["sigm", "tanh", "linear"])
@pytest.mark.parametrize("cls", [bool, np.int8, np.int64, np.uint8, np.uint16])
def test_targets_of_a_class(acnn_session, cls, activation):
    y = np.ones((2, 3), cls)
    assert check(acnn_session, y, 3, activation=activation) == (cls is bool)
    check(acnn_session, y, 4, activation=activation)


@pytest.mark.parametrize("text", ["ab", "digit", ""])
def test_text_is_no_target(acnn_session, text):
    assert not check(acnn_session, text, 2, outputs=1)


@pytest.mark.parametrize("layers", [LAYERS[:1], LAYERS[:2], (*LAYERS, Layer("f", units=3))])
@pytest.mark.parametrize("y", [np.ones((2, 4)), np.full((2, 3), 2.5), np.ones((2, 3), np.int16)])
def test_the_output_is_the_layer_after_the_last(acnn_session, layers, y):
    assert not check(acnn_session, y, 3, layers=layers)


@pytest.mark.parametrize("y", [np.ones((2, 3)), np.ones((2, 3), np.int8), np.ones((1, 7))])
def test_a_net_without_weights_is_refused_first(acnn_session, y):
    assert not check(acnn_session, y, 3, outputs=None)


@pytest.mark.parametrize("activation", ["arctan", "uniform"])
@pytest.mark.parametrize("value", [-0.5, 0.5, 1.5])
def test_an_activation_that_is_not_known_has_the_range_of_sigm(acnn_session, activation, value):
    check(acnn_session, np.array([[value]]), 1, outputs=1, activation=activation)
