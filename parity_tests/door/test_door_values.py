"""Values that the functions run on with, and were not made for."""

import tracemalloc

import numpy as np
import pytest

import dltcnn
from dltcnn import Opts, functions
from dltcnn.door.findings import findings
from dltcnn.door.given import understood
from door.calls import X, Y, called, layers, net_of, outcome


@pytest.mark.parametrize("family", ["cnn", "acnn"])
@pytest.mark.parametrize("task", ["train", "test", "ff", "predict"])
@pytest.mark.parametrize(
    ("x", "remedy"),
    [
        (np.uint8(X * 255), "give x / 255,"),
        (np.int16(X * 255), "give x / 255,"),
        (X * 255, "give x / 255,"),
        (np.float32(X * 16), "give x / 16,"),
        (X * 255 - 128, "give x / 255,"),
        (X * 1.5, "give x / 1.5,"),
        (np.int16(X * 1000), "give x / 1000,"),
    ],
)
def test_undivided_images(family, task, x, remedy):
    error, (warned,) = outcome(dltcnn, family, task, net_of(family), x, Y)
    assert error is None
    assert warned.startswith("x holds values up to") and remedy in warned


@pytest.mark.parametrize(
    "x",
    [X, np.uint8(X > 0.5), X > 0.5, (X - X.mean()) / X.std(), X * np.nan, np.full_like(X, np.inf)],
)
def test_images_in_range_and_standardised_ones_are_none_of_them(x):
    for family in ("cnn", "acnn"):
        for task in ("train", "test", "ff", "predict"):
            assert outcome(dltcnn, family, task, net_of(family), x, Y) == (None, [])


def test_a_net_that_normalizes_takes_any_images():
    net = functions.acnnsetup(layers(normalize="set"), X * 255, Y, dltcnn.OctaveRandom(0))
    assert outcome(dltcnn, "acnn", "train", net, X * 255, Y) == (None, [])


@pytest.mark.parametrize("y", [Y * 2 - 1, Y * 60])
def test_targets_that_no_output_reaches(y):
    error, (warned,) = outcome(dltcnn, "cnn", "train", net_of("cnn"), X, y)
    assert error is None and warned.startswith(f"y holds values from {y.min():g} to {y.max():g}")
    assert outcome(dltcnn, "cnn", "test", net_of("cnn"), X, y) == (None, [])


@pytest.mark.parametrize("alpha", [np.nan, np.inf, -np.inf, np.float32("nan")])
@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_a_learning_rate_that_is_no_number(family, alpha):
    opts = Opts(alpha=alpha, batchsize=10, numepochs=1)
    error, (warned,) = outcome(dltcnn, family, "train", net_of(family), X, Y, opts)
    assert error is None and warned.startswith(f"opts.alpha is {alpha}: no weight stays finite")


def test_one_output_is_acnns():
    y = Y[:1]
    error, (warned,) = outcome(dltcnn, "cnn", "test", net_of("cnn", y), X, y)
    assert error is None and "use acnntest" in warned
    assert outcome(dltcnn, "acnn", "test", net_of("acnn", y), X, y) == (None, [])
    for family in ("cnn", "acnn"):
        assert outcome(dltcnn, family, "train", net_of(family, y), X, y) == (None, [])


@pytest.mark.parametrize("rows", [1, 2])
def test_a_regression_has_no_wrong_classes(rows):
    y = np.linspace(10, 60, rows * 40).reshape(rows, 40)
    net = net_of("acnn", y, activation="linear")
    assert outcome(dltcnn, "acnn", "train", net, X, y) == (None, [])
    error, _ = outcome(dltcnn, "acnn", "test", net, X, y)
    says = "0 and 1 as targets" if rows == 1 else "two values, one for"
    for each in ("y holds values from 10 to 60: ", says, "acnnloss(acnnff(net, x), y)[0]"):
        assert each in str(error)


