"""cnntest against the live reference."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, net_of
from dltcnn.functions import cnntest
from dltparity.octave.values import matlab_array


@pytest.mark.parametrize("classes", [1, 2, 10])
@pytest.mark.parametrize("case", ["plain", "ties", "nan", "all right"])
def test_error_and_misclassified_set(live, classes, case):
    x, y = images(8, 8, 9, classes=classes)
    net = net_of("2c3-2s", x, y)
    if case == "ties":
        net.ffW[:] = 0
    if case == "nan":
        x[0, 0, ::2] = np.nan
    if case == "all right":
        net.ffW[:] = 0
        net.ffb[0] = 1
        y[:] = 0
        y[0] = 1
    code = f"[result.er, result.bad] = {live.family}test(in.net, in.x, in.y);"
    theirs = live.session.compute(code, {"net": net, "x": x, "y": y})
    er, bad = cnntest(net, x, y)
    assert_same(theirs, {"er": matlab_array(er), "bad": matlab_array(bad + 1.0)})


def test_the_indices_are_those_of_the_wrong_images():
    x, y = images(8, 8, 4, classes=3)
    net = net_of("2c3-2s", x, y)
    net.ffW[:] = 0
    net.ffb[:] = [[0], [1], [0]]
    y[:] = 0
    y[[1, 0, 1, 2], range(4)] = 1
    er, bad = cnntest(net, x, y)
    assert er == 0.5
    assert bad.tolist() == [1, 3]


@pytest.mark.parametrize("engine", ["lines", "auto"])
def test_a_trailing_dimension_of_the_targets_makes_no_difference(engine):
    x, y = images(8, 8, 6)
    net = net_of("2c3-2s", x, y)
    _, bad = cnntest(net, x, y, engine=engine)
    _, same = cnntest(net, x, y[:, :, None], engine=engine)
    assert bad.tolist() == same.tolist()
