"""What the compiled engine leaves to the line-by-line functions, and that it says why."""

import copy
from functools import partial

import nets
import numpy as np
import pytest
from unnoticed import unnoticed

from both_sides.functions import layer_of
from dltcnn import Layer, Net, OctaveRandom, Opts, compiled, functions
from dltcnn.compiled import Training
from dltparity.engines.same import differences


def outcome(function, *args):
    try:
        return function(*copy.deepcopy(args))  # a generator goes on from where it is
    except Exception as error:  # whatever it is, both are to raise it
        return [type(error).__name__, str(error), str(getattr(error, "line", None))]


def same(function, *args):
    expected, got = (
        outcome(partial(getattr(functions, function), engine=engine), *args)
        for engine in ("lines", "auto")
    )
    return differences(expected, got)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e308])
@pytest.mark.parametrize("where", ["x", "k", "b", "ffW", "ffb"])
@pytest.mark.parametrize("zero", [False, True])
def test_values_that_are_not_finite_have_octaves_bits(where, value, zero):
    net, x, y, opts = nets.cnn()
    if zero:  # a zero in a kernel never meets Inf in Octave
        net.layers[1].k[0][0][0, 0] = 0
    if where == "b":
        net.layers[1].b[0] = np.float64(value)
    else:
        target = {"x": x, "k": net.layers[1].k[0][1], "ffW": net.ffW, "ffb": net.ffb}[where]
        target[0, 0, ...] = value
    assert not same("cnntrain", net, x, y, opts, OctaveRandom(1), False)
    assert not same("cnnff", net, x)
    assert not differences(
        list(functions.cnntest(net, x, y, engine="lines")),
        list(functions.cnntest(net, x, y, threads=2)),
    )


@pytest.mark.parametrize("cls", [np.float64, np.float32])
def test_a_number_that_is_not_finite_is_noticed_in_every_image(cls):
    assert unnoticed(cls) == []


def test_a_nan_in_one_batch_is_taken_by_lines_and_the_others_are_not(monkeypatch):
    net, x, y, opts = nets.cnn(images=8)
    x[0, 0, 3] = np.inf
    opts = Opts(alpha=1, batchsize=2, numepochs=1)
    taken = []
    by_lines = Training.step_by_lines
    monkeypatch.setattr(
        Training, "step_by_lines", lambda self, *args: taken.append(1) or by_lines(self, *args)
    )
    assert not same("cnntrain", net, x, y, opts, OctaveRandom(1), False)
    assert taken == [1]


def test_rates_that_drive_the_weights_to_inf():
    net, x, y, _ = nets.cnn(images=8)
    for alpha in (np.inf, 1e308, -1e300):
        opts = Opts(alpha=alpha, batchsize=2, numepochs=2)
        assert not same("cnntrain", net, x, y, opts, OctaveRandom(1), False)


@pytest.mark.parametrize(
    "change",
    [
        lambda net, x, y, opts: (net, x[:, :, None], y, opts),
        lambda net, x, y, opts: (net, x[:, :, 0], y, opts),
        lambda net, x, y, opts: (net, x, y[:, :5], opts),
        lambda net, x, y, opts: (net, x, y[:1], opts),
        lambda net, x, y, opts: (net, x, y.astype(np.uint8), opts),
        lambda net, x, y, opts: (net, x[:-1], y, opts),
        lambda net, x, y, opts: (net, x[:2, :2], y, opts),
        lambda net, x, y, opts: (net, x * 1j, y, opts),
        lambda net, x, y, opts: (net, "text", y, opts),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=3)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=np.int32(1), batchsize=3, numepochs=1)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=4, numepochs=1)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=1, numepochs=1)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=3, numepochs=0)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=3.0, numepochs=1.9)),
        lambda net, x, y, opts: (Net(net.layers), x, y, opts),
        lambda net, x, y, opts: (Net([Layer("i"), layer_of({"type": "x"})]), x, y, opts),
        lambda net, x, y, opts: (None, x, y, opts),
    ],
)
def test_odd_arguments_do_what_they_do_line_by_line(change):
    arguments = change(*nets.cnn())
    assert not same("cnntrain", *arguments, OctaveRandom(1), False)


