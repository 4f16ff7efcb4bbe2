"""cnnsetup against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, in_octave, outcome_of
from dltcnn import Layer, Net, OctaveRandom
from dltcnn.functions import cnnsetup
from dltparity.cases.shorthand import build, parse
from dltparity.traces.trace import net_fields


@pytest.mark.parametrize("text", ["6c5-2s-12c5-2s", "2s-3c3", "4c1", "3s", ""])
@pytest.mark.parametrize("x_class", [float, np.float32, np.uint8, bool])
def test_weights_have_the_references_bits(live, text, x_class):
    x, y = images(24, 24, 4)
    bare = Net(build(parse(text)))
    code = "{f}setup(in.net, in.x, zeros(3, 1))"
    reference = live.fields(code, 7, net=bare, x=x.astype(x_class))
    assert_same(reference, net_fields(cnnsetup(bare, x.astype(x_class), y, OctaveRandom(7))))


SQUARE = np.array([[1.0, 2.0], [2.0, 1.0]])


@pytest.mark.original
@pytest.mark.parametrize(
    "layers",
    [
        [([[1.0, 1, 1]], SQUARE)],
        [([[0.0, 1, 1]], 3), (1, SQUARE)],
        [(0, SQUARE)],
        [([[0.0, 0]], SQUARE)],
        [([[0.0, 1]], 3)],
        [([[0.0], [1]], 3)],
    ],
)
def test_matrices_where_numbers_belong_are_refused_where_octave_does(original_session, layers):
    convolutions = (Layer("c", outputmaps=maps, kernelsize=size) for maps, size in layers)
    bare = Net([Layer("i"), *convolutions])
    x, y = images(12, 12, 3)
    code = "cnnsetup(in.net, in.x, zeros(3, 1))"
    message, line = outcome_of(in_octave, original_session, code, 7, net=bare, x=x)
    ours, our_line = outcome_of(cnnsetup, bare, x, y, OctaveRandom(7))
    assert (ours.splitlines()[0], our_line) == (message, line)


def test_the_argument_stays_as_it_is():
    bare = Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=3)])
    x, y = images(8, 8, 2)
    cnnsetup(bare, x, y, OctaveRandom(0))
    assert not bare.layers[1].k
    assert not hasattr(bare, "ffW")


def test_weights_lie_within_the_bound_of_their_fans():
    x, y = images(28, 28, 2, classes=10)
    net = cnnsetup(Net(build(parse("6c5-2s-12c5-2s"))), x, y, OctaveRandom(0))
    for layer, fans in ((net.layers[1], 25 + 6 * 25), (net.layers[3], 6 * 25 + 12 * 25)):
        largest = max(np.abs(kernel).max() for row in layer.k for kernel in row)
        assert 0.9 * np.sqrt(6 / fans) < largest <= np.sqrt(6 / fans)
    assert 0.9 * np.sqrt(6 / 202) < np.abs(net.ffW).max() <= np.sqrt(6 / 202)
