"""acnnsetup alone, against its .m file: weights, normalization, refusals, a second setup."""

from dataclasses import replace

import numpy as np
import pytest

from acnn.nets import NETS, A, C, S, X, Y, mixed
from both_sides.acnn import same_outcome
from both_sides.functions import unlike
from dltcnn import Layer, Net, Opts
from dltcnn.functions import acnnapplygrads, acnnbp, acnnff, acnnsetup
from dltparity.cases.random_acnn import AcnnCase
from dltparity.comparison.acnn_rows import compare_acnn, first_acnn_divergence
from dltparity.comparison.fields import different_bits
from dltparity.traces.acnn import octave_trace, port_trace
from dltparity.traces.trace import field_name


def set_up(session, layers, x, y=Y, **fields):
    """What acnnsetup makes of a net, on both sides."""
    first = Layer("i", channels=x.shape[2]) if x.ndim > 3 else Layer("i")
    return same_outcome(session, acnnsetup, Net([first, *layers], **fields), x, y)


@pytest.mark.parametrize("classes", [1, 3])
@pytest.mark.parametrize("name", NETS)
def test_weights_of_every_layer(acnn_session, rng, name, classes):
    layers, shape = NETS[name]
    assert isinstance(set_up(acnn_session, layers, rng.random(shape), Y[:classes]), dict)


