"""cnnapplygrads against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, net_of
from dltcnn import MatlabError, Opts
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff
from dltparity.octave.errors import OctaveError
from dltparity.traces.trace import net_fields


@pytest.mark.parametrize("alpha", [1, 0.1, np.float32(0.1), 0, -2.5, np.inf])
@pytest.mark.parametrize("x_class", [float, np.float32])
def test_every_field_has_the_references_bits(live, alpha, x_class):
    x, y = images(12, 12, 5)
    x = x.astype(x_class)
    net = cnnbp(cnnff(net_of("2c5-2s-3c3-2s", x, y), x), y)
    opts = Opts(alpha=alpha)
    reference = live.fields("{f}applygrads(in.net, in.opts)", net=net, opts=opts)
    assert_same(reference, net_fields(cnnapplygrads(net, opts)))


@pytest.mark.parametrize("shape", [(3, 3), (3, 1), (1, 3)])
def test_a_matrix_as_learning_rate_is_multiplied_as_one(live, shape):
    x, y = images(8, 8, 4)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    opts = Opts(alpha=np.arange(1.0, 10.0)[: np.prod(shape)].reshape(shape))

    def theirs():
        return live.fields("{f}applygrads(in.net, in.opts)", net=net, opts=opts)

    if shape != (3, 1):
        assert_same(theirs(), net_fields(cnnapplygrads(net, opts)))
        return
    with pytest.raises(OctaveError) as their:
        theirs()
    with pytest.raises(MatlabError) as our:
        cnnapplygrads(net, opts)
    if live.family == "cnn":
        assert (our.value.message, our.value.line) == (their.value.message, their.value.line)


def test_a_matrix_as_learning_rate_is_multiplied_with_a_matrix_of_biases(live):
    x, y = images(8, 8, 4)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    alpha = np.arange(1.0, 10.0).reshape(3, 3)
    for j, db in enumerate((alpha.T, alpha - 5)):
        net.layers[1].db[j] = db
    reference = live.fields("{f}applygrads(in.net, in.opts)", net=net, opts=Opts(alpha=alpha))
    assert_same(reference, net_fields(cnnapplygrads(net, Opts(alpha=alpha))))


def test_a_net_fresh_from_setup_is_told_what_to_run():
    x, y = images(8, 8, 4)
    with pytest.raises(MatlabError, match="run cnnff and cnnbp first"):
        cnnapplygrads(net_of("2c3-2s", x, y), Opts(alpha=1))
