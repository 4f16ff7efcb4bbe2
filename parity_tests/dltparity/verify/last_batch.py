"""What a file holds of its last batch, recomputed: evidence of what wrote the file."""

import numpy as np

from ..comparing import compare
from ..comparison.fields import Row
from ..octave.blas import BLAS
from ..toolbox import by_noise
from ..traces.python_functions import Stopped, limited
from ..traces.trace import net_fields
from . import saved
from .explained import explained
from .rate import rate
from .stages import chosen

FORWARD = ("a", "fv", "o", "A", "p", "pool")
BACKWARD = (
    *("e", "L", "od", "fvd", "d", "dk", "db", "dffW", "dffb"),
    *("dA", "dc", "dbeta", "dW"),  # of acnn's layers
)
_OF_OUTPUTS = ("e", "od", "dffW", "dffb")  # whatever the weights were
_AHEAD, _BACK = "forward pass of the last batch", "backward pass of the last batch"
_BOUND = "of its bound"
_WEIGHTS = "whether the saved weights give the saved outputs"
_UNTOLD = "no round learning rate makes them"
_RATE = "give --opts with the learning rate alpha, so that the last update can be undone"


def judge(session, blas, given, functions, stages):
    """Recompute the last batch in Octave and in the port, and judge what the file holds.

    Parameters
    ----------
    session : Octave
        A session with the functions on its path.
    blas : str
        What it runs on.
    given : Given
        What was read.
    functions : Sides
        What is held against each other.
    stages : Stages
        Gets the stages.
    """
    net = given.net
    missing = _missing(net)
    if missing:
        stages.skip("the last batch", missing)
        return
    if odd := saved.not_finite(net):
        stages.skip(
            "the last batch", f"{odd}, and nothing bounds what is computed of it", lost=True
        )
        stages.cause = odd
        return
    alpha, other = _rate(given, functions)
    bounds = _by_bounds(net, alpha, functions, stages)
    batch = _Batch(session, blas, given, functions, stages, bounds)
    y, _ = saved.targets(net)
    if alpha is None:
        # Where the rate can be told and none is found, the weights may be others.
        reason = f"{_UNTOLD}: {_RATE}" if functions.lines else _RATE
        stages.skip(_WEIGHTS, reason, lost=functions.lines)
        batch.recompute("bp", _BACK, net, y, _OF_OUTPUTS)
        return
    before = saved.undone(net, alpha)
    kept = batch.recompute("ff", _AHEAD, before, saved.batch(net), FORWARD)
    if not kept and functions.lines:
        weight = explained(before, net)
        batch.note(weight)
        stages.cause = weight or other
    batch.recompute("bp", _BACK, before, y, BACKWARD)


def _rate(given, functions):
    """Return the learning rate of the last update, and how the file's differs from a given one."""
    told = rate(given.net) if functions.lines else None
    if given.alpha is None and told is not None:
        given.notes.append(f"no alpha was given: the saved outputs tell that it was {told:g}")
    other = ""
    if given.alpha is not None and told not in (None, given.alpha):
        other = f"alpha is {given.alpha:g} in the options, and the saved outputs tell {told:g}"
        given.notes.append(f"{other}: if the file is said to differ, try that one")
    return (told if given.alpha is None else given.alpha), other


def _missing(net):
    """Say what a net lacks of a batch."""
    lacking = [name for name in ("o", "e", "dffW", "dffb") if not hasattr(net, name)]
    if not (net.layers and len(net.layers[0].a)):
        lacking.insert(0, "images")
    if lacking:
        return f"the file holds no {', '.join(lacking)} of a batch"
    if np.shape(net.o) != np.shape(net.e) or np.ndim(net.o) != 2:
        return f"o is {np.shape(net.o)} and e {np.shape(net.e)}: they are of no batch"
    return ""


def _by_bounds(net, alpha, functions, stages):
    """Judge each saved value by the bound of its statement; nothing where no bounds are known."""
    if not functions.lines:
        return {}
    try:
        ratios = saved.ratios(net, alpha)
    except ValueError as error:
        stages.skip("the file and its bounds", str(error))
        return {}
    fields = net_fields(net)
    for stem, name, names in (("ff", _AHEAD, FORWARD), ("bp", _BACK, BACKWARD)):
        rows = [Row(path, fields[path].size) for path in chosen(ratios, names)]
        stages.add(stem, name, "the file and its bounds", rows, ratios, _BOUND)
    return ratios


class _Batch:
    def __init__(self, session, blas, given, functions, stages, bounds):
        self._bits = BLAS[blas].promise == "bit"
        self._session, self._functions, self._stages = session, functions, stages
        self._saved, self._bounds = net_fields(given.net), bounds
        self._of_file = None

    def note(self, text):
        """Add a note to what was last said of the file."""
        self._of_file["note"] = text

    def recompute(self, stem, name, before, more, names):
        """Recompute a pass: the file against Octave, and the port against Octave."""
        function = f"{self._functions.family}{stem}"
        self._session.give("before", before)
        self._session.give("more", more)
        self._session.eval(f"found = {function}(before, more);")
        theirs = chosen(self._session.fields("found"), names)
        kept = self._file(stem, name, function, theirs, chosen(self._saved, names))
        self._of_file = self._stages.judged[-1]
        self._port(stem, name, function, (before, more), theirs, names)
        return kept

    def _port(self, stem, name, function, arguments, theirs, names):
        if not self._bits:
            self._stages.skip(
                f"{name}, the port",
                "this BLAS sums in an order of its own, so that the same bits are not promised",
            )
            return
        try:
            net, _ = limited(
                self._functions.python[function], [*arguments], self._functions.seconds
            )
        except Stopped as stop:
            self._stages.stopped(name, "the port and Octave", f"the port stops: {stop}")
        else:
            rows = compare(theirs, chosen(net_fields(net), names)).rows
            self._stages.add(stem, name, "the port and Octave", rows)

    def _file(self, stem, name, function, theirs, ours):
        if self._bounds:
            measured, unit = self._bounds, _BOUND
        else:
            again = f"moved = {function}(dlt_perturb(before, dlt_seed), more);"
            measured = by_noise.ratios(self._session, ours, theirs, again, "moved")
            unit = "of what noise allows"
        rows = compare(ours, theirs).rows
        return self._stages.add(stem, name, "the file and Octave", rows, measured, unit)
