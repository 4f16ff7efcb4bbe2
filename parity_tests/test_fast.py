"""The quick engine: the same fields as the line-by-line functions, to an error of the same size."""

import threading
from functools import cache

import numpy as np
import pytest

import dltcnn
from dltcnn import Layer, MatlabError, Net, OctaveRandom, Opts, cnnnumgradcheck, cnnsetup, fast
from dltcnn.fast import batch

EXAMPLE = "6c5-2s-12c5-2s"
U = {np.float64: np.finfo(np.float64).eps / 2, np.float32: np.finfo(np.float32).eps / 2}
GEOMETRIES = [  # layers, rows, cols, classes
    (EXAMPLE, 28, 28, 10),
    ("1c1", 3, 4, 1),
    ("1c1-1s", 5, 4, 2),
    ("2c5", 5, 5, 3),
    ("3c2-3s", 7, 4, 2),
    ("2c3-4s-2c1", 14, 10, 2),
    ("2s-3c3-3s-4c2", 22, 16, 3),
    ("3s-2c1-1s", 6, 9, 4),
    ("2c6-2s-3c3-1s-2c2", 15, 13, 2),
]
REFUSED = [  # layers, rows, cols, batch size
    ("2c3-2c3-1s", 8, 8, 4),
    ("2c3-2s-2s", 10, 10, 4),
    ("2c9-1s", 8, 8, 4),
    ("2c9", 8, 8, 4),
    ("2c3-2s", 8, 8, 1),
    ("2c3-2s", 8, 8, 5),
    ("2c3-2s-2C1", 8, 8, 4),
]


class Unshuffled:
    def randperm(self, n):
        return np.arange(n)


def layer(text):
    if text.endswith("s"):
        return Layer("s", scale=int(text[:-1]))
    kind = "C" if "C" in text else "c"
    maps, kernelsize = text.split(kind)
    return Layer(kind, outputmaps=int(maps), kernelsize=int(kernelsize))


@cache
def case(layers, rows, cols, classes, dtype=np.float64, images=12, shift=0.0, seed=0):
    """A net with weights, images, targets."""
    rng = np.random.default_rng(seed)
    x = rng.random((rows, cols, images)).astype(dtype)
    y = np.zeros((classes, images), dtype)
    y[rng.integers(0, classes, images), np.arange(images)] = 1
    net = Net([Layer("i"), *map(layer, filter(None, layers.split("-")))])
    net = cnnsetup(net, x, y, OctaveRandom(seed))
    for cells in (one for each in net.layers if each.type == "c" for one in (*each.k, each.b)):
        cells[:] = [value if np.ndim(value) else value + shift for value in cells]
        cells[:] = [np.asarray(value, dtype)[()] for value in cells]
    net.ffW, net.ffb = net.ffW.astype(dtype), net.ffb.astype(dtype)
    return net, x, y


def fields(net):
    """All arrays of a net by name."""
    found = {}
    for number, each in enumerate(net.layers):
        for name in ("a", "d", "b", "db"):
            found |= {f"{number}.{name}{j}": v for j, v in enumerate(getattr(each, name))}
        for name in ("k", "dk"):
            for i, row in enumerate(getattr(each, name)):
                found |= {f"{number}.{name}{i},{j}": v for j, v in enumerate(row)}
    return found | {name: v for name, v in vars(net).items() if name != "layers"}


