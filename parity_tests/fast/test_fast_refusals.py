"""What the quick engine refuses, and what it leaves to the line-by-line functions."""

import numpy as np
import pytest

import dltcnn
from dltcnn import Layer, MatlabError, Net, OctaveRandom, Opts, fast
from fast.nets import case, classes_and_shapes, fields, layer

REFUSED = [  # layers, rows, cols, batch size
    ("2c3-2c3-1s", 8, 8, 4),
    ("2c3-2s-2s", 10, 10, 4),
    ("2c9-1s", 8, 8, 4),
    ("2c9", 8, 8, 4),
    ("2c3-2s", 8, 8, 1),
    ("2c3-2s", 8, 8, 5),
    ("2c3-2s-2C1", 8, 8, 4),
]


def run(function, *args):
    """What a call gives: the fields, or the words of the refusal."""
    try:
        return classes_and_shapes(function(*args))
    except MatlabError as error:
        return str(error)


def trained(module, net, x, y, opts):
    return run(lambda: module.cnntrain(net, x, y, opts, OctaveRandom(1), False))


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # of an unknown type
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


@pytest.mark.parametrize("threads", [0, -1, 1.5, None, True])
def test_threads_must_be_a_number_of_threads(threads):
    net, x, y = case("2c3-2s", 8, 8, 2)
    with pytest.raises(ValueError, match="threads="):
        fast.cnntest(net, x, y, threads=threads)
