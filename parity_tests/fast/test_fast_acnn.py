"""The quick engine's acnn functions: quick for plain nets, and the exact ones' for all others."""

from functools import cache

import numpy as np
import pytest

import dltcnn
from dltcnn import Layer, MatlabError, Net, OctaveRandom, Opts, acnnsetup, fast
from dltparity.cases.shorthand import build, parse
from fast.nets import U, classes_and_shapes, fields

EXAMPLE = "6c5-2s-12c5-2s"
QUICK = [  # layers, rows, cols, classes, images
    (EXAMPLE, 28, 28, 10, 5),
    (EXAMPLE, 28, 28, 10, 1),
    ("2c3-3c3-2s", 10, 8, 3, 4),
    ("2s-2c2-3c2-2c1", 12, 10, 2, 3),
    ("3c2-2c2-3s-2c2-1s", 11, 14, 1, 2),
    ("2c3", 5, 7, 2, 1),
]
TRAINED = [QUICK[0], QUICK[2], QUICK[4]]


@cache
def case(layers, rows, cols, classes, images, dtype=np.float64):
    """A net with weights, images, targets."""
    rng = np.random.default_rng(0)
    x = rng.random((rows, cols, images)).astype(dtype)
    y = rng.random((classes, images)).round().astype(dtype)
    return acnnsetup(Net(build(parse(layers))), x, y, OctaveRandom(0)), x, y


def close(quick, exact, dtype=np.float64):
    """Assert the same fields, up to rounding on the scale of each, or of the output's delta."""
    assert classes_and_shapes(quick) == classes_and_shapes(exact)
    for name, wanted in fields(exact).items():
        scale = max(np.max(abs(wanted), initial=0), np.max(abs(getattr(exact, "od", 0))))
        assert np.max(abs(fields(quick)[name] - wanted), initial=0) <= 1e3 * U[dtype] * scale, name


def stepped(functions, net, x, y):
    return functions.acnnbp(functions.acnnff(net, x), y)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("geometry", QUICK, ids=str)
def test_a_step_has_the_exact_fields(geometry, dtype, no_exact):
    net, x, y = case(*geometry, dtype)
    exact = stepped(dltcnn, net, x, y)
    with no_exact:
        quick = stepped(fast, net, x, y)
    close(quick, exact, dtype)


@pytest.mark.parametrize("batchsize", [1, 3, 7])
@pytest.mark.parametrize("geometry", TRAINED, ids=str)
def test_training_has_the_exact_fields(geometry, batchsize, no_exact):
    net, x, y = case(*geometry[:4], 7)  # batches of 3: the last one is of 1
    opts = Opts(alpha=1, batchsize=batchsize, numepochs=2)
    exact = dltcnn.acnntrain(net, x, y, opts, OctaveRandom(1))
    with no_exact:
        quick = fast.acnntrain(net, x, y, opts, OctaveRandom(1))
    close(quick, exact)
    assert len(quick.rL) == 2 * -(-7 // batchsize) + 1


def test_testing_counts_the_same_images(no_exact):
    net, x, y = case(EXAMPLE, 28, 28, 10, 60)
    exact = dltcnn.acnntest(net, x, y)
    with no_exact:
        quick = fast.acnntest(net, x, y, threads=2)
    assert quick[0] == exact[0] and np.array_equal(quick[1], exact[1])


def test_one_output_alone_is_held_against_a_threshold():
    net, x, y = case("2c3-2s", 8, 8, 1, 30)
    exact, quick = dltcnn.acnntest(net, x, y), fast.acnntest(net, x, y)
    assert quick[0] == exact[0] > 0 and np.array_equal(quick[1], exact[1])


def other_nets():
    """Nets beyond the quick form, by what they have that it has not."""
    conv = {"outputmaps": 2, "kernelsize": 3}
    plain = [Layer("i"), Layer("c", **conv), Layer("s", scale=2)]
    yield "combination", Net([*plain, Layer("a", outputmaps=2, kernelsize=2)])
    yield "hidden", Net([*plain, Layer("f", units=4)])
    yield "trainable", Net([*plain[:2], Layer("s", scale=2, trainable=True)])
    yield "tanh", Net([Layer("i"), Layer("c", **conv, activation="tanh"), plain[2]])
    yield "rectangular", Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=[3, 5])])
    yield "window", Net([*plain[:2], Layer("s", scale=[2, 4])])
    table = np.array([[True, False, True], [True, True, True]])
    yield "table", Net([*plain, Layer("c", outputmaps=3, kernelsize=2, maps=table)])
    for name, value in (("activation", "linear"), ("normalize", "set")):
        net = Net(plain)
        setattr(net, name, value)
        yield name, net


@pytest.mark.parametrize("net", [pytest.param(net, id=name) for name, net in other_nets()])
def test_every_other_net_is_the_exact_engines(net):
    rng = np.random.default_rng(1)
    x, y = rng.random((10, 10, 4)), rng.random((3, 4)).round()
    net = acnnsetup(net, x, y, OctaveRandom(0))
    opts = Opts(alpha=1, batchsize=2, numepochs=1)
    assert_same_bits(stepped(fast, net, x, y), stepped(dltcnn, net, x, y))
    trainings = [f.acnntrain(net, x, y, opts, OctaveRandom(1)) for f in (fast, dltcnn)]
    assert_same_bits(*trainings)
    assert fast.acnntest(net, x, y)[0] == dltcnn.acnntest(net, x, y)[0]