def classes_and_shapes(net):
    return {name: (np.asarray(v).dtype.name, np.shape(v)) for name, v in fields(net).items()}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_training_gives_all_fields_and_the_same_shuffles(geometry, dtype):
    net, x, y = case(*geometry, dtype)
    opts = Opts(alpha=1, batchsize=4, numepochs=2)
    exact = dltcnn.cnntrain(net, x, y, opts, OctaveRandom(1), verbose=False)
    quick = fast.cnntrain(net, x, y, opts, OctaveRandom(1), verbose=False)
    assert classes_and_shapes(quick) == classes_and_shapes(exact)
    for name, wanted in fields(exact).items():
        # Six steps of rounding; a wrong image or weight would differ in the first digits.
        close = np.max(abs(fields(quick)[name] - wanted)) <= 1e4 * U[dtype] * np.max(abs(wanted))
        assert close, name


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_each_function_continues_from_the_other_engine(geometry):
    net, x, y = case(*geometry)
    forward_exact, forward_quick = dltcnn.cnnff(net, x), fast.cnnff(net, x)
    assert classes_and_shapes(forward_quick) == classes_and_shapes(forward_exact)
    back_exact, back_quick = dltcnn.cnnbp(forward_quick, y), fast.cnnbp(forward_exact, y)
    assert classes_and_shapes(back_quick) == classes_and_shapes(back_exact)
    for name, wanted in fields(back_exact).items():
        unit = U[np.float64] * max(np.max(abs(wanted)), np.max(abs(back_exact.od)))
        assert np.max(abs(fields(back_quick)[name] - wanted)) <= 1e3 * unit, name


def test_gradients_pass_the_toolboxs_numerical_check():
    net, x, y = case("2c3-2s-3c2-2s", 12, 8, 2, images=3)
    cnnnumgradcheck(fast.cnnbp(fast.cnnff(net, x), y), x, y)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_same_call_gives_the_same_bits(threads):
    net, x, y = case(EXAMPLE, 28, 28, 10, images=400)
    opts = Opts(alpha=1, batchsize=200, numepochs=1)  # three chunks, no whole part per thread
    runs = [
        fields(fast.cnntrain(net, x, y, opts, OctaveRandom(1), False, threads)) for _ in range(2)
    ]
    assert all(np.array_equal(runs[0][name], runs[1][name]) for name in runs[0])
    alone = fields(fast.cnntrain(net, x, y, opts, OctaveRandom(1), False))
    for name, wanted in alone.items():
        assert np.max(abs(runs[0][name] - wanted)) <= 1e-11 * np.max(abs(wanted)), name


@pytest.mark.parametrize(("images", "sharers"), [(50, 1), (110, 2)])
def test_threads_share_what_is_worth_it(images, sharers, monkeypatch):
    net, x, y = case(EXAMPLE, 28, 28, 10, images=2 * images)
    train, found = batch.Share.train, set()

    def spy(share, x, y, index):
        found.add((threading.get_ident(), len(index)))
        return train(share, x, y, index)

    monkeypatch.setattr(batch.Share, "train", spy)
    opts = Opts(alpha=1, batchsize=images, numepochs=1)
    fast.cnntrain(net, x, y, opts, Unshuffled(), False, threads=2)
    assert sorted(size for _, size in found) == [images // sharers] * sharers


def test_arguments_and_settings_stay():
    net, x, y = case("2c3-2s", 8, 8, 3)
    before, settings = fields(net.copy()), (np.geterr(), np.getbufsize())
    fast.cnntrain(net, x, y, Opts(alpha=1, batchsize=4, numepochs=1), Unshuffled(), False)
    fast.cnnbp(fast.cnnff(net, x), y)
    assert before.keys() == fields(net).keys()
    assert all(np.array_equal(before[name], value) for name, value in fields(net).items())
    assert (np.geterr(), np.getbufsize()) == settings


def test_saturation_is_silent_and_exact():
    net, x, _ = case("1c1", 2, 2, 2)
    net = net.copy()
    net.layers[1].b[0] = -1e4
    assert not fast.cnnff(net, x).layers[1].a[0].any()


def test_epochs_are_printed_as_the_toolbox_does(capsys):
    net, x, y = case("2c3-2s", 8, 8, 3)
    for train in (dltcnn.cnntrain, fast.cnntrain):
        train(net, x, y, Opts(alpha=1, batchsize=4, numepochs=2.5), Unshuffled())
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == lines[2:] and len(lines) == 4


def run(function, *args):
    """What a call gives: the fields, or the words of the refusal."""
    try:
        return classes_and_shapes(function(*args))
    except MatlabError as error:
        return str(error)


def trained(module, net, x, y, opts, batches=1):
    return run(lambda: module.cnntrain(net, x, y, opts, OctaveRandom(1), False))


@pytest.mark.parametrize(("layers", "rows", "cols", "batchsize"), REFUSED)
def test_what_the_toolbox_refuses_is_refused_in_its_words(layers, rows, cols, batchsize):
    net, x, y = case(layers, rows, cols, 2)
    opts = Opts(alpha=1, batchsize=batchsize, numepochs=1)
    refusal = trained(dltcnn, net, x, y, opts)
    assert isinstance(refusal, str), "the line-by-line port trains this net"
    assert trained(fast, net, x, y, opts) == refusal


@pytest.mark.parametrize(
    "change",
    [
        lambda net, x, y, opts: (net, x[:, :, None], y, opts),
        lambda net, x, y, opts: (net, x, y[:, :5], opts),
        lambda net, x, y, opts: (net, x, y[:1], opts),
        lambda net, x, y, opts: (net, x, y.astype(np.uint8), opts),
        lambda net, x, y, opts: (net, x[:-1], y, opts),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=4)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=np.int32(1), batchsize=4, numepochs=1)),
        lambda net, x, y, opts: (Net([Layer("i"), layer("2c3")]), x, y, opts),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=4, numepochs=0)),
        lambda net, x, y, opts: (net, x, y, Opts(alpha=1, batchsize=4.0, numepochs=1.9)),
    ],
)
def test_odd_arguments_do_what_they_do_in_the_line_by_line_port(change):
    arguments = change(*case("2c3-2s", 8, 8, 2), Opts(alpha=1, batchsize=4, numepochs=1))
    assert trained(fast, *arguments) == trained(dltcnn, *arguments)


