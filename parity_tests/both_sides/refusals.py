"""Cases that the original refuses, and how both sides are given them."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from both_sides.functions import images, layer_of, refusal_of
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

NO_A = "structure has no member 'a'"
NO_THIRD = "sa(3): out of bound 2 (dimensions are 1x2)"
EMPTY_OR_ONE = "operator -: nonconformant arguments (op1 is 1x2, op2 is 1x3)"
INPUT = {"type": "i"}


@dataclass(frozen=True)
class Refusal:
    """A net, its data and the refusal.

    Attributes
    ----------
    name : str
        Of the case.
    layers : str or sequence of dict
        The shorthand of the net, or the fields of its layers.
    message, line : str
        The refusal, in the original's words and from its line.
    size : tuple of int
        Of the images; four images where it names none.
    classes : int
        How many rows the targets have.
    x, y : callable
        Makes the images or the targets of random ones; None: leaves them.
    opts : dict
        The training options; empty for `OPTS`.
    """

    name: str
    layers: object
    message: str
    line: str
    size: tuple = (8, 8, 4)
    classes: int = 3
    x: object = None
    y: object = None
    opts: dict = field(default_factory=dict)

    def layer_fields(self):
        """Return the fields of each layer."""
        return parse(self.layers) if isinstance(self.layers, str) else self.layers

    def data(self):
        """Return images and targets."""
        shape = self.size if len(self.size) > 2 else (*self.size, 4)
        x, y = images(shape[0], shape[1], int(np.prod(shape[2:])), self.classes)
        x, y = x.reshape(shape, order="F"), y[:, : shape[2]]
        return (self.x(x) if self.x else x), (self.y(y) if self.y else y)

    def options(self):
        """Return the training options."""
        return self.opts or OPTS


OPTS = {"alpha": 1, "batchsize": 2, "numepochs": 1}


def step_in_port(case):
    """Set up, go forward and backward, and update."""
    x, y = case.data()
    net = cnnsetup(Net(map(layer_of, case.layer_fields())), x, y, OctaveRandom(1))
    net = cnnbp(cnnff(net, x), y)
    return cnnapplygrads(net, Opts(**case.options()))


def train_in_port(case):
    """Set up and train."""
    x, y = case.data()
    rng = OctaveRandom(1)
    net = cnnsetup(Net(build(case.layer_fields())), x, y, rng)
    return cnntrain(net, x, y, Opts(**case.options()), rng, verbose=False)


def give(session, case):
    """Hand a case over to Octave, as `net` and the fields x, y and opts of `in`."""
    x, y = case.data()
    session.eval("rand('state', 1);")
    session.give("net", {"layers": list(case.layer_fields())})
    session.give("in", {"x": x, "y": y, "opts": case.options()})


def assert_port_refuses(run, case):
    """Demand of the port the original's message and line, and that it says what to do."""
    with pytest.raises(MatlabError) as refused:
        run(case)
    assert (refused.value.message, refused.value.line) == (case.message, case.line)
    assert refused.value.remedy, "a refusal says what to do"


def assert_original_refuses_step(session, case):
    """Demand of the original the case's message and line for a step."""
    give(session, case)
    code = (
        "net = cnnsetup(net, in.x, in.y); net = cnnff(net, in.x); net = cnnbp(net, in.y);"
        "net = cnnapplygrads(net, in.opts);"
    )
    assert refusal_of(session.eval, code) == (case.message, case.line)