def test_several_channels_and_rates_per_weight_are_the_exact_engines():
    rng = np.random.default_rng(1)
    x, y = rng.random((8, 8, 2, 4)), rng.random((3, 4)).round()
    net = Net([Layer("i", channels=2), Layer("c", outputmaps=2, kernelsize=3)])
    net = acnnsetup(net, x, y, OctaveRandom(0))
    assert_same_bits(stepped(fast, net, x, y), stepped(dltcnn, net, x, y))
    net, x, y = case("2c3", 5, 7, 2, 4)
    rates = net.copy()
    rates.layers[1].k, rates.layers[1].b, rates.ffW, rates.ffb = 0.5, 0.1, 1.0, 1.0
    opts = Opts(alpha=rates, batchsize=2, numepochs=1)
    assert_same_bits(
        *(f.acnntrain(net, x, y, opts, OctaveRandom(1)) for f in (fast, dltcnn)),
    )


def assert_same_bits(one, other):
    ours, theirs = fields(one), fields(other)
    assert ours.keys() == theirs.keys()
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("acnnff", lambda net, x, y, opts: (net, x[:, :-1], y, opts)),
        ("acnnff", lambda net, x, y, opts: (net, x[:, :, :0], y, opts)),
        ("acnnbp", lambda net, x, y, opts: (net, x, y[:, :-1], opts)),
        ("acnnbp", lambda net, x, y, opts: (net, x, y + 1.5, opts)),
        ("acnnbp", lambda net, x, y, opts: (net, x, y.astype(int), opts)),
        ("acnntest", lambda net, x, y, opts: (net, x, y[:-1], opts)),
        ("acnntrain", lambda net, x, y, opts: (net, x, y[:, :-1], opts)),
        ("acnntrain", lambda net, x, y, opts: (net, x, y - 1, opts)),
        ("acnntrain", lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=2))),
        ("acnntrain", lambda net, x, y, opts: (net, x, y, Opts(batchsize=2, numepochs=1))),
        (
            "acnntrain",
            lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=True, numepochs=1)),
        ),
        (
            "acnntrain",
            lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=2, numepochs=1.5)),
        ),
    ],
)
def test_refusals_are_in_the_exact_words(name, change):
    net, x, y, opts = change(*case("2c3-2s", 8, 8, 3, 4), Opts(alpha=1, batchsize=2, numepochs=1))

    def run(functions):
        arguments = {
            "acnnff": (net, x),
            "acnnbp": (dltcnn.acnnff(net, x) if name == "acnnbp" else net, y),
            "acnntest": (net, x, y),
            "acnntrain": (net, x, y, opts, OctaveRandom(1)),
        }
        with pytest.raises(MatlabError) as caught:
            getattr(functions, name)(*arguments[name])
        return str(caught.value), caught.value.line

    assert run(fast) == run(dltcnn)


STALE = {
    "table": lambda layer: setattr(layer, "maps", np.array([[1, 0], [1, 1]])),
    "outputmaps": lambda layer: setattr(layer, "outputmaps", 1),
    "kernelsize": lambda layer: setattr(layer, "kernelsize", 1),
    "kernel": lambda layer: layer.k[0].append(layer.k[0][0]),
    "kernel row": lambda layer: layer.k.append(list(layer.k[0])),
    "bias": lambda layer: layer.b.append(0.0),
}


@pytest.mark.parametrize("change", STALE)
def test_weights_made_for_another_layer_are_refused_in_the_exact_words(change):
    net, x, y = case("2c3-2c3-2s", 10, 8, 3, 4)
    net, opts = net.copy(), Opts(alpha=1, batchsize=2, numepochs=1)
    STALE[change](net.layers[1 if change == "outputmaps" else 2])
    for name, arguments in {
        "acnnff": (net, x),
        "acnntest": (net, x, y),
        "acnntrain": (net, x, y, opts, OctaveRandom(1)),
    }.items():
        words = []
        for functions in (fast, dltcnn):
            with pytest.raises(MatlabError) as caught:
                getattr(functions, name)(*arguments)
            words.append((str(caught.value), caught.value.line))
        assert words[0] == words[1]


def test_a_full_table_is_quick_and_one_with_gaps_the_exact_engines(no_exact):
    net, x, y = case("2c3-2c3-2s", 10, 8, 3, 4)
    net = net.copy()
    net.layers[2].maps = np.ones((2, 2))
    exact = stepped(dltcnn, net, x, y)
    with no_exact:
        close(stepped(fast, net, x, y), exact)
    after = exact.copy()
    after.layers[2].maps = np.array([[1, 0], [1, 1]])
    assert_same_bits(fast.acnnbp(after, y), dltcnn.acnnbp(after, y))


def test_numbers_that_are_not_finite_are_refused():
    net, x, y = case("2c3-2s", 8, 8, 3, 4)
    hole = np.where(np.arange(4) == 1, np.nan, 1)
    opts = Opts(alpha=1, batchsize=2, numepochs=1)
    for call in (
        lambda: fast.acnnff(net, x * hole),
        lambda: fast.acnnbp(dltcnn.acnnff(net, x), y * hole),
        lambda: fast.acnntrain(net, x, y * hole, opts, OctaveRandom(1)),
        lambda: fast.acnntest(net, x * hole, y),
    ):
        with pytest.raises(ValueError, match=r'not finite.*engine="exact"'):
            call()


@pytest.fixture
def no_exact(monkeypatch):
    """A block in which the quick functions may not fall back on the exact ones."""
    import contextlib
    from importlib import import_module

    @contextlib.contextmanager
    def block():
        def refuse(*_):
            raise AssertionError("the exact function was called")

        with monkeypatch.context() as patch:
            for name in ("acnnff", "acnnbp", "acnntrain", "acnntest"):
                patch.setattr(import_module(f"dltcnn.fast.{name}"), "exact", refuse)
            training = import_module("dltcnn.fast.training").Training
            patch.setattr(training, "_step_between_classes", refuse)
            yield

    return block()