@pytest.mark.parametrize("epochs", [1, 2])
@pytest.mark.parametrize("layers", ["2c3-2s-2c2", "2s-2c3-1s", "2s", ""])
@pytest.mark.parametrize("x_class", ["float64", "float32", "uint8", "bool"])
@pytest.mark.parametrize("y_class", ["float64", "float32", "bool"])
@pytest.mark.parametrize("alpha", [1.0, np.float32(1)])
def test_classes_are_those_of_the_line_by_line_port(epochs, layers, x_class, y_class, alpha):
    net, x, y = case(layers, 8, 8, 2, images=4)
    opts = Opts(alpha=alpha, batchsize=4, numepochs=epochs)
    arguments = net, (x * 3).astype(x_class), y.astype(y_class), opts
    assert trained(fast, *arguments) == trained(dltcnn, *arguments)


def test_single_weights_with_double_images():
    net, x, _ = case("2s-2c3-1s", 8, 8, 2, np.float32)
    assert run(fast.cnnff, net, x.astype(float)) == run(dltcnn.cnnff, net, x.astype(float))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["x", "y", "k", "b", "ffW"])
def test_values_that_are_not_finite_are_refused(where, value):
    net, x, y = (each.copy() for each in case("2c3-2s", 8, 8, 2))
    forwarded = dltcnn.cnnff(net, x)
    for each in (net, forwarded):
        target = {"x": x, "y": y, "k": each.layers[1].k[0][1], "ffW": each.ffW}.get(where)
        if where == "b":
            each.layers[1].b[1] = np.float64(value)
        else:
            target[0, 0, ...] = value
    opts = Opts(alpha=1, batchsize=4, numepochs=1)
    calls = [
        lambda: fast.cnntrain(net, x, y, opts, OctaveRandom(1), False),
        lambda: fast.cnntest(net, x, y),
    ]
    calls += [lambda: fast.cnnff(net, x)] if where != "y" else []
    calls += [lambda: fast.cnnbp(forwarded, y)] if where != "x" else []
    for call in calls:
        with pytest.raises(ValueError, match=rf'{where}.* not finite.*engine="exact"'):
            call()


def test_weights_that_overflow_in_training_are_refused():
    net, x, y = case("2c3-2s", 8, 8, 2, np.float32)
    opts = Opts(alpha=1e39, batchsize=4, numepochs=1)
    with pytest.raises(ValueError, match=r'NaN or Inf.*engine="exact"'):
        fast.cnntrain(net, x, y, opts, OctaveRandom(1), False)


