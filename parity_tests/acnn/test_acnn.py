"""What the acnn functions promise beyond the toolbox's, one by one."""

import numpy as np
import pytest

from acnn.nets import X, Y, mixed, set_up
from dltcnn import Layer, Net, OctaveRandom, Opts
from dltcnn.acnn.acnnactivate import acnnactivate
from dltcnn.acnn.acnnpenalty import acnnpenalty
from dltcnn.acnn.acnnsoftmax import acnnsoftmax
from dltcnn.functions import (
    acnnapplygrads,
    acnnbp,
    acnnff,
    acnnsetup,
    acnntest,
    acnntrain,
    cnnbp,
    cnnff,
    cnnsetup,
)
from dltparity.comparison.fields import different_bits
from dltparity.traces.trace import net_fields


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_toolboxs_layers_give_the_toolboxs_bits(dtype):
    layers = (
        Layer("i"),
        Layer("c", outputmaps=2, kernelsize=2),
        Layer("s", scale=2),
        Layer("c", outputmaps=3, kernelsize=3),
    )
    x = X.astype(dtype)
    theirs = cnnsetup(Net(layers), x, Y, OctaveRandom(3))
    ours = acnnsetup(Net(layers), x, Y, OctaveRandom(3))
    theirs, ours = (
        net_fields(cnnbp(cnnff(theirs, x), Y)),
        net_fields(acnnbp(acnnff(ours, x), Y)),
    )
    assert theirs.keys() == ours.keys()
    assert not any(different_bits(theirs[path], ours[path]).any() for path in theirs)


def test_a_softmax_that_underflows_stays_finite():
    c = np.array([[0.0], [-800.0], [1.0]])
    A, ln_a = acnnsoftmax(c)
    assert A[1, 0] == 0
    assert A.sum() == pytest.approx(1, abs=1e-15)
    assert ln_a[1, 0] == pytest.approx(-801 - np.log1p(np.exp(-1)), rel=1e-15)
    layer = Layer("a", lam=0.5, penalty="entropy")
    layer.c = c
    omega, d_a, dc = acnnpenalty(layer)
    for value in (omega, d_a, dc):
        assert np.isfinite(value).all()
    assert dc[1, 0] == 0


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_gradient_of_l1_is_zero_to_rounding(rng, dtype):
    layer = Layer("a", lam=1.0, penalty="l1")
    eps = np.finfo(dtype).eps
    for n in (1, 2, 7, 40):
        layer.c = (3 * rng.standard_normal((n, 30))).astype(dtype)
        omega, _, dc = acnnpenalty(layer)
        # each column's sum has n terms and each quotient one rounding: |sum - 1| <= n * eps
        assert np.abs(dc).max() <= n * eps
        assert abs(omega - 30) <= 30 * (n + 30) * eps


def test_entropy_has_a_gradient():
    layer = Layer("a", lam=1.0, penalty="entropy")
    layer.c = np.array([[1.0], [0.0], [-2.0]])
    assert np.abs(acnnpenalty(layer)[2]).max() > 0.1


def test_a_new_combination_is_uniform():
    fresh = set_up(Layer("c", outputmaps=4, kernelsize=2), Layer("a", outputmaps=2, kernelsize=2))
    assert (acnnff(fresh, X).layers[2].A == 0.25).all()
    A = acnnff(mixed(), X).layers[2].A
    assert np.allclose(A.sum(0), 1, rtol=0, atol=1e-15)