@pytest.mark.parametrize(
    ("y", "classes"),
    [
        (Y, True),
        (Y * 2 - 1, True),
        (Y * 0.9 + 0.05, True),  # smoothed
        (Y * 50 + 10, True),
        (Y + X.mean((0, 1)), False),
        (Y * np.arange(40), False),
        (Y[:1], True),
        (Y[:1] * 2 - 1, True),
        (Y[:1] * 0, True),
        (Y[:1] * 0 + 37.5, False),
        (Y[:1] * 50 + 10, False),
        (Y[:1] - 1, False),  # both below 0.5
    ],
)
def test_classes_of_linear_outputs_have_two_values(y, classes):
    net = net_of("acnn", y, activation="linear")
    error, warned = outcome(dltcnn, "acnn", "test", net, X, y)
    assert (error is None) == classes and not warned


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_what_would_fill_the_memory_is_refused_before_it_does(family):
    x = np.broadcast_to(np.uint8(0), (60000, 784))
    y = np.broadcast_to(np.uint8(0), (60000, 10))
    tracemalloc.start()
    try:
        for targets in (y, y.T):
            error, _ = outcome(dltcnn, family, "setup", layers(5), x, targets)
            assert "x is 2-D, 60000 x 784" in str(error)
        error, _ = outcome(dltcnn, family, "predict", net_of(family), x, None)
        assert error
        x = np.broadcast_to(np.uint8(0), (3_000_000, 8, 8))
        y = np.broadcast_to(np.uint8(0), (10, 3_000_000))
        for task in ("ff", "test", "train"):
            opts = Opts(alpha=1, batchsize=8, numepochs=1)
            error, _ = outcome(dltcnn, family, task, net_of(family), x, y, opts)
            assert "x is 3-D, 3000000 x 8 x 8" in str(error) and not hasattr(error, "line")
        assert tracemalloc.get_traced_memory()[1] < 2**23
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_nothing_is_said_where_nothing_is_wrong(family):
    net = called(dltcnn, family, "setup", layers(), X, Y)
    for x, y in (
        (X, Y),
        (X[:, :, :10], Y[:, :10]),
        (np.float32(X), Y > 0),
        (X.tolist(), Y.tolist()),
    ):
        for task in ("train", "ff", "test", "predict"):
            assert outcome(dltcnn, family, task, net, x, y) == (None, [])
    assert outcome(dltcnn, family, "setup", layers(), X[:, :, :1], Y) == (None, [])
    assert outcome(dltcnn, family, "setup", layers(), X[:, :, 0], Y[:, :1]) == (None, [])
    assert outcome(dltcnn, family, "predict", net, X[:, :, 0], None) == (None, [])


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_a_setup_looks_at_no_values(family):
    assert outcome(dltcnn, family, "setup", layers(), X * 255, Y * 60) == (None, [])


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_a_net_that_holds_another_batch_takes_any(family):
    net = called(functions, family, "ff", net_of(family), X[:, :, :4], None)
    net = called(functions, family, "bp", net, None, Y[:, :4])
    for task in ("train", "ff", "test", "predict"):
        assert outcome(dltcnn, family, task, net, X, Y) == (None, [])


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_no_images_have_no_labels(family):
    assert outcome(dltcnn, family, "predict", net_of(family), X[:, :, :0], None) == (None, [])


def test_large_data_that_lies_as_it_should_is_not_refused():
    x = np.broadcast_to(np.uint8(0), (8, 8, 3_000_000))
    y = np.broadcast_to(np.uint8(0), (10, 3_000_001))
    found = findings(understood("cnntest", {"net": net_of("cnn"), "x": x, "y": y}))
    assert "y is 2-D, 10 x 3000001" in found.cause and not found.refused


def test_the_warning_is_at_the_callers_line():
    with pytest.warns(dltcnn.DltWarning) as wording:
        dltcnn.cnnff(net_of("cnn"), X * 255)
    assert wording[0].filename == __file__


class OwnStream:
    """A user's stream that calls ported functions itself."""

    def __init__(self):
        self.stream, self.seen, self.net = dltcnn.OctaveRandom(0), set(), net_of("cnn")

    def _look(self):
        self.seen.add(type(dltcnn.cnnff(self.net, X).o))

    def rand(self, *sizes):
        self._look()
        return self.stream.rand(*sizes)

    def randperm(self, n):
        self._look()
        return self.stream.randperm(n)


@pytest.mark.parametrize("engine", ["lines", "auto"])
def test_from_a_users_stream_a_ported_function_gives_numpys_arrays(engine):
    own = OwnStream()
    net = dltcnn.cnnsetup(layers(), X, Y, own)
    opts = Opts(alpha=1, batchsize=10, numepochs=1)
    dltcnn.cnntrain(net, X, Y, opts, own, verbose=False, engine=engine)
    assert own.seen == {np.ndarray}
