"""The quick engine: the same fields as the line-by-line functions, to an error of the same size."""

import importlib
import threading

import numpy as np
import pytest

import dltcnn
from dltcnn import OctaveRandom, Opts, cnnnumgradcheck, fast
from dltcnn.fast import batch
from fast.nets import EXAMPLE, U, Unshuffled, case, classes_and_shapes, fields

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
    ("2c3-2s-3c4-3s-2c3-2s", 44, 32, 3),  # each block takes its input where the last leaves it
]


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


@pytest.mark.parametrize(
    ("dtype", "weight", "bias"),
    [
        *[(np.float64, -750, 750), (np.float64, -711, 5), (np.float64, -710, 1.38)],
        *[(np.float32, -90, 90), (np.float32, -90, 5), (np.float32, -88.8, 1.38)],
    ],
)
@pytest.mark.parametrize("layers", ["1c1", "1c1-1s-1c1"])
def test_no_activation_is_lost_where_the_exponential_overflows(layers, dtype, weight, bias):
    net, x, _ = case(layers, 2, 2, 1, dtype)
    first, last = net.layers[1], net.layers[-1]
    first.k[0][0][...] = 1000  # its sigmoids are 1
    last.k[0][0][...], last.b[0] = weight / (10 if last is first else 1), dtype(bias)
    x = np.full_like(x, 10)
    exact, quick = (each(net, x).layers[-1].a[0] for each in (dltcnn.cnnff, fast.cnnff))
    assert exact.min() > 0
    assert np.allclose(quick, exact, rtol=4 * U[dtype], atol=0)


def test_no_activation_is_lost_where_the_square_of_a_weight_underflows():
    net, x, _ = case("1c1", 2, 2, 1, np.float32)
    net.layers[1].k[0][0][...], net.layers[1].b[0] = -1e-23, np.float32(60)
    x = np.full_like(x, 1e25)
    exact, quick = (each(net, x).layers[-1].a[0] for each in (dltcnn.cnnff, fast.cnnff))
    assert exact.min() > 0
    assert np.allclose(quick, exact, rtol=4 * U[np.float32], atol=0)


@pytest.mark.parametrize("geometry", [("2c3", 8, 8, 2), ("2c3-2s-2c2", 8, 8, 2)])
def test_changed_feature_vectors_count(geometry):
    net, x, y = case(*geometry)
    net = dltcnn.cnnff(net, x)
    net.fv = np.random.default_rng(0).random(net.fv.shape)
    exact, quick = fields(dltcnn.cnnbp(net, y)), fields(fast.cnnbp(net, y))
    for name, wanted in exact.items():
        assert np.allclose(quick[name], wanted, rtol=1e-12, atol=1e-15), name


@pytest.mark.parametrize("kind", [np.array, tuple])
def test_arrays_and_tuples_of_cells_are_the_quick_engines_too(kind, monkeypatch):
    net, x, y = case("2c3-2s", 8, 8, 3)
    wanted, net = fast.cnnbp(fast.cnnff(net, x), y), net.copy()
    layer = net.layers[1]
    layer.b, layer.k = kind(layer.b), kind([kind(row) for row in layer.k])
    for name in ("cnnff", "cnnbp"):
        monkeypatch.setattr(importlib.import_module(f"dltcnn.fast.{name}"), "exact", None)
    found = fast.cnnbp(fast.cnnff(net, x), y)
    assert np.array_equal(found.layers[1].dk[0][1], wanted.layers[1].dk[0][1])


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


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_testing_counts_the_same_images(geometry, threads):
    net, x, y = case(*geometry, images=500)
    er, bad = dltcnn.cnntest(net, x, y)
    quick_er, quick_bad = fast.cnntest(net, x, y, threads=threads)
    assert quick_er == er and np.array_equal(quick_bad, bad)
