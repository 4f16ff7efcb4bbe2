"""What the original refuses: a net and its data, and how to give them to both sides."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest

from both_sides.functions import Live, images, layer_of
from dltcnn import (
    MatlabError,
    Net,
    OctaveRandom,
    Opts,
    cnnapplygrads,
    cnnbp,
    cnnff,
    cnnsetup,
    cnntrain,
)
from dltparity.cases.shorthand import build, parse
from dltparity.octave.errors import OctaveError

NO_A = "structure has no member 'a'"
NO_THIRD = "sa(3): out of bound 2 (dimensions are 1x2)"
EMPTY_OR_ONE = "operator -: nonconformant arguments (op1 is 1x2, op2 is 1x3)"
INPUT = {"type": "i"}


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


OPTS = {"alpha": 1, "batchsize": 2, "numepochs": 1}


def port_step(case):
    """Setup, forward, backward, update."""
    x, y = case.data()
    net = Net(map(layer_of, case.spec()))
    net = cnnsetup(net, x, y, OctaveRandom(1))
    net = cnnbp(cnnff(net, x), y)
    return cnnapplygrads(net, Opts(**(case.opts or OPTS)))


def port_training(case):
    """Setup and training."""
    x, y = case.data()
    rng = OctaveRandom(1)
    net = cnnsetup(Net(build(case.spec())), x, y, rng)
    return cnntrain(net, x, y, Opts(**case.opts), rng, verbose=False)


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


def assert_port_refuses(run, case):
    """The port refuses in the original's words, at its line, and says what to do."""
    with pytest.raises(MatlabError) as error:
        run(case)
    _assert_words(error.value, case)
    assert error.value.remedy, "a refusal says what to do"


def assert_original_refuses_step(session, case):
    """The original refuses a step in the words of the case, at its line."""
    give(session, case)
    with pytest.raises(OctaveError) as error:
        session.eval(
            "net = cnnsetup(net, in.x, in.y); net = cnnff(net, in.x); net = cnnbp(net, in.y);"
            "net = cnnapplygrads(net, opts);"
        )
    _assert_words(error.value, case)


def _assert_words(error, case):
    said, wanted = (error.message, error.line), (case.message, case.line)
    assert said == wanted, f"{said} instead of {wanted}"
