"""cnnapplygrads against the live reference."""

import numpy as np
import pytest

from dltcnn import Opts, cnnapplygrads, cnnbp, cnnff
from dltparity.trace import net_fields
from live import assert_same, images, net_of


@pytest.mark.parametrize("alpha", [1, 0.1, np.float32(0.1), 0, -2.5, np.inf])
@pytest.mark.parametrize("x_class", [float, np.float32])
def test_every_field_has_the_references_bits(live, alpha, x_class):
    x, y = images(12, 12, 5)
    x = x.astype(x_class)
    net = cnnbp(cnnff(net_of("2c5-2s-3c3-2s", x, y), x), y)
    opts = Opts(alpha=alpha)
    reference = live.net("{f}applygrads(net, opts)", net=net, opts=opts)
    assert_same(reference, net_fields(cnnapplygrads(net, opts)))
