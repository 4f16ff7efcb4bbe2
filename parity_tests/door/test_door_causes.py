"""What lies otherwise than the functions want it is named, whatever line would have failed."""

import re

import numpy as np
import pytest

import dltcnn
from dltcnn import MatlabError, Opts, functions
from door.calls import OPTS, X, Y, called, flat, layers, lists, net_of, outcome

LABELS = Y.argmax(0)
FIRST = X.transpose(2, 0, 1)
ALL = ("setup", "train", "test", "ff", "predict")
WITH_Y = ("setup", "train", "test")

# name: (x, y, tasks, what is said)
DATA = {
    "rows of pixels": (flat(X), Y, ALL, r"x is 2-D, 40 x 64: .* give images\(x, 8, 8\) / 255$"),
    "columns of pixels": (flat(X).T, Y, ALL, r"x is 2-D, 64 x 40: .* images\(x.T, 8, 8\) / 255$"),
    "rows of pixels and targets": (
        *(flat(X), Y.T, WITH_Y),
        r"images\(x, 8, 8\) / 255; y is 2-D, 40 x 10: targets are \(classes, N\): give y.T$",
    ),
    "images first": (FIRST, Y, ALL, r"x is 3-D, 40 x 8 x 8: .* give x.transpose\(1, 2, 0\)$"),
    "images and targets first": (
        *(FIRST, Y.T, WITH_Y),
        r"x.transpose\(1, 2, 0\); y is 2-D, 40 x 10: .* give y.T$",
    ),
    "images and a channel first": (
        *(FIRST[:, None], Y, ALL),
        r"x is 4-D, 40 x 1 x 8 x 8: .* give x\[:, 0\].transpose\(1, 2, 0\)$",
    ),
    "images first, a channel last": (FIRST[..., None], Y, ALL, r"give x\[..., 0\].transpose\(1, 2"),
    "a channel before the images": (X[:, :, None], Y, ALL, r"x is 4-D, .* give x\[:, :, 0\]$"),
    "a list of images": (lists(X), Y, ALL, r"x is a list of images: .* give np.stack\(x, axis=2\)"),
    "a list of rows": (FIRST.tolist(), Y, ("setup", "train"), r"give np.stack\(x, axis=2\)"),
    "targets in rows": (
        *(X, Y.T, WITH_Y),
        r"y is 2-D, 40 x 10, and x holds 40 images: .* a column for each image: give y.T$",
    ),
    "more targets": (X[:, :, :30], Y, ("train", "test"), "10 x 40, and x holds 30 images"),
    "fewer targets": (X, Y[:, :30], ("train", "test"), "10 x 30, and x holds 40 images"),
    "images and targets swapped": (Y, X, ("setup", "train"), "y is 3-D, .* were swapped"),
    "class numbers": (
        X,
        LABELS,
        WITH_Y,
        r"1 x 40, class numbers from 0 to 9: .*\(y, 10\)",
    ),
    "class numbers in a row": (X, LABELS[None] * 1.0, WITH_Y, r"give one_of_many\(y, 10\)$"),
    "class numbers in a column": (X, LABELS[:, None], WITH_Y, r"give one_of_many\(y, 10\)$"),
    "class numbers from 1": (X, LABELS + 1, WITH_Y, r"from 1 to 10: .* one_of_many\(y - 1, 10\)"),
    "no images": (
        X[:, :, :0],
        Y,
        ("setup", "train", "test", "ff"),
        "x is 3-D, 8 x 8 x 0, no image",
    ),
    "nothing": (np.zeros((0, 0)), Y, ALL, "x is 2-D, 0 x 0, no image"),
    "no targets": (X, Y[:, :0], ("train", "test"), "y is 2-D, 10 x 0, and x holds 40 images"),
    "signals": (
        *(np.ones((100, 1, 40)), Y, ALL),
        "layer 2: its kernels of 3x3 are larger than the maps of 100x1 below it",
    ),
    "features": (np.ones((2, 40)), Y, ("setup", "train"), "x is 2-D, 2 x 40: .* each column"),
    "a row more": (
        *(np.ones((9, 8, 40)), Y, ALL),
        "layer 3: its scale 2 does not divide the maps of 7x6 below it",
    ),
    "a column more": (np.ones((8, 9, 40)), Y, ALL, "does not divide the maps of 6x7 below it"),
    "large images": (
        *(np.ones((28, 28, 40)), Y, ("train", "test", "ff", "predict")),
        "layer 4: 507 features reach the outputs, expected 27 .* such as 8x8$",
    ),
    "images in between": (
        *(X.transpose(0, 2, 1), Y, ALL),
        r"x is 3-D, 8 x 40 x 8: .* the second axis holds the images: give x.transpose\(0, 2, 1\)$",
    ),
    "colours before the images": (
        *(np.stack([X, X, X], 2), Y, ALL),
        r"x is 4-D, 8 x 8 x 3 x 40: .* of one channel: .* to the acnn functions$",
    ),
    "colours last": (np.stack([X, X, X], 3), Y, ALL, r"4-D, 8 x 8 x 40 x 3: .* of one channel"),
    "colours, images first": (
        np.stack([FIRST] * 3, 3),
        Y,
        ALL,
        "4-D, 40 x 8 x 8 x 3: .* one channel",
    ),
    "one row of pixels": (
        *(X[:, :, 0].ravel(), Y[:, :1], ("train", "test", "ff", "predict")),
        r"x is 1-D, 64: .* give images\(\[x\], 8, 8\)$",
    ),
    "labels of two classes": (X, LABELS > 4, ("train", "test"), r"give one_of_many\(y, 10\)$"),
    "targets of two outputs": (X, Y[:2], ("train", "test"), "2 x 40, and the net has 10 outputs"),
    "targets of one output": (
        X,
        Y[:1] / 2,
        ("train", "test"),
        "1 x 40, and the net has 10 outputs",
    ),
    "one number": (X, 3, ("train", "test"), "1 x 1, and x holds 40 images"),
    "targets of one image": (
        *(X[:, :, :1], Y[:, 0], ("train",)),
        r"1 x 10, and x holds 1 images: .* give y.reshape\(-1, 1\)$",
    ),
    "tiny images": (np.ones((2, 2, 40)), Y, ALL, "kernels of 3x3 are larger than the maps of 2x2"),
}
CASES = [
    pytest.param(family, task, *DATA[name][:2], DATA[name][3], id=f"{name}-{family}{task}")
    for name in DATA
    for task in DATA[name][2]
    for family in ("cnn", "acnn")
]


