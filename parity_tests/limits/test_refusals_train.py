"""What training and testing refuse, on both sides, and what is said of unset nets."""

import numpy as np
import pytest

from both_sides.functions import Live, images
from both_sides.refusals import (
    EMPTY_OR_ONE,
    OPTS,
    Refusal,
    assert_port_refuses,
    give,
    port_training,
)
from dltcnn import (
    MatlabError,
    Net,
    OctaveRandom,
    Opts,
    cnnapplygrads,
    cnnbp,
    cnnff,
    cnnsetup,
    cnntest,
    cnntrain,
)
from dltparity.cases.shorthand import build, parse
from dltparity.octave.errors import OctaveError

TRAINING = [
    Refusal(
        "batch size does not divide",
        "2c3-2s",
        "numbatches not integer",
        "cnntrain.m:5",
        opts={"alpha": 1, "batchsize": 3, "numepochs": 1},
    ),
    Refusal(
        "batch size 0",
        "2c3-2s",
        "numbatches not integer",
        "cnntrain.m:5",
        opts={"alpha": 1, "batchsize": 0, "numepochs": 1},
    ),
    Refusal(
        "batch size 1",
        "2c3-2s",
        EMPTY_OR_ONE,
        "cnnff.m:11",
        opts={"alpha": 1, "batchsize": 1, "numepochs": 1},
    ),
    Refusal(
        "batch size missing",
        "2c3-2s",
        "structure has no member 'batchsize'",
        "cnntrain.m:3",
        opts={"alpha": 1, "numepochs": 1},
    ),
    Refusal(
        "int32 alpha",
        "2c3-2s",
        "binary operator '*' not implemented for 'int32 matrix' by 'matrix' operations",
        "cnnff.m:37",
        opts={"alpha": np.int32(1), "batchsize": 2, "numepochs": 1},
    ),
]


@pytest.mark.parametrize("case", TRAINING, ids=lambda case: case.name)
def test_port_refuses_a_training(case):
    assert_port_refuses(port_training, case)


@pytest.mark.parametrize("case", TRAINING, ids=lambda case: case.name)
def test_original_refuses_the_same_training(original_session, case):
    give(original_session, case)
    with pytest.raises(OctaveError) as error:
        original_session.eval(
            "net = cnnsetup(net, in.x, in.y); net = cnntrain(net, in.x, in.y, opts);"
        )
    assert (error.value.message, error.value.line) == (case.message, case.line)


def test_unset_nets_name_what_to_run_first():
    x, y = images(8, 8, 4)
    bare = Net(build(parse("2c3-2s")))
    with pytest.raises(MatlabError, match="run cnnsetup first") as error:
        cnnff(bare, x)
    assert error.value.line == "cnnff.m:14"
    net = cnnsetup(bare, x, y, OctaveRandom(1))
    with pytest.raises(MatlabError, match="run cnnff first"):
        cnnbp(net, y)
    with pytest.raises(MatlabError, match="run cnnbp first"):
        cnnapplygrads(cnnff(net, x), Opts(alpha=1))


def test_training_with_too_few_targets(original_session):
    x, y = images(8, 8, 4)
    live = Live(original_session, "cnn")
    rng = OctaveRandom(1)
    net = cnnsetup(Net(build(parse("2c3-2s"))), x, y, rng)
    live.give("net", net)
    live.give("opts", Opts(**OPTS))
    original_session.assign("in", {"x": x, "y": y[:, :2]})
    original_session.eval("rand('state', 9);")
    with pytest.raises(OctaveError) as theirs:
        original_session.eval("cnntrain(net, in.x, in.y, opts);")
    with pytest.raises(MatlabError) as ours:
        cnntrain(net, x, y[:, :2], Opts(**OPTS), OctaveRandom(9), verbose=False)
    assert (ours.value.message, ours.value.line) == (theirs.value.message, theirs.value.line)


def test_testing_with_too_few_targets(original_session):
    x, y = images(8, 8, 4)
    live = Live(original_session, "cnn")
    net = cnnsetup(Net(build(parse("2c3-2s"))), x, y, OctaveRandom(1))
    live.give("net", net)
    original_session.assign("in", {"x": x, "y": y[:, :3]})
    with pytest.raises(OctaveError) as theirs:
        original_session.eval("cnntest(net, in.x, in.y);")
    with pytest.raises(MatlabError) as ours:
        cnntest(net, x, y[:, :3])
    assert (ours.value.message, ours.value.line) == (theirs.value.message, theirs.value.line)


@pytest.mark.parametrize(
    ("x", "got"),
    [
        (np.ones((8, 8, 4), complex), "complex128"),
        (np.ones((8, 8, 4), np.longdouble), "longdouble|float128"),
        (np.full((8, 8, 4), "a"), "<U1"),
        (None, "object"),
    ],
)
def test_other_classes_are_refused_by_name(x, got):
    images_, y = images(8, 8, 4)
    net = cnnsetup(Net(build(parse("2c3-2s"))), images_, y, OctaveRandom(1))
    with pytest.raises(MatlabError, match=got) as error:
        cnnff(net, x)
    assert error.value.line == "cnnff.m:3"


def test_vectors_are_not_images():
    _, y = images(8, 8, 4)
    with pytest.raises(MatlabError, match="expected images"):
        cnnsetup(Net(build(parse("2c3-2s"))), np.ones(8), y, OctaveRandom(1))
