"""What the original refuses, and how it behaves at its edges, on both sides.

Each row states the whole net, the stage that fails, and what Octave says there. The port's side
runs everywhere; the original's wherever it is at hand.
"""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest

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
from dltparity.layers import build, parse
from dltparity.octave_errors import OctaveError
from live import Live, images


@dataclass(frozen=True)
class Refusal:
    """A net and its data, and the refusal."""

    name: str
    layers: object
    message: str
    line: str
    size: tuple = (8, 8, 4)
    classes: int = 3
    x: object = None
    y: object = None
    opts: dict = field(default_factory=dict)

    def spec(self):
        """The layers' fields."""
        return parse(self.layers) if isinstance(self.layers, str) else self.layers

    def data(self):
        """Images and targets."""
        shape = self.size if len(self.size) > 2 else (*self.size, 4)
        x, y = images(shape[0], shape[1], int(np.prod(shape[2:])), self.classes)
        x, y = x.reshape(shape, order="F"), y[:, : shape[2]]
        return (self.x(x) if self.x else x), (self.y(y) if self.y else y)


NO_A = "structure has no member 'a'"
NO_THIRD = "sa(3): out of bound 2 (dimensions are 1x2)"
EMPTY_OR_ONE = "operator -: nonconformant arguments (op1 is 1x2, op2 is 1x3)"
INPUT = {"type": "i"}

STEP = [
    Refusal("batch of one", "2c3-2s", EMPTY_OR_ONE, "cnnff.m:11", size=(8, 8, 1)),
    Refusal("batch of one, s", "2s", NO_THIRD, "cnnff.m:34", size=(8, 8, 1)),
    Refusal("batch of one, i", "", NO_THIRD, "cnnff.m:34", size=(8, 8, 1)),
    Refusal(
        "scale does not divide",
        "2c5-5s",
        "Layer 3 size must be integer. Actual: 4.8         4.8",
        "cnnsetup.m:9",
        size=(28, 28, 4),
    ),
    Refusal(
        "scale does not divide one side",
        "2c3-3s",
        "Layer 3 size must be integer. Actual: 2.3333      3.3333",
        "cnnsetup.m:9",
        size=(9, 12, 4),
    ),
    Refusal(
        "scale does not divide, sizes apart",
        "2c3-3s",
        "Layer 3 size must be integer. Actual: 333.6667      3.333333",
        "cnnsetup.m:9",
        size=(1003, 12, 2),
    ),
    Refusal(
        "scale does not divide a negative size",
        "2c8-2s",
        "Layer 3 size must be integer. Actual: -1.5         2.5",
        "cnnsetup.m:9",
        size=(4, 12, 4),
    ),
    Refusal("two c", "2c3-2c3", "structure has no member 'scale'", "cnnbp.m:26"),
    Refusal("two s", "2s-2s", "structure has no member 'k'", "cnnbp.m:32"),
    Refusal("two s after c", "2c3-2s-3s", "structure has no member 'k'", "cnnbp.m:32"),
    Refusal("unknown type", (INPUT, {"type": "x"}), NO_A, "cnnff.m:32"),
    Refusal("no output maps", "0c3", NO_A, "cnnff.m:32"),
    Refusal("no output maps, s", "0c3-2s", NO_A, "cnnff.m:32"),
    Refusal("no output maps, c", "0c3-2s-2c2", NO_A, "cnnff.m:11"),
    Refusal(
        "type C, then s",
        (INPUT, {"type": "C", "outputmaps": 2, "kernelsize": 3}, {"type": "s", "scale": 2}),
        NO_A,
        "cnnff.m:24",
    ),
    Refusal(
        "type C last", (INPUT, {"type": "C", "outputmaps": 2, "kernelsize": 3}), NO_A, "cnnff.m:32"
    ),
    Refusal(
        "kernel larger by one, last c",
        "2c9",
        "operator -: nonconformant arguments (op1 is 9x9, op2 is 0x0)",
        "cnnapplygrads.m:6",
    ),
    Refusal("kernel larger by one, then s", "2c9-2s", NO_THIRD, "cnnff.m:34"),
    Refusal("kernel larger by one, then s and c", "2c9-2s-2c1", EMPTY_OR_ONE, "cnnff.m:11"),
    Refusal(
        "second kernel larger by one",
        "2c3-2s-2c4",
        "operator +: nonconformant arguments (op1 is 3x3x4, op2 is 0x0)",
        "cnnbp.m:32",
    ),
    Refusal(
        "kernel larger by two",
        "2c10",
        "operator *: nonconformant arguments (op1 is 3x2, op2 is 0x4)",
        "cnnff.m:37",
    ),
    Refusal(
        "kernel larger by three",
        "2c11",
        "operator *: nonconformant arguments (op1 is 3x8, op2 is 0x4)",
        "cnnff.m:37",
    ),
    Refusal(
        "kernel larger in one direction",
        "2c11",
        "operator -: nonconformant arguments (op1 is 11x11, op2 is 0x0)",
        "cnnapplygrads.m:6",
        size=(8, 20, 4),
    ),
    Refusal(
        "rectangular kernel",
        (INPUT, {"type": "c", "outputmaps": 2, "kernelsize": np.array([5.0, 3.0])}),
        "for x^y, only square matrix arguments are permitted and one argument must be scalar."
        "  Use .^ for elementwise power.",
        "cnnsetup.m:16",
    ),
    Refusal(
        "kernel of 2.5",
        (INPUT, {"type": "c", "outputmaps": 2, "kernelsize": 2.5}),
        "conversion of 2.5 to int64_t value failed",
        "cnnsetup.m:20",
    ),
    Refusal(
        "scale of a half",
        (INPUT, {"type": "s", "scale": 0.5}),
        "conversion of 0.5 to octave_idx_type value failed",
        "cnnff.m:24",
    ),
    Refusal(
        "scale of nothing",
        (INPUT, {"type": "s", "scale": 0}),
        "out of memory or dimension too large for Octave's index type",
        "cnnsetup.m:35",
    ),
    Refusal(
        "scale missing", (INPUT, {"type": "s"}), "structure has no member 'scale'", "cnnsetup.m:8"
    ),
    Refusal(
        "outputmaps missing",
        (INPUT, {"type": "c", "kernelsize": 3}),
        "structure has no member 'outputmaps'",
        "cnnsetup.m:16",
    ),
    Refusal(
        "first layer c",
        ({"type": "c", "outputmaps": 2, "kernelsize": 3}, {"type": "s", "scale": 2}),
        "operator *: nonconformant arguments (op1 is 3x18, op2 is 16x4)",
        "cnnff.m:37",
    ),
    Refusal(
        "too few targets",
        "2c3-2s",
        "operator -: nonconformant arguments (op1 is 3x4, op2 is 3x3)",
        "cnnbp.m:5",
        y=lambda y: y[:, :3],
    ),
    Refusal(
        "uint8 targets",
        "2c3-2s",
        "binary operator '*' not implemented for 'matrix' by 'uint8 matrix' operations",
        "cnnbp.m:11",
        y=lambda y: y.astype(np.uint8),
    ),
    Refusal(
        "int16 targets",
        "2c3-2s",
        "binary operator '*' not implemented for 'matrix' by 'int16 matrix' operations",
        "cnnbp.m:11",
        y=lambda y: y.astype(np.int16),
    ),
    Refusal(
        "uint8 targets, single images",
        "2c3-2s",
        "binary operator '*' not implemented for 'matrix' by 'uint8 matrix' operations",
        "cnnbp.m:11",
        x=lambda x: x.astype(np.float32),
        y=lambda y: y.astype(np.uint8),
    ),
    Refusal(
        "integer features",
        "",
        "binary operator '*' not implemented for 'matrix' by 'uint8 matrix' operations",
        "cnnff.m:37",
        x=lambda x: (255 * x).astype(np.uint8),
    ),
    Refusal(
        "four dimensions",
        "2c3-2s",
        "operator -: nonconformant arguments (op1 is 1x4, op2 is 1x3)",
        "cnnff.m:11",
        size=(8, 8, 4, 2),
    ),
    Refusal(
        "no images",
        "2c3-2s",
        "x(_,_,1): out of bound 0 (dimensions are 8x8x0)",
        "cnnsetup.m:4",
        x=lambda x: x[:, :, :0],
    ),
    Refusal(
        "alpha missing",
        "2c3-2s",
        "structure has no member 'alpha'",
        "cnnapplygrads.m:6",
        opts={"batchsize": 2, "numepochs": 1},
    ),
]

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

