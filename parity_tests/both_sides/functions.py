"""One function at a time, in Octave and in the port, on the same net."""

import numpy as np

from dltcnn import Layer, Net, OctaveRandom, cnnsetup
from dltparity.cases.shorthand import build, parse
from dltparity.compare.rows import compare
from dltparity.traces.trace import matlab_array, net_fields


def net_of(text, x, y, seed=1):
    """Set up the net that the shorthand names."""
    return cnnsetup(Net(build(parse(text))), x, y, OctaveRandom(seed))


def layer_of(fields):
    """Make a layer of any type, also of one that `Layer` refuses and the toolbox passes by."""
    layer = Layer("i", **{name: value for name, value in fields.items() if name != "type"})
    vars(layer)["type"] = fields["type"]
    return layer


def images(rows, cols, count, classes=3, seed=0):
    """Draw random images and one-of-many targets."""
    rng = np.random.default_rng(seed)
    y = np.zeros((classes, count))
    y[rng.integers(0, classes, count), np.arange(count)] = 1
    return rng.random((rows, cols, count)), y


def assert_same(reference, port):
    """Demand the same fields, classes, sizes and bits; show what differs."""
    rows = compare(
        {f"apply.{path}": value for path, value in reference.items()},
        {f"apply.{path}": value for path, value in port.items()},
    )
    assert rows, "nothing was compared"
    assert not [row for row in rows if not row.same]


class Live:
    """The reference's functions in a session."""

    def __init__(self, session, family):
        self.session = session
        self.family = family

    def give(self, name, value):
        """Hand a net, a struct of options or an array over."""
        self.session.eval(f"clear('{name}')")
        if isinstance(value, Net):
            fields = net_fields(value)
            for number, layer in enumerate(value.layers, 1):
                fields[f"layers{{{number}}}.type"] = layer.type
            self.session.assign(name, fields)
        elif hasattr(value, "alpha"):
            self.session.assign(name, {k: matlab_array(v) for k, v in vars(value).items()})
        else:
            self.session.assign("in", {name: matlab_array(value)})

    def net(self, call, **values):
        """Run a call that gives a net and return its fields.

        `call` names the arguments as they are given; arrays are fields of `in`; {f} stands for the
        family of functions.
        """
        for name, value in values.items():
            self.give(name, value)
        self.session.eval(f"result = {call.format(f=self.family)};")
        return self.session.fields("result")
