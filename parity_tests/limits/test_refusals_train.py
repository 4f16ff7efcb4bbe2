"""What training and testing refuse, on both sides, and what is said of unset nets."""

import numpy as np
import pytest

from both_sides.functions import images, in_octave, net_of, refusal_of
from both_sides.refusals import (
    EMPTY_OR_ONE,
    OPTS,
    Refusal,
    assert_port_refuses,
    give,
    train_in_port,
)
from dltcnn import MatlabError, Net, OctaveRandom, Opts
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff, cnnsetup, cnntest, cnntrain
from dltparity.cases.shorthand import build, parse

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
    assert_port_refuses(train_in_port, case)


@pytest.mark.parametrize("case", TRAINING, ids=lambda case: case.name)
def test_original_refuses_the_same_training(original_session, case):
    give(original_session, case)
    code = "net = cnnsetup(net, in.x, in.y); net = cnntrain(net, in.x, in.y, in.opts);"
    assert refusal_of(original_session.eval, code) == (case.message, case.line)


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
    net, y, opts = net_of("2c3-2s", x, y), y[:, :2], Opts(**OPTS)
    code = "cnntrain(in.net, in.x, in.y, in.opts)"
    theirs = refusal_of(in_octave, original_session, code, 9, net=net, x=x, y=y, opts=opts)
    assert refusal_of(cnntrain, net, x, y, opts, OctaveRandom(9), verbose=False) == theirs


def test_testing_with_too_few_targets(original_session):
    x, y = images(8, 8, 4)
    net, y = net_of("2c3-2s", x, y), y[:, :3]
    theirs = refusal_of(
        in_octave, original_session, "cnntest(in.net, in.x, in.y)", net=net, x=x, y=y
    )
    assert refusal_of(cnntest, net, x, y) == theirs


@pytest.mark.parametrize(
    ("x", "got"),
    [
        (np.ones((8, 8, 4), complex), "complex128"),
        (np.ones((8, 8, 4), np.longdouble), "longdouble|float128"),
        (np.full((8, 8, 4), "a"), "<U1"),
        (None, "None was given: expected a number"),
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
