"""Slopes of losses, and the verdict on gradients. No Octave is needed."""

import numpy as np
import pytest

from dltparity.toolbox.slopes import LOSSES, STEPS, Group, judge, slope

EPS = 2.0**-52


def along(f, x):
    return np.stack([[f(x + h), f(x - h)] for h in STEPS])


def judged(f, points, gradients, eps=EPS):
    """Judge gradients of a function that stands for every loss."""
    group = Group("k", "dk")
    each = np.array([along(f, x) for x in points])
    losses = np.repeat(each[..., None], len(LOSSES), axis=-1)
    # the value without a move is the same for all numbers of a net
    here = np.full(len(LOSSES), f(points[0]))
    judge(group, np.asarray(gradients, float), here, losses, eps)
    return group


@pytest.mark.parametrize("f, x, value", [(np.exp, 0.3, np.exp(0.3)), (np.sin, 1.0, np.cos(1.0))])
def test_a_slope_is_known_to_its_error(f, x, value):
    found = slope(f(x), *along(f, x).T, EPS)
    assert abs(found.value - value) <= found.error < 1e-9
    assert not found.kink


def test_a_kink_is_seen():
    assert slope(0.0, *along(abs, 0.0).T, EPS).kink


def test_a_single_loss_knows_less():
    def f(x):
        return float(np.float32(np.exp(np.float32(x))))

    found = slope(f(0.3), *along(f, 0.3).T, 2.0**-23)
    assert 1e-7 < found.error < 1e-2
    assert abs(found.value - np.exp(0.3)) < 10 * found.error


def test_right_and_wrong():
    x = 0.4
    assert judged(np.sin, [x] * 4, [np.cos(x)] * 4).verdicts["L"] == "right"
    assert judged(np.sin, [x] * 4, [np.cos(x) * (1 + 1e-6)] * 4).verdicts["L"] == "wrong"
    assert judged(np.sin, [x] * 4, [-np.cos(x)] * 4).factor == pytest.approx(-1)
    assert judged(np.sin, [x] * 4, [np.nan] * 4).verdicts["L"] == "wrong"


def test_where_nothing_is_finite_nothing_is_judged():
    found = judged(lambda x: np.nan, [0.4] * 3, [1.0] * 3)
    assert found.verdicts["L"] == "not judged"
    assert found.checked == 0


def test_a_number_next_to_a_kink_is_left_out_and_counted():
    x = 0.4
    group = Group("k", "dk")
    each = np.array([along(np.sin, x)] * 4)
    each[3] = along(lambda y: np.sin(y) + abs(y - x - 2.0**-16), x)
    losses = np.repeat(each[..., None], len(LOSSES), axis=-1)
    judge(group, np.full(4, np.cos(x)), np.full(len(LOSSES), np.sin(x)), losses, EPS)
    assert (group.checked, group.kinks) == (3, 1)
    assert group.verdicts["L"] == "right"