@pytest.mark.parametrize("u", [np.linspace(-20, 20, 4001), np.linspace(-1e-3, 1e-3, 201)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_tanh_is_within_its_rounding_of_tanh(u, dtype):
    x = acnnactivate(Layer("c", activation="tanh"), u.astype(dtype))
    exact = np.tanh(u.astype(dtype).astype(np.longdouble))
    assert x.dtype == dtype
    assert np.abs(x - exact).max() <= {np.float64: 3.4e-16, np.float32: 1.8e-7}[dtype]


def test_missing_pairs_draw_no_random_numbers():
    table = np.array([[True, False], [True, True], [False, True]])
    first = Layer("c", outputmaps=3, kernelsize=2)
    net = set_up(first, Layer("c", outputmaps=2, kernelsize=2, maps=table))
    rng = OctaveRandom(1)
    rng.rand(2, 6)  # the first layer's three kernels
    drawn = [rng.rand(2, 2) for _ in range(4)]
    k = net.layers[2].k
    assert k[2][0].size == k[0][1].size == 0
    order = [(0, 0), (1, 0), (1, 1), (2, 1)]
    for (i, j), numbers in zip(order, drawn, strict=True):
        fans = (table[:, j].sum() + table[i].sum()) * 4
        assert np.array_equal(k[i][j], (numbers - 0.5) * 2 * np.sqrt(6 / fans))
    moved = acnnapplygrads(acnnbp(acnnff(net, X), Y), Opts(alpha=1.0))
    assert moved.layers[2].k[2][0].size == 0


def test_a_rate_for_each_weight():
    net = acnnbp(acnnff(mixed(), X), Y)
    alpha = net.copy()
    alpha.layers[1].k = 0.0  # one number for all
    alpha.layers[1].b = [0.0, 2.0, 0.0]
    alpha.layers[2].c = np.array([[1.0, 0], [0, 0], [0, 0]])
    alpha.layers[2].k = alpha.layers[2].b = alpha.layers[3].beta = alpha.layers[3].b = 0.0
    alpha.layers[4].W = alpha.layers[4].b = alpha.ffW = alpha.ffb = 0.0
    moved = net_fields(acnnapplygrads(net, Opts(alpha=alpha)))
    before = net_fields(net)
    changed = {path for path in before if different_bits(before[path], moved[path]).any()}
    assert changed == {"layers{2}.b{2}", "layers{3}.c"}
    assert moved["layers{2}.b{2}"] == before["layers{2}.b{2}"] - 2 * before["layers{2}.db{2}"]
    assert different_bits(before["layers{3}.c"], moved["layers{3}.c"]).sum() == 1


@pytest.mark.parametrize("normalize", ["set", "pixel"])
def test_normalization_gives_mean_0_and_deviation_1(rng, normalize):
    x = rng.random((5, 5, 3, 20)) * 40 + 7
    x[2, 2] = 3.0  # a pixel that never changes
    net = acnnsetup(
        Net([Layer("i", channels=3), Layer("f", units=2)], normalize=normalize),
        x,
        np.ones((1, 20)),
        OctaveRandom(1),
    )
    a = np.stack(acnnff(net, x).layers[0].a)
    axis = None if normalize == "set" else 3
    assert np.abs(a.mean(axis)).max() < 1e-14
    deviation = a.std(axis, ddof=1)
    if normalize == "pixel":
        assert (deviation[:, 2, 2] == 0).all()
        deviation[:, 2, 2] = 1
    assert np.abs(deviation - 1).max() < 1e-14
    later = np.stack(acnnff(net, x[..., :2]).layers[0].a)
    assert np.array_equal(later, a[..., :2])  # the training set's moments, whatever comes later


def test_the_last_batch_may_be_smaller():
    net = acnntrain(
        set_up(Layer("f", units=2)),
        X,
        Y,
        Opts(alpha=1.0, batchsize=4, numepochs=3),
        OctaveRandom(2),
    )
    assert net.rL.shape == (3 * 2 + 1,)
    assert net.o.shape == (3, 2)


@pytest.mark.parametrize("activation", ["sigm", "tanh"])
def test_one_output_says_yes_above_the_middle(activation):
    y = np.array([[1.0, 0, 1, 0, 0, 1]])
    y = 2 * y - 1 if activation == "tanh" else y
    net = set_up(Layer("s", scale=3), y=y, activation=activation)
    net.ffW[:] = 0
    net.ffb[:] = 1  # yes to everything
    er, bad = acnntest(net, X, y)
    assert (er, bad.tolist()) == (0.5, [1, 3, 4])
    net.ffb[:] = -1
    assert acnntest(net, X, y)[1].tolist() == [0, 2, 5]


def test_one_image():
    net = mixed()
    one, all_ = acnnff(net, X[:, :, :1]), acnnff(net, X)
    assert one.o.shape == (3, 1)
    assert np.allclose(one.o[:, 0], all_.o[:, 0], rtol=0, atol=1e-15)
    assert acnntest(net, X[:, :, :1], Y[:, :1])[0] in (0.0, 1.0)


@pytest.mark.parametrize("channels", [2, 3])
def test_one_image_of_several_channels(rng, channels):
    x = rng.random((6, 5, channels, 1))
    net = Net([Layer("i", channels=channels), Layer("c", outputmaps=2, kernelsize=2)])
    net = acnnsetup(net, x, Y[:, :1], OctaveRandom(1))
    assert acnnff(net, x).o.shape == (3, 1)
    assert np.array_equal(acnnff(net, x[..., 0]).o, acnnff(net, x).o)


def test_a_table_over_the_images(rng):
    table = np.array([[True, True], [False, True]])
    layers = [Layer("i", channels=2), Layer("c", outputmaps=2, kernelsize=2, maps=table)]
    net = acnnsetup(Net(layers), rng.random((6, 5, 2, 6)), Y, OctaveRandom(1))
    assert [[k.size for k in row] for row in net.layers[1].k] == [[4, 4], [0, 4]]
    one = Layer("c", outputmaps=2, kernelsize=2, maps=table[:1])
    assert len(set_up(one).layers[1].k[0]) == 2


def test_xor_of_two_halves_is_learned_by_a_hidden_layer():
    pattern = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]])
    x = pattern.reshape(1, 2, 4)
    y = (pattern[0] != pattern[1])[None].astype(float)
    net = acnnsetup(Net([Layer("i"), Layer("f", units=4)]), x, y, OctaveRandom(4))
    net = acnntrain(net, x, y, Opts(alpha=8.0, batchsize=4, numepochs=1000), OctaveRandom(4))
    assert acnntest(net, x, y)[0] == 0


def test_the_step_goes_downhill_for_every_kind_of_layer():
    net = acnnbp(acnnff(mixed(), X), Y)
    after = acnnbp(acnnff(acnnapplygrads(net, Opts(alpha=0.05)), X), Y)
    assert after.L < net.L
