"""What a program of the toolbox's functions comes to, in Octave and in the port.

An outcome is the net's fields (and cnntest's results), or the message and the line of a refusal.
"""

from dataclasses import dataclass, field

import numpy as np

from both_sides.functions import assert_same, images, layer_of
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
from dltparity.cases.shorthand import parse
from dltparity.octave.errors import OctaveError
from dltparity.traces.octave import net_struct
from dltparity.traces.trace import matlab_array, net_fields

STEP = ("setup", "ff", "bp", "applygrads")
TRAINING = ("setup", "train", "test")
OPTS = {"alpha": 1, "batchsize": 2, "numepochs": 1}

# Odd values of options and counts, and what Octave says of some.
NOTHING, ROW_OF_NOTHING, TRUE = np.zeros((0, 0)), np.zeros((1, 0)), np.array([[True]])
NO_RANGE = "invalid types found in range expression"


def apart(operator, first, second):
    """Octave's words for sizes that do not fit."""
    return f"operator {operator}: nonconformant arguments (op1 is {first}, op2 is {second})"


_CODE = {
    "setup": "net = cnnsetup(net, in.x, in.y);",
    "ff": "net = cnnff(net, in.x);",
    "bp": "net = cnnbp(net, in.y);",
    "applygrads": "net = cnnapplygrads(net, opts);",
    "train": "net = cnntrain(net, in.x, in.y, opts);",
    "test": "[tested.er, tested.bad] = cnntest(net, in.x, in.y);",
}


@dataclass
class Program:
    """What both sides are given, and the functions they call one after the other.

    `poke` stands for a change of the net between two of them: `changes` for Octave, field to value
    or, after "=", code; `change` does the same to the port's net.
    """

    layers: object = "2c3-2s"
    stages: tuple = STEP
    x: object = None
    y: object = None
    opts: dict = field(default_factory=lambda: dict(OPTS))
    changes: dict = field(default_factory=dict)
    change: object = None

    def __post_init__(self):
        x, y = images(8, 8, 4)
        self.x = self.x(x) if self.x else x
        self.y = self.y(y) if self.y else y
        if isinstance(self.layers, str):
            self.layers = parse(self.layers)


def octaves(session, program):
    """Run a program in Octave."""
    session.eval("clear('net', 'in', 'opts', 'tested'); rand('state', 1); opts = struct();")
    session.assign("net", net_struct(program.layers))
    session.assign("in", {"x": matlab_array(program.x), "y": matlab_array(program.y)})
    session.assign("opts", {name: matlab_array(v) for name, v in program.opts.items()})
    for stage in program.stages:
        if stage == "poke":
            for path, value in program.changes.items():
                if isinstance(value, str):
                    session.eval(f"net.{path} {value};")
                else:
                    session.assign("net", {path: matlab_array(value)})
            continue
        try:
            session.eval(_CODE[stage])
        except OctaveError as error:
            return error.message, error.line
    found = session.fields("net")
    return found | (session.fields("tested") if "test" in program.stages else {})


def ports(program):
    """Run a program in the port."""
    rng, opts = OctaveRandom(1), Opts(**program.opts)
    x, y, tested = program.x, program.y, {}
    try:
        net = Net(map(layer_of, program.layers))
        for stage in program.stages:
            if stage == "setup":
                net = cnnsetup(net, x, y, rng)
            elif stage == "poke":
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
    except MatlabError as error:
        assert error.remedy, "a refusal says what to do"
        return error.message, error.line
    return net_fields(net) | tested


def assert_same_outcome(theirs, ours):
    """Demand the same refusal, or the same bits in every field."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        assert_same(theirs, ours)
    else:
        assert (theirs if isinstance(theirs, tuple) else "done") == (
            ours if isinstance(ours, tuple) else "done"
        )
