"""A program of the toolbox's functions, run in Octave and in the port.

Its outcome is the net's fields (and cnntest's results), or the message and the line of a refusal.
"""

import warnings
from dataclasses import dataclass, field

import numpy as np

from both_sides.functions import images, layer_of, outcome_of
from dltcnn import (
    DltWarning,
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
from dltparity.cases.shorthand import parse
from dltparity.octave.values import matlab_array
from dltparity.traces.trace import net_fields

STEP = ("setup", "ff", "bp", "applygrads")
TRAINING = ("setup", "train", "test")
OPTS = {"alpha": 1, "batchsize": 2, "numepochs": 1}

# Odd values of options and counts, and what Octave says of some.
NOTHING, ROW_OF_NOTHING, TRUE = np.zeros((0, 0)), np.zeros((1, 0)), np.array([[True]])
NO_RANGE = "invalid types found in range expression"


def nonconformant(operator, first, second):
    """Return Octave's message for operands whose sizes do not fit."""
    return f"operator {operator}: nonconformant arguments (op1 is {first}, op2 is {second})"


_CODE = {
    "setup": "net = cnnsetup(net, in.x, in.y);",
    "ff": "net = cnnff(net, in.x);",
    "bp": "net = cnnbp(net, in.y);",
    "applygrads": "net = cnnapplygrads(net, in.opts);",
    "train": "net = cnntrain(net, in.x, in.y, in.opts);",
    "test": "[tested.er, tested.bad] = cnntest(net, in.x, in.y);",
}


@dataclass
class Program:
    """What both sides are given, and the functions that they call one after the other.

    Attributes
    ----------
    layers : str or sequence of dict
        The shorthand of a net, or the fields of its layers.
    stages : sequence of str
        Functions without their prefix. "change" stands for a change of the net by hand.
    x, y : callable, later numpy.ndarray
        Makes the images (or targets) of four images of 8x8 and their targets; None: leaves them.
    opts : dict
        The training options.
    changed_fields : dict of str to object
        The change in Octave: path -> the new value or, as text, what is written after it.
    change : callable
        The same change in the port; is given the net.
    """

    layers: object = "2c3-2s"
    stages: tuple = STEP
    x: object = None
    y: object = None
    opts: dict = field(default_factory=lambda: dict(OPTS))
    changed_fields: dict = field(default_factory=dict)
    change: object = None

    def __post_init__(self):
        x, y = images(8, 8, 4)
        self.x = self.x(x) if self.x else x
        self.y = self.y(y) if self.y else y
        if isinstance(self.layers, str):
            self.layers = parse(self.layers)


def run_in_octave(session, program):
    """Run a program in Octave; returns its outcome."""
    session.eval("clear('tested'); rand('state', 1);")
    session.give("net", {"layers": list(program.layers)})
    session.give("in", {"x": program.x, "y": program.y, "opts": program.opts})
    return outcome_of(_fields_in_octave, session, program)


def _fields_in_octave(session, program):
    for stage in program.stages:
        if stage == "change":
            _change_in_octave(session, program)
        else:
            session.eval(_CODE[stage])
    tested = session.fields("tested") if "test" in program.stages else {}
    return session.fields("net") | tested


def _change_in_octave(session, program):
    for path, value in program.changed_fields.items():
        if isinstance(value, str):
            session.eval(f"net.{path} {value};")
        else:
            session.assign("net", {path: matlab_array(value)})


def run_in_port(program):
    """Run a program in the port; returns its outcome, and demands a remedy of each refusal."""
    try:
        with warnings.catch_warnings():  # what is odd is meant here
            warnings.simplefilter("ignore", DltWarning)
            return _fields_in_port(program)
    except MatlabError as error:
        assert error.remedy, "a refusal says what to do"
        return error.message, error.line


def _fields_in_port(program):
    rng, opts = OctaveRandom(1), Opts(**program.opts)
    x, y, tested = program.x, program.y, {}
    net = Net(map(layer_of, program.layers))
    for stage in program.stages:
        if stage == "setup":
            net = cnnsetup(net, x, y, rng)
        elif stage == "change":
            program.change(net)
        elif stage == "ff":
            net = cnnff(net, x)
        elif stage == "bp":
            net = cnnbp(net, y)
        elif stage == "applygrads":
            net = cnnapplygrads(net, opts)
        elif stage == "train":
            net = cnntrain(net, x, y, opts, rng, verbose=False)
        else:
            er, bad = cnntest(net, x, y)
            tested = {"er": matlab_array(er), "bad": matlab_array(np.asarray(bad) + 1.0)}
    return net_fields(net) | tested