REFUSED = {
    "taller kernels": ([Layer("c", **C | {"kernelsize": (5, 2)})], (4, 9, 2)),
    "wider kernels": ([Layer("s", **S), Layer("a", **A | {"kernelsize": (2, 4)})], (8, 6, 2)),
    "kernels a hundred times as large": ([Layer("c", **C | {"kernelsize": 400})], (4, 5, 2)),
    "rows that are not divided": ([Layer("c", **C), Layer("s", scale=(2, 3))], (4, 7, 2)),
    "columns that are not divided": ([Layer("c", **C), Layer("s", scale=(3, 2))], (4, 6, 2)),
    "a window larger than the maps": ([Layer("s", scale=8)], (4, 4, 2)),
    "a window after a window": ([Layer("s", **S), Layer("s", **S)], (6, 4, 2)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_layers_that_do_not_fit_the_images(acnn_session, rng, name):
    layers, shape = REFUSED[name]
    message, line = set_up(acnn_session, layers, rng.random(shape))
    assert message.startswith(f"layer {len(layers) + 1}: its ")
    assert line in ("acnnsetup.m:27", "acnnsetup.m:43")


@pytest.mark.parametrize("layers", [[], [Layer("c", **C), Layer("f", units=3)]], ids=len)
@pytest.mark.parametrize("shape", [(0, 6), (0, 0), (1, 6), (2, 0), (3, 6, 2), (3, 1)], ids=str)
def test_only_the_rows_of_the_targets_count(acnn_session, shape, layers):
    outcome = set_up(acnn_session, layers, X, np.zeros(shape))
    if shape[0]:
        assert outcome["ffb"].shape == (shape[0], 1)
    else:
        assert outcome[0].startswith(f"layer {len(layers) + 2}: targets of size ")


IMAGES = unlike(3, 4, 5)
NORMALIZED = {
    "some images": 20 * IMAGES + 27,
    "two images": unlike(3, 4, 2),
    "one image": unlike(3, 4),
    "one pixel": unlike(1, 1, 5),
    "one pixel of two images": unlike(1, 1, 2),
    "one pixel of one image": np.array([[0.3]]),
    "single": IMAGES.astype(np.float32),
    "bytes": (127 * IMAGES + 128).astype(np.uint8),
    "signed bytes": (128 * IMAGES).astype(np.int8),
    "logical": IMAGES < 0,
    "one value": np.full((3, 4, 5), 2.5),
    "deviations of 1": np.tile([[[-1.0, 0.0, 1.0]]], (3, 4, 1)),
    "NaN and Inf": np.where(IMAGES < -0.9, np.nan, np.inf),
    "one NaN": np.where(np.arange(60).reshape(3, 4, 5) == 17, np.nan, 1.5),
    "signed zeros": np.where(IMAGES < 0, 0.0, -0.0),
    "a constant pixel": np.concatenate([IMAGES[:2], np.ones((1, 4, 5))]),
}


@pytest.mark.parametrize("normalize", ["set", "pixel"])
@pytest.mark.parametrize("name", NORMALIZED)
def test_mean_and_deviation(acnn_session, name, normalize):
    fields = set_up(acnn_session, [], NORMALIZED[name], normalize=normalize)
    assert fields["mu"].dtype == fields["sigma"].dtype == float
    size = (1, 1) if normalize == "set" else NORMALIZED[name].shape[:2]
    assert fields["mu"].shape == fields["sigma"].shape == size


@pytest.mark.parametrize("normalize", ["set", "pixel"])
@pytest.mark.parametrize("shape", [(3, 4, 2, 5), (3, 4, 3, 1), (1, 1, 3, 2)], ids=str)
def test_mean_and_deviation_of_channels(acnn_session, rng, shape, normalize):
    fields = set_up(acnn_session, [], rng.random(shape), normalize=normalize)
    assert fields["mu"].size == (1 if normalize == "set" else np.prod(shape[:3]))


LEFT = (
    *("a", "d", "k", "dk", "b", "db", "beta", "dbeta", "pool", "p", "c", "dc", "A", "dA"),
    *("W", "dW", "fv"),
)


@pytest.mark.parametrize("name", LEFT)
def test_nothing_of_an_earlier_setup_is_left(acnn_session, name):
    net = mixed()
    before = same_outcome(acnn_session, acnnsetup, net, X, Y)
    for layer in net.layers[1:]:
        deep = name in ("k", "dk", "p")
        cells = [[7.0] * 9 for _ in range(9)] if deep else [7.0] * 9
        setattr(layer, name, cells if hasattr(Layer("c"), name) else np.full((9, 9), 7.0))
    after = same_outcome(acnn_session, acnnsetup, net, X, Y)
    assert before.keys() == after.keys()
    assert not any(different_bits(before[path], after[path]).any() for path in before)


def test_a_net_that_was_changed_after_a_step(acnn_session):
    net = acnnapplygrads(acnnbp(acnnff(mixed(shared=False), X), Y), Opts(alpha=1.0))
    net.layers[1].outputmaps, net.layers[2].shared, net.layers[4].units = 2, True, 3
    fields = same_outcome(acnn_session, acnnsetup, net, X, Y)
    assert "layers{2}.b{2}" in fields
    assert "layers{2}.b{3}" not in fields


NUMBERS = (
    {"type": "i"},
    {"type": "c", "outputmaps": np.int8(3), "kernelsize": np.float32(3)},
    {"type": "a", "outputmaps": np.uint8(2), "kernelsize": np.array([2, 2], np.int16)},
    {"type": "s", "scale": np.float32(2), "trainable": np.uint8(1)},
    {"type": "f", "units": np.int32(4)},
)
GIVEN = {"outputmaps", "kernelsize", "scale", "trainable", "units", "lam"}


def test_the_class_of_a_layers_numbers_does_not_matter(acnn_session):
    layers = [*NUMBERS, NUMBERS[-1]]
    layers[2] = layers[2] | {"lam": np.float32(0.25), "penalty": "entropy"}
    case = AcnnCase("numbers", tuple(layers), {}, X, Y, batchsize=np.uint8(4), logits=(1,))
    theirs, ours = octave_trace(acnn_session, case), port_trace(case)
    theirs = {path: value for path, value in theirs.items() if field_name(path) not in GIVEN}
    ours = {path: value for path, value in ours.items() if field_name(path) not in GIVEN}
    assert first_acnn_divergence(compare_acnn(theirs, ours)) is None
    assert {value.dtype for value in theirs.values()} == {np.dtype(float)}
    plain = [{k: v.tolist() if hasattr(v, "tolist") else v for k, v in y.items()} for y in layers]
    same = port_trace(replace(case, layers=tuple(plain), batchsize=4))
    assert not any(different_bits(same[path], ours[path]).any() for path in ours)
