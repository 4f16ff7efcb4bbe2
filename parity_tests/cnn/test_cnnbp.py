"""cnnbp against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, net_of
from dltcnn.cnn.cnnbp import rot180
from dltcnn.functions import cnnbp, cnnff
from dltparity.traces.trace import net_fields


@pytest.mark.parametrize("text", ["3c5-2s-4c3-2s", "2c5-2s-3c3", "2s-3c3-2s", "3c1-4s", "4s", ""])
@pytest.mark.parametrize("classes", [(float, float), (np.float32, float), (float, bool)])
def test_every_field_has_the_references_bits(live, text, classes):
    x, y = images(12, 16, 5)
    x, y = x.astype(classes[0]), y.astype(classes[1])
    net = cnnff(net_of(text, x, y), x)
    assert_same(live.fields("{f}bp(in.net, in.y)", net=net, y=y), net_fields(cnnbp(net, y)))


def test_saturated_and_special_deltas(live):
    x, y = images(12, 12, 5)
    net = net_of("2c3-1s-2c3-2s", x, y)
    net.ffW[0] *= 1e4
    x[3, 3, 0], x[0, 0, 1] = np.nan, np.inf
    net = cnnff(net, x)
    port = net_fields(cnnbp(net, y))
    assert_same(live.fields("{f}bp(in.net, in.y)", net=net, y=y), port)
    assert np.isnan(port["dffW"]).all()


def test_gradients_have_the_shapes_of_their_weights():
    x, y = images(12, 12, 5)
    net = cnnbp(cnnff(net_of("2c3-2s-3c2", x, y), x), y)
    for layer in (net.layers[1], net.layers[3]):
        for k, dk in zip(layer.k, layer.dk, strict=True):
            assert [one.shape for one in dk] == [one.shape for one in k]


def test_rot180_turns_both_axes():
    assert rot180(np.array([[1, 2], [3, 4]])).tolist() == [[4, 3], [2, 1]]