OPTS = {"alpha": 1, "batchsize": 2, "numepochs": 1}


def port_step(case):
    """Setup, forward, backward, update."""
    x, y = case.data()
    net = Net([layer_of(fields) for fields in case.spec()])
    net = cnnsetup(net, x, y, OctaveRandom(1))
    net = cnnbp(cnnff(net, x), y)
    return cnnapplygrads(net, Opts(**(case.opts or OPTS)))


def layer_of(fields):
    """One layer."""
    return build([fields])[0]


def port_training(case):
    """Setup and training."""
    x, y = case.data()
    rng = OctaveRandom(1)
    net = cnnsetup(Net(build(case.spec())), x, y, rng)
    return cnntrain(net, x, y, Opts(**case.opts), rng, verbose=False)


@pytest.mark.parametrize("case", STEP, ids=lambda case: case.name)
def test_port_refuses_a_step(case):
    with pytest.raises(MatlabError) as error:
        port_step(case)
    assert (error.value.message, error.value.line) == (case.message, case.line)
    assert error.value.remedy, "a refusal says what to do"


@pytest.mark.parametrize("case", TRAINING, ids=lambda case: case.name)
def test_port_refuses_a_training(case):
    with pytest.raises(MatlabError) as error:
        port_training(case)
    assert (error.value.message, error.value.line) == (case.message, case.line)
    assert error.value.remedy, "a refusal says what to do"


def give(session, case):
    """Hand a case over to Octave."""
    live = Live(session, "cnn")
    x, y = case.data()
    session.eval("clear('net', 'opts', 'in'); rand('state', 1);")
    fields = {}
    for number, layer in enumerate(case.spec(), 1):
        for name, value in layer.items():
            text = isinstance(value, str)
            fields[f"layers{{{number}}}.{name}"] = value if text else np.atleast_2d(value) * 1.0
    session.assign("net", fields)
    session.assign("in", {"x": x, "y": y})
    live.give("opts", SimpleNamespace(**{"alpha": 1, **(case.opts or OPTS)}))
    if case.opts and "alpha" not in case.opts:
        session.eval("opts = rmfield(opts, 'alpha');")


@pytest.mark.parametrize("case", STEP, ids=lambda case: case.name)
def test_original_refuses_the_same_step(original_session, case):
    give(original_session, case)
    with pytest.raises(OctaveError) as error:
        original_session.eval(
            "net = cnnsetup(net, in.x, in.y); net = cnnff(net, in.x); net = cnnbp(net, in.y);"
            "net = cnnapplygrads(net, opts);"
        )
    assert (error.value.message, error.value.line) == (case.message, case.line)


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