@pytest.mark.parametrize(("family", "task", "x", "y", "says"), CASES)
def test_the_cause_is_named(family, task, x, y, says):
    net = layers() if task == "setup" else net_of(family)
    error, warned = outcome(dltcnn, family, task, net, x, y)
    assert_said(error, warned, says)
    inner, _ = outcome(functions, family, task, net, x, y)
    if family == "cnn" and task != "predict":
        assert_toolbox(error, warned, inner)
    else:
        assert error


def assert_said(error, warned, says):
    """Demand the cause as the refusal, its remedy or the warning, and once."""
    wording = [*warned, *([getattr(error, "remedy", None) or str(error)] if error else [])]
    assert len([each for each in wording if re.search(says, each)]) == 1, wording


def assert_toolbox(error, warned, inner):
    """Demand the toolbox's words where it fails, a warning where it runs on."""
    if inner is None:
        assert error is None and warned
    elif isinstance(error, MatlabError):
        assert (error.message, error.line) == (inner.message, inner.line) and not warned
    else:
        raise AssertionError("only what would fill the memory is refused")


@pytest.mark.parametrize("family", ["cnn", "acnn"])
@pytest.mark.parametrize(
    ("y", "says"),
    [
        (Y.T, "y is 2-D, 40 x 10, and the net's last batch had 40 images: .* give y.T"),
        (Y[:, :30], "10 x 30, and the net's last batch had 40 images"),
        (Y[:, :1], "10 x 1, and the net's last batch had 40 images"),
        (LABELS, "class numbers from 0 to 9"),
    ],
)
def test_targets_of_another_batch(family, y, says):
    net = called(functions, family, "ff", net_of(family), X, None)
    error, warned = outcome(dltcnn, family, "bp", net, None, y)
    assert_said(error, warned, says)


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_gradients_of_another_batch(family):
    net = called(functions, family, "ff", net_of(family), X[:, :, :4], None)
    net = called(functions, family, "bp", net, None, Y[:, :4])
    error, warned = outcome(dltcnn, family, "numgradcheck", net, X[:, :, :6], Y[:, :6])
    assert error
    assert "x holds 6 images, and the net's last batch had 4" in str(error) + str(warned)
    error, _ = outcome(dltcnn, family, "numgradcheck", net, X[:, :, :4], Y[:, :4].T)
    assert error and "give y.T" in str(error)


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (30, r"is 30, and x holds 40 images: .* such as 20, or leave images out, .*:30\]$"),
        (7, r"such as 5, or leave images out, as in x\[:, :, :35\] and y\[:, :35\]$"),
        (50, "give a number that divides them, such as 40$"),
        (1, "takes no batch of one image, acnntrain does$"),
    ],
)
def test_batches(size, says):
    opts = Opts(alpha=1, batchsize=size, numepochs=1)
    error, warned = outcome(dltcnn, "cnn", "train", net_of("cnn"), X, Y, opts)
    assert isinstance(error, MatlabError) and not warned
    assert re.search(says, error.remedy)
    assert outcome(dltcnn, "acnn", "train", net_of("acnn"), X, Y, opts) == (None, [])


