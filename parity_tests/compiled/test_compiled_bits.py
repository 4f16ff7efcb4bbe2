"""The compiled engine against the line-by-line functions: every field, in every bit."""

import nets
import numpy as np
import pytest
from never_by_lines import never_by_lines

from dltcnn import OctaveRandom, functions
from dltparity.engines import cases
from dltparity.engines.compared import compared
from dltparity.engines.same import differences

CLASSES = (np.float64, np.float32)


@pytest.mark.parametrize("number", range(18))
def test_random_nets_of_the_toolbox(number):
    assert not compared(cases.cnn(number))


@pytest.mark.parametrize("number", range(45))
def test_random_nets_of_the_acnn_functions(number):
    assert not compared(cases.acnn(number))


@pytest.mark.parametrize("number", range(8))
def test_nets_large_enough_to_meet_every_kind_of_tile(number):
    assert not compared(cases.large(number), threads=1 + number % 3)


@pytest.mark.parametrize("cls", CLASSES)
def test_the_example_is_trained_by_the_compiled_engine_alone(cls):
    net, x, y, opts = nets.cnn(nets.EXAMPLE, 28, 20, cls)
    expected = functions.cnntrain(net, x, y, opts, OctaveRandom(1), False, engine="lines")
    with never_by_lines():
        got = functions.cnntrain(net, x, y, opts, OctaveRandom(1), False)
    assert not differences(expected, got)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_layer_of_the_acnn_functions_is_trained_by_it_alone(cls):
    net, x, y, opts = nets.acnn(cls=cls)
    expected = functions.acnntrain(net, x, y, opts, OctaveRandom(1), False, engine="lines")
    with never_by_lines():
        got = functions.acnntrain(net, x, y, opts, OctaveRandom(1), False)
    assert not differences(expected, got)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("cls", [np.uint8, bool, np.int32, np.float32])
def test_images_of_other_classes_and_orders(order, cls):
    net, x, y, opts = nets.cnn()
    x = np.asarray(x * 3, order=order).astype(cls, order=order)
    expected = functions.cnntrain(net, x, y, opts, OctaveRandom(1), False, engine="lines")
    with never_by_lines():
        got = functions.cnntrain(net, x, y, opts, OctaveRandom(1), False)
    assert not differences(expected, got)


def test_images_that_are_a_view_of_others():
    net, x, y, opts = nets.cnn()
    spread = np.zeros((16, 24, 12))
    spread[::2, ::-3, 1::2] = x
    view = spread[::2, ::-3, 1::2]
    expected = functions.cnntrain(net, x, y, opts, OctaveRandom(1), False, engine="lines")
    assert not differences(expected, functions.cnntrain(net, view, y, opts, OctaveRandom(1), False))


def test_arguments_are_left_alone():
    net, x, y, opts = nets.acnn()
    before = net.copy(), x.copy(), y.copy()
    trained = functions.acnntrain(net, x, y, opts, OctaveRandom(1), False)
    trained.layers[0].a[0][...] = 7
    trained.layers[1].k[0][0][...] = 7
    trained.ffW[...] = 7
    for expected, got in zip(before, (net, x, y), strict=True):
        assert not differences(expected, got)


def test_maps_do_not_share_memory():
    net, x, _, _ = nets.cnn()
    a = functions.cnnff(net, x).layers[1].a
    kept = a[1].copy()
    a[0][...] = 7
    assert np.array_equal(a[1], kept)