def test_images_beyond_single_are_refused_with_single_weights():
    net, x, _ = case("2c3-2s", 8, 8, 2, np.float32)
    with pytest.raises(ValueError, match="not finite in float32"):
        fast.cnnff(net, x.astype(float) * 1e300)


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_one_object_used_for_two_layers_is_two_layers(family):
    net, x, y = case("2c3-2s-2c2-2s", 12, 12, 2)
    net, opts = net.copy(), Opts(alpha=1, batchsize=4, numepochs=2)
    net.layers[4] = net.layers[2]
    net.layers[3].k[1], net.layers[3].b = net.layers[3].k[0], net.layers[1].b
    results = []
    for module in (fast, dltcnn):
        ff, bp, train = (getattr(module, family + part) for part in ("ff", "bp", "train"))
        results.append((bp(ff(net, x), y), train(net, x, y, opts, OctaveRandom(1))))
    for quick, exact in zip(*results, strict=True):
        quick, exact = fields(quick), fields(exact)
        assert quick.keys() == exact.keys()
        for name, wanted in exact.items():
            np.testing.assert_allclose(quick[name], wanted, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("engine", [fast, dltcnn])
@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_nested_lists_are_taken_as_arrays(family, engine):
    net, x, y = case("2c3-2s", 8, 8, 2)
    er, bad = getattr(engine, family + "test")(net, x.tolist(), y.tolist())
    wanted_er, wanted_bad = getattr(dltcnn, family + "test")(net, x, y)
    assert er == wanted_er and np.array_equal(bad, wanted_bad)


UNUSUAL = {
    "b (1,)": lambda net: setattr(net.layers[1], "b", [np.array([b]) for b in net.layers[1].b]),
    "b (1, 1)": lambda net: setattr(net.layers[1], "b", [np.full((1, 1), 0.1)] * 2),
    "b (1, 1, 1)": lambda net: setattr(net.layers[1], "b", [np.full((1, 1, 1), 0.1)] * 2),
    "k": lambda net: setattr(net.layers[1], "k", [[k.tolist() for k in net.layers[1].k[0]]]),
    "ffW": lambda net: setattr(net, "ffW", net.ffW.tolist()),
    "ffb": lambda net: setattr(net, "ffb", np.ma.array(net.ffb)),
}


@pytest.mark.parametrize("unusual", UNUSUAL)
def test_unusual_weights_are_the_exact_engines(unusual):
    net, x, y = case("2c3-2s", 8, 8, 2)
    net, opts = net.copy(), Opts(alpha=1, batchsize=4, numepochs=1)
    UNUSUAL[unusual](net)
    assert run(fast.cnnff, net, x) == run(dltcnn.cnnff, net, x)
    assert trained(fast, net, x, y, opts) == trained(dltcnn, net, x, y, opts)


@pytest.mark.parametrize("name", ["fv", "o", "a0", "a1"])
def test_unusual_activations_are_the_exact_engines(name):
    net, x, y = case("2c3-2s", 8, 8, 2)
    net = dltcnn.cnnff(net, x)
    if name in ("fv", "o"):
        setattr(net, name, getattr(net, name).tolist())
    else:
        a = net.layers[int(name[1])].a
        a[:] = [each.tolist() for each in a]
    outcomes = []
    for function in (fast.cnnbp, dltcnn.cnnbp):
        try:
            outcomes.append(classes_and_shapes(function(net, y)))
        except (AttributeError, MatlabError, TypeError) as error:  # of the exact engine
            outcomes.append(repr(error))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("threads", [0, -1, 1.5, None])
def test_threads_must_be_a_number_of_threads(threads):
    net, x, y = case("2c3-2s", 8, 8, 2)
    with pytest.raises(ValueError, match="threads="):
        fast.cnntest(net, x, y, threads=threads)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_testing_counts_the_same_images(geometry, threads):
    net, x, y = case(*geometry, images=500)
    er, bad = dltcnn.cnntest(net, x, y)
    quick_er, quick_bad = fast.cnntest(net, x, y, threads=threads)
    assert quick_er == er and np.array_equal(quick_bad, bad)