@pytest.mark.parametrize("size", [0, -2, 1.7, np.nan, np.array([2.0, 3.0])])
def test_batches_of_no_whole_number(size):
    opts = Opts(alpha=1, batchsize=size, numepochs=1)
    error, warned = outcome(dltcnn, "cnn", "train", net_of("cnn"), X, Y, opts)
    says = "give one whole number that divides the 40 images"
    assert says in (error.remedy if error else warned[0])


def test_a_missing_field_keeps_its_own_remedy():
    error, _ = outcome(dltcnn, "cnn", "ff", layers(), flat(X), None)
    assert error.remedy
    opts = Opts(alpha=1, numepochs=1)
    error, _ = outcome(dltcnn, "cnn", "train", net_of("cnn"), X, Y[:, :30], opts)
    assert error.message == "structure has no member 'batchsize'"
    assert error.remedy == "opts.batchsize must be one number that divides size(x, 3)"


def test_channels():
    first = dltcnn.Layer("i", channels=3)
    net = dltcnn.Net([first, dltcnn.Layer("c", outputmaps=2, kernelsize=3)])
    x = np.ones((8, 8, 3, 20))
    net = functions.acnnsetup(net, x, Y[:, :20], dltcnn.OctaveRandom(0))
    assert outcome(dltcnn, "acnn", "train", net, x, Y[:, :20], OPTS) == (None, [])
    for axes, remedy in ((3, 2, 0, 1), "x.transpose(2, 3, 1, 0)"), ((3, 0, 1, 2), "(1, 2, 3, 0)"):
        error, _ = outcome(dltcnn, "acnn", "ff", net, x.transpose(axes), None)
        assert remedy in str(error) and "images are (rows, cols, 3, N)" in str(error)


def test_one_image_is_no_batch():
    error, _ = outcome(dltcnn, "cnn", "train", net_of("cnn"), X[:, :, :1], Y[:, :1])
    assert error.remedy.startswith("x holds 1 image: the toolbox takes no batch of one image")
    assert outcome(dltcnn, "acnn", "train", net_of("acnn"), X[:, :, :1], Y[:, :1]) == (None, [])


class Table:
    """What numpy takes as an array, such as another library's table or tensor."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return self.values


@pytest.mark.parametrize("family", ["cnn", "acnn"])
@pytest.mark.parametrize("task", ALL)
def test_what_numpy_takes_as_an_array_is_one(family, task):
    net = layers() if task == "setup" else net_of(family)
    assert outcome(dltcnn, family, task, net, Table(X), Table(Y)) == (None, [])
    error, warned = outcome(dltcnn, family, task, net, Table(flat(X)), Table(Y))
    assert_said(error, warned, r"give images\(x, 8, 8\)")


@pytest.mark.parametrize("family", ["cnn", "acnn"])
def test_last_dimensions_of_one_are_none(family):
    for task in ALL:
        net = layers() if task == "setup" else net_of(family)
        assert outcome(dltcnn, family, task, net, X[..., None], Y[..., None]) == (None, [])


@pytest.mark.parametrize(
    "name", ["more targets", "class numbers in a row", "colours last", "targets of one output"]
)
def test_a_warning_comes_before_the_work(name):
    x, y = DATA[name][:2]
    rng = dltcnn.OctaveRandom(0)
    before = rng.state
    with pytest.raises(dltcnn.DltWarning):  # an error here, as in all tests
        dltcnn.cnntrain(net_of("cnn"), x, y, OPTS, rng, verbose=False)
    assert np.array_equal(rng.state, before)


@pytest.mark.parametrize(
    ("sizes", "says"),
    [
        ({"kernelsize": (3, 9)}, "layer 2: its kernels of 3x9 are larger than the maps of 8x8"),
        ({"kernelsize": np.array([9, 3])}, "layer 2: its kernels of 9x3 are larger"),
        ({"scale": (2, 4)}, "layer 3: its scale 2x4 does not divide the maps of 6x6"),
        ({"scale": [4, 4]}, "layer 3: its scale 4 does not divide"),
    ],
)
def test_sizes_of_two_numbers(sizes, says):
    error, _ = outcome(dltcnn, "acnn", "setup", layers(**sizes), X, Y)
    assert says in error.remedy


def test_a_net_with_a_hidden_layer():
    net = layers()
    net.layers.append(dltcnn.Layer("f", units=5))
    net = functions.acnnsetup(net, X, Y, dltcnn.OctaveRandom(0))
    for task in ("train", "test", "ff", "predict"):
        assert outcome(dltcnn, "acnn", task, net, X, Y) == (None, [])
        error, warned = outcome(dltcnn, "acnn", task, net, flat(X), Y)
        assert_said(error, warned, r"give images\(x, 8, 8\) / 255$")
        error, warned = outcome(dltcnn, "acnn", task, net, np.ones((10, 10, 40)), Y)
        assert_said(error, warned, "layer 4: 48 features reach it, expected 27 .* such as 8x8$")
