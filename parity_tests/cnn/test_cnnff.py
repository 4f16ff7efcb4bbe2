"""cnnff against the live reference."""

from itertools import product

import numpy as np
import pytest

from both_sides.functions import assert_same, images, net_of
from dltcnn import MatlabError
from dltcnn.functions import cnnbp, cnnff
from dltparity.traces.trace import net_fields

NETS = ["3c5-2s-4c3-2s", "2c5-2s-3c3", "2s-3c3-2s", "4s"]
CLASSES = [float, np.float32, bool]


@pytest.mark.parametrize(
    ("text", "x_class"),
    # With the input layer alone the original refuses integers: test_refusals_step has that case.
    [*product([*NETS, ""], CLASSES), *product(NETS, [np.uint8, np.int32])],
)
def test_every_field_has_the_references_bits(live, text, x_class):
    x, y = images(12, 16, 5)
    net = net_of(text, x, y)
    x = (200 * x).astype(x_class)
    assert_same(live.fields("{f}ff(in.net, in.x)", net=net, x=x), net_fields(cnnff(net, x)))


def test_a_zero_weight_never_meets_infinity(live):
    x, y = images(6, 6, 3)
    net = net_of("2c3-2s", x, y)
    net.layers[1].k[0][0][:, 1] = 0
    net.layers[1].k[0][1][0, 0] = -0.0
    x[0, 0, 0], x[2, 3, 1], x[5, 5, 2] = np.inf, -np.inf, np.nan
    reference = live.fields("{f}ff(in.net, in.x)", net=net, x=x)
    port = net_fields(cnnff(net, x))
    assert_same(reference, port)
    assert np.isnan(port["o"]).any()
    assert np.isfinite(port["layers{2}.a{1}"]).sum() > 30


def test_maps_of_other_images_that_are_left_over_make_no_difference(live):
    x, y = images(6, 6, 3)
    net = net_of("2c3-2s", x, y)
    for layer, size in zip(net.layers[:2], ((9, 7, 2), (2, 3, 3)), strict=True):
        layer.a = [np.zeros(size) for _ in range(4)]
    reference = live.fields("{f}ff(in.net, in.x)", net=net, x=x)
    assert_same(reference, net_fields(cnnff(net, x)))


def test_the_arguments_stay_as_they_are():
    x, y = images(6, 6, 3)
    net = net_of("2c3-2s", x, y)
    after = cnnff(net, x)
    after.layers[0].a[0][:] = -1
    after.ffW[:] = -1
    assert x.min() >= 0
    assert (net.ffW != -1).all()
    assert not hasattr(net, "o")


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize(
    "same",
    [
        np.asfortranarray,
        np.matrix,
        lambda y: y.astype(">f8"),
        lambda y: np.repeat(y, 2, axis=1)[:, ::2],
        lambda y: y.tolist(),
        lambda y: y.astype(int).tolist(),
    ],
)
def test_how_an_array_lies_in_memory_makes_no_difference(same):
    x, y = images(8, 8, 4)
    net = cnnff(net_of("2c3-2s", x, y), x)
    assert_same(net_fields(cnnbp(net, y)), net_fields(cnnbp(net, same(y))))


def test_masked_values_are_refused():
    x, y = images(8, 8, 4)
    with pytest.raises(MatlabError, match="masked values"):
        cnnff(net_of("2c3-2s", x, y), np.ma.masked_array(x, x > 0.9))
