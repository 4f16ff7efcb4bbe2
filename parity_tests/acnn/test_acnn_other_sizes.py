"""Images of another size than at setup, normalization given up, masks, and what the hints say."""

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import Layer, MatlabError, Net, OctaveRandom, Opts
from dltcnn.functions import acnnapplygrads, acnnbp, acnnff, acnnsetup, acnntrain
from dltparity.octave.errors import OctaveError
from dltparity.traces.trace import net_fields

X = np.random.default_rng(0).random((8, 8, 4))
Y = np.eye(3)[:, [0, 1, 2, 0]]
ENGINES = ("lines", "auto")


def set_up(*layers, **net):
    return acnnsetup(Net([Layer("i"), *layers], **net), X, Y, OctaveRandom(0))


def pooled():
    convolutions = (Layer("c", outputmaps=2, kernelsize=n) for n in (3, 2))
    first, second = convolutions
    return set_up(first, Layer("s", scale=2), second)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("rows", "cols", "wording"),
    [
        (9, 8, r"layer 3: maps of 7x6 reach it, expected maps that its windows of 2x2 fit: run"),
        (8, 9, r"layer 3: maps of 6x7 reach it, expected maps that its windows of 2x2 fit: run"),
        (2, 9, r"layer 2: maps of 2x9 reach it, expected maps that its windows of 3x3 fit: run"),
        (10, 8, r"layer 5: 12 features reach it, expected 8: run acnnsetup"),
    ],
)
def test_images_of_another_size_are_refused(acnn_session, engine, rows, cols, wording):
    x = np.zeros((rows, cols, 4))
    with pytest.raises(MatlabError, match=wording) as ours:
        acnnff(pooled(), x, engine=engine)
    with pytest.raises(MatlabError, match=wording):
        acnntrain(
            pooled(), x, Y, Opts(alpha=1, batchsize=2, numepochs=1), OctaveRandom(0), False,
            engine=engine,
        )  # fmt: skip
    acnn_session.give("net", pooled())
    acnn_session.give("x", x)
    with pytest.raises(OctaveError) as theirs:
        acnn_session.eval("acnnff(net, x);")
    assert (theirs.value.message, theirs.value.line) == (ours.value.message, ours.value.line)


def test_mean_and_deviation_go_with_the_option(acnn_session):
    net = set_up(Layer("f", units=2), normalize="set")
    assert {"mu", "sigma"} <= vars(net).keys()
    del net.normalize
    again = acnnsetup(net, X, Y, OctaveRandom(0))
    assert not {"mu", "sigma"} & vars(again).keys()
    acnn_session.give("in", {"net": net, "x": X, "y": Y})
    acnn_session.eval("rand('state', 0); net = acnnsetup(in.net, in.x, in.y);")
    assert_same(acnn_session.fields("net"), net_fields(again))


MASKS = {
    "a map that takes no part": [[-np.inf, 0.0], [0.0, 1.0], [2.0, 3.0]],
    "logits 2e308 apart": [[-1e308, 0.0], [1e308, 1.0], [2.0, 3.0]],
    "weights that underflow": [[-800.0, 0.0], [0.0, -900.0], [2.0, 3.0]],
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mask", MASKS)
def test_entropy_of_a_mask(acnn_session, engine, mask):
    net = set_up(
        Layer("c", outputmaps=3, kernelsize=3),
        Layer("a", outputmaps=2, kernelsize=2, lam=0.1, penalty="entropy"),
    )
    net.layers[2].c = np.array(MASKS[mask])
    opts = Opts(alpha=1.0, batchsize=2, numepochs=2)
    step = acnnapplygrads(acnnbp(acnnff(net, X, engine=engine), Y, engine=engine), opts)
    assert not any(np.isnan(value).any() for value in net_fields(step).values())
    gone = step.layers[2].A == 0
    assert gone.any()
    assert (step.layers[2].dc[gone] == 0).all()
    kept = np.where(gone, 1.0, step.layers[2].A)
    entropy = -0.1 * (kept * np.log(kept)).sum()
    loss = 0.5 * (step.e**2).sum() / 4 + entropy
    assert abs(step.L - loss) <= 1e-14 * loss
    acnn_session.give("in", {"net": net, "x": X, "y": Y, "opts": opts})
    acnn_session.eval(
        "net = acnnapplygrads(acnnbp(acnnff(in.net, in.x), in.y), in.opts);"
        "rand('state', 0); trained = acnntrain(in.net, in.x, in.y, in.opts);"
    )
    assert_same(acnn_session.fields("net"), net_fields(step))
    trained = acnntrain(net, X, Y, opts, OctaveRandom(0), False, engine=engine)
    assert_same(acnn_session.fields("trained"), net_fields(trained))


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (lambda net: acnnbp(net, Y), "run acnnff first"),
        (lambda net: acnnapplygrads(net, Opts(alpha=1.0)), "run acnnbp first"),
    ],
)
def test_hints_name_the_functions_of_the_family(call, hint):
    with pytest.raises(Exception, match="no member") as error:
        call(pooled())
    assert hint in str(error.value)
    assert "run cnn" not in str(error.value)