@pytest.mark.parametrize("field", ["k", "b", "a", "d", "dk", "db"])
@pytest.mark.parametrize("value", [3, 0.5, None, np.zeros((2, 2)), [], [[], []], "text"])
def test_odd_cells_do_what_they_do_line_by_line(field, value):
    net, x, y, opts = nets.cnn()
    setattr(net.layers[1], field, value)
    assert not same("cnntrain", net, x, y, opts, OctaveRandom(1), False)


@pytest.mark.parametrize("kk", [[0] * 6, range(6), np.arange(7), np.arange(6.0), np.arange(5)])
def test_a_generator_of_ones_own(kk):
    class Mine:
        def randperm(self, n):
            return kk

    net, x, y, opts = nets.cnn()
    assert not same("cnntrain", net, x, y, opts, Mine(), False)


@pytest.mark.parametrize("x_class", ["float64", "float32", "uint8", "bool"])
@pytest.mark.parametrize("y_class", ["float64", "float32", "bool"])
@pytest.mark.parametrize("alpha", [1.0, np.float32(1)])
@pytest.mark.parametrize("weights", ["float64", "float32", "mixed"])
def test_classes_are_those_of_the_line_by_line_port(x_class, y_class, alpha, weights):
    net, x, y, _ = nets.cnn()
    if weights != "float64":
        for kernels in net.layers[1].k:
            kernels[:] = [k.astype(np.float32) for k in kernels]
    if weights == "float32":
        net.ffW, net.ffb = net.ffW.astype(np.float32), net.ffb.astype(np.float32)
    opts = Opts(alpha=alpha, batchsize=3, numepochs=2)
    arguments = net, (x * 3).astype(x_class), y.astype(y_class), opts
    assert not same("cnntrain", *arguments, OctaveRandom(1), False)


def test_reasons():
    net, x, y, opts = nets.cnn()
    assert compiled.why_not(net, x, y, opts) is None
    assert "another class" in compiled.why_not(net, x, y.astype(np.float32), opts)
    assert "does not divide" in compiled.why_not(net, x[:-1], y, opts)
    net.layers[1].kernelsize = 0
    assert "refused" in compiled.why_not(net, x, y, opts, acnn=True)


@pytest.mark.parametrize("x_class", ["float64", "float32"])
@pytest.mark.parametrize(
    ("below", "linear"),
    [
        ([Layer(type="c", outputmaps=2, kernelsize=2)], False),
        ([Layer(type="c", outputmaps=2, kernelsize=2, activation="linear")], True),
        ([Layer(type="c", outputmaps=2, kernelsize=2), Layer(type="s", scale=2)], True),
        (
            [Layer(type="a", outputmaps=2, kernelsize=2), Layer(type="s", scale=2, trainable=True)],
            False,
        ),
        ([Layer(type="a", outputmaps=2, kernelsize=2, activation="linear")], True),
    ],
)
def test_a_map_that_the_table_above_leaves_out(below, linear, x_class):
    rng = np.random.default_rng(0)
    x, y = rng.random((7, 7, 6)).astype(x_class), np.eye(2)[:, [0, 1, 1, 0, 1, 0]]
    table = Layer(type="c", outputmaps=2, kernelsize=2, maps=[[True, True], [False, False]])
    net = Net(layers=[Layer(type="i"), *copy.deepcopy(below), table])
    net = functions.acnnsetup(net, x, y, rng=OctaveRandom(0))
    opts = Opts(alpha=1, batchsize=3, numepochs=2)
    assert not same("acnnbp", functions.acnnff(net, x, engine="lines"), y)
    assert not same("acnntrain", net, x, y, opts, OctaveRandom(1), False)
    left = compiled.why_not(net, x, y, opts, acnn=True)  # the zeros above it are double
    assert bool(left) == (linear and x_class == "float32")
