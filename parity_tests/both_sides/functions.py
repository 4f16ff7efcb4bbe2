"""One call at a time, in Octave and in the port, on the same net and data."""

from dataclasses import dataclass

import numpy as np
import pytest

from dltcnn import Layer, MatlabError, Net, OctaveRandom
from dltcnn.functions import cnnsetup
from dltparity.cases.shorthand import build, parse
from dltparity.comparison.rows import compare
from dltparity.octave.errors import OctaveError
from dltparity.octave.session import Octave


def net_of(text, x, y, seed=1):
    """Set up the net that a shorthand such as "6c5-2s" stands for."""
    return cnnsetup(Net(build(parse(text))), x, y, OctaveRandom(seed))


def layer_of(fields):
    """Make a layer of any type, also of one that `Layer` refuses and the toolbox passes by."""
    layer = Layer("i", **{name: value for name, value in fields.items() if name != "type"})
    vars(layer)["type"] = fields["type"]
    return layer


def images(rows, cols, count, classes=3, seed=0):
    """Draw images and one-of-many targets for them; the same ones each time."""
    rng = np.random.default_rng(seed)
    y = np.zeros((classes, count))
    y[rng.integers(0, classes, count), np.arange(count)] = 1
    return rng.random((rows, cols, count)), y


def unlike(*shape):
    """Return numbers from -1 to 1 of which no two are the same and no row tells another."""
    return np.sin(np.arange(1.0, np.prod(shape) + 1) ** 2).reshape(shape)


def in_octave(session, code, seed=None, **values):
    """Evaluate an expression in Octave.

    Parameters
    ----------
    session : Octave
        Where.
    code : str
        The expression, over the fields of `in`, such as ``cnnff(in.net, in.x)``.
    seed : int, optional
        What ``rand`` starts from.
    **values
        The fields of `in`; all that `Octave.give` takes.

    Returns
    -------
    dict of str to numpy.ndarray
        The fields of its value, path -> array; "value" -> array where it is one. Text is left out.
    """
    start = "" if seed is None else f"rand('state', {seed}); "
    found = session.compute(f"{start}result = {code};", values)
    return {path or "value": leaf for path, leaf in found.items() if not isinstance(leaf, str)}


@dataclass
class Reference:
    """The .m functions in a session, whichever family it has.

    Attributes
    ----------
    session : Octave
        With the functions on its path.
    family : {'cnn', 'acnn'}
        The original's or this project's own.
    """

    session: Octave
    family: str

    def fields(self, code, seed=None, **values):
        """Evaluate an expression as `in_octave` does; {f} in it stands for the family."""
        return in_octave(self.session, code.format(f=self.family), seed, **values)


def outcome_of(call, *arguments, **keywords):
    """Return what a call gives, or the message and the line with which either side refuses it."""
    try:
        return call(*arguments, **keywords)
    except (MatlabError, OctaveError) as error:
        return error.message, error.line


def refusal_of(call, *arguments, **keywords):
    """Return the message and the line of a call that must be refused, by either side."""
    with pytest.raises((MatlabError, OctaveError)) as refused:
        call(*arguments, **keywords)
    return refused.value.message, refused.value.line


def assert_same(reference, port):
    """Demand the same fields, classes, sizes and bits; show what differs."""
    rows = compare(
        {f"apply.{path}": value for path, value in reference.items()},
        {f"apply.{path}": value for path, value in port.items()},
    )
    assert rows, "nothing was compared"
    assert not [row for row in rows if not row.same]


def assert_same_outcome(theirs, ours):
    """Demand the same refusal, or the same bits in every field, of two outcomes."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        assert_same(theirs, ours)
    else:
        assert _refusal(theirs) == _refusal(ours)


def _refusal(outcome):
    return outcome if isinstance(outcome, tuple) else "not refused"
