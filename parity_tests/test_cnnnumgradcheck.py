"""cnnnumgradcheck: the original's own test on the port, and faults it must find on both sides."""

import numpy as np
import pytest

from dltcnn import MatlabError, OctaveRandom, cnnbp, cnnff, cnnnumgradcheck
from live import images, net_of


def faulty(name):
    """A net after cnnbp with one wrong gradient, and the line that finds it."""
    x, y = images(8, 8, 3)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    if name == "dffb":
        net.dffb[1] += 1e-6
    if name == "dffW":
        net.dffW[2, 3] += 1e-6
    if name == "db":
        net.layers[1].db[1] += 1e-6
    if name == "dk":
        net.layers[1].dk[0][1][2, 0] -= 1e-6
    return net, x, y


FAULTS = {"dffb": 14, "dffW": 28, "db": 44, "dk": 57}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_gradient_is_refused(name):
    with pytest.raises(MatlabError, match="numerical gradient checking failed") as error:
        cnnnumgradcheck(*faulty(name))
    assert error.value.line == f"cnnnumgradcheck.m:{FAULTS[name]}"


@pytest.mark.parametrize("name", [None, *FAULTS])
def test_the_original_says_the_same(original_session, name):
    from dltparity.octave_errors import OctaveError
    from live import Live

    live = Live(original_session, "cnn")
    net, x, y = faulty(name)
    live.give("net", net)
    live.session.assign("in", {"x": x, "y": y})
    if name is None:
        live.session.eval("cnnnumgradcheck(net, in.x, in.y);")
        cnnnumgradcheck(net, x, y)
    else:
        with pytest.raises(OctaveError) as error:
            live.session.eval("cnnnumgradcheck(net, in.x, in.y);")
        assert error.value.message == "numerical gradient checking failed"
        assert error.value.line == f"cnnnumgradcheck.m:{FAULTS[name]}"


def test_single_precision_cannot_meet_the_fixed_tolerance():
    x, y = images(8, 8, 3)
    x = x.astype(np.float32)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    with pytest.raises(MatlabError, match="numerical gradient checking failed"):
        cnnnumgradcheck(net, x, y)


def test_the_originals_own_net_passes():
    rng = OctaveRandom(4)
    x, y = rng.rand(28, 28 * 5).reshape((28, 28, 5), order="F"), rng.rand(10, 5)
    net = net_of("2c5-2s-2c5-2s", x, y, seed=5)
    cnnnumgradcheck(cnnbp(cnnff(net, x), y), x, y)
