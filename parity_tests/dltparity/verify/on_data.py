"""A net on a user's data: Octave and the port side by side, stage by stage."""

from dltcnn import OctaveRandom, Opts

from ..comparing import compare
from ..octave.blas import BLAS
from ..octave.errors import OctaveDied, OctaveError
from ..toolbox.held import fields
from ..traces.python_functions import Stopped, limited
from ..traces.trace import net_fields, staged
from . import saved
from .batches import refused
from .last_batch import BACKWARD, FORWARD
from .stages import chosen

_MOST = 1000  # images of the forward and the backward pass
_MANY = 0.7  # of a guess's errors
_SHOWN = 20  # numbers of images that the test gets wrong
_SIDES, _UNIT = "the port and Octave", "of its bound"
_SHOWN_SIDES = ("Octave", "the port")
_ORDER = "and this BLAS sums in an order of its own, so that the same bits are not promised on it"


class OnData:
    """A net, its data and its options, on one BLAS.

    Parameters
    ----------
    session : Octave
        A session with the functions on its path.
    blas : str
        What it runs on.
    given : Given
        What was read, with data.
    functions : Sides
        What is held against each other.
    stages : Stages
        Gets the stages.
    steps : int or None
        Batches of the training; None for all that the options say.
    """

    def __init__(self, session, blas, given, functions, stages, steps):
        self._session, self._blas, self._stages = session, blas, stages
        self._given, self._functions, self._steps = given, functions, steps
        self._bits = BLAS[blas].promise == "bit"

    def judge(self):
        """Judge all stages; what stops one does not keep the others from being judged."""
        for name, stage in (
            ("passes", self._passes),
            ("training", self._training),
            ("test", self._test),
        ):
            try:
                stage(name)
            except OctaveError as error:
                self._skip(name, f"Octave stops at {error}", lost=True)
            except OctaveDied as error:
                self._skip(name, str(error).split(";")[0], lost=True)
            except Stopped as stop:
                self._stages.stopped(self._on(name), _SIDES, f"the port stops: {stop}")

    def _passes(self, name):
        """Forward and backward, and an update where there is a learning rate."""
        given, alpha = self._given, self._given.alpha
        f, opts = self._functions.family, Opts(alpha=0.0 if alpha is None else alpha)
        x, y = given.data.x[..., :_MOST], given.data.y[:, :_MOST]
        for variable, value in (("net", given.net), ("x", x), ("y", y), ("opts", opts)):
            self._session.give(variable, value)
        self._session.eval(f"step = {f}applygrads({f}bp({f}ff(net, x), y), opts);")
        theirs = self._session.fields("step")
        net = self._net("bp", self._net("ff", given.net, x), y)
        ours = net_fields(self._net("applygrads", net, opts))
        shown = self._on("the net on the data")
        seen = [_updated(staged(side), alpha) for side in (theirs, ours)]
        self._stages.show(shown, _SHOWN_SIDES, *seen, kernels="apply")
        measured = None
        if not self._bits:
            measured = self._bounds(name, x, y, opts.alpha, theirs, ours)
            if measured is None:
                return
        count = f"{x.shape[-1]} of {given.data.x.shape[-1]} images"
        passes = chosen(theirs, FORWARD + BACKWARD).keys()
        self._add("ff", f"forward pass, {count}", FORWARD, theirs, ours, measured)
        self._add("bp", f"backward pass, {count}", BACKWARD, theirs, ours, measured)
        if alpha is None:
            self._skip("update", self._wanted("the learning rate alpha", {"alpha"}))
            return
        theirs, ours = (
            {path: value for path, value in side.items() if path not in passes}
            for side in (theirs, ours)
        )
        rows = compare(theirs, ours).rows
        self._stages.add("apply", self._on("update"), _SIDES, rows, measured, _UNIT)

    def _bounds(self, name, x, y, alpha, theirs, ours):
        """Measure both sides in units of their bounds; None where none are known."""
        if not self._functions.lines:
            self._skip(name, f"no rounding bound of these functions is known, {_ORDER}")
            return None
        net, weights = self._given.net, net_fields(self._given.net)
        if len(saved.classes(net, x, y)) > 1:
            self._skip(name, f"double and single are mixed: no bound of that is known, {_ORDER}")
            return None
        sides = [saved.step_ratios(net, weights, x, y, alpha, side) for side in (theirs, ours)]
        return {path: max(side[path] for side in sides) for path in sides[0]}

    def _training(self, name):
        given = self._given
        needed = {"alpha", "batchsize", "numepochs"}
        if given.opts is None or not needed <= vars(given.opts).keys():
            self._skip(name, self._wanted("alpha, batchsize and numepochs", needed))
            return
        if given.opts.numepochs < 1:
            self._skip(name, f"numepochs is {given.opts.numepochs:g}: nothing would be trained")
            return
        if self._is_out_of_reach(name, "train"):
            return
        count, size = given.data.x.shape[-1], given.opts.batchsize
        if self._steps is None and (why := refused(size, count, self._functions.family)):
            self._skip(name, f"{why}: give another batchsize, or --steps", lost=True)
            return
        x, y, opts = given.data.x, given.data.y, given.opts
        if self._steps is not None:
            count = int(self._steps * opts.batchsize)
            x, y, opts = x[..., :count], y[:, :count], Opts(**{**vars(opts), "numepochs": 1.0})
            name = f"{name}, {self._steps} batches"
        for variable, value in (("net", given.net), ("x", x), ("y", y), ("opts", opts)):
            self._session.give(variable, value)
        f = self._functions.family
        self._session.eval(f"rand('state', 0); trained = {f}train(net, x, y, opts);")
        net = self._net("train", given.net, x, y, opts, OctaveRandom(0))
        theirs, ours = self._session.fields("trained"), net_fields(net)
        named = (
            {f"trained.{path}": each for path, each in side.items()} for side in (theirs, ours)
        )
        self._stages.show(self._on(f"after the {name}"), _SHOWN_SIDES, *named)
        rows = compare(theirs, ours).rows
        self._stages.add("trained", self._on(name), _SIDES, rows)

    def _test(self, name):
        if self._is_out_of_reach(name, "test"):
            return
        given = self._given
        x, y = given.data.test_x, given.data.test_y
        for variable, value in (("net", given.net), ("x", x), ("y", y)):
            self._session.give(variable, value)
        f = self._functions.family
        self._session.eval(f"tested = struct(); [tested.er, tested.bad] = {f}test(net, x, y);")
        theirs = self._session.fields("tested")
        ours = fields("test", self._call("test", given.net, x, y), theirs)
        shown = ", ".join(str(int(each)) for each in ours["bad"].ravel()[:_SHOWN])
        more = f" and {ours['bad'].size - _SHOWN} more" if ours["bad"].size > _SHOWN else ""
        wrong = f"{ours['bad'].size} of {y.shape[1]} wrong{': ' if shown else ''}{shown}{more}"
        er, guess = ours["er"].item(), 1 - 1 / max(len(y), 2)
        if er > _MANY * guess and vars(given.net).get("activation") != "linear":
            given.notes.append(
                f"the net gets {er:.0%} of the images wrong, and a guess gets {guess:.0%}: it was "
                "trained too little, or on images that lie otherwise or have another scale"
            )
        note = f"er {er:.6g}; {wrong}"
        rows = compare(theirs, ours).rows
        self._stages.add("test", self._on(name), _SIDES, rows, note=note)

    def _is_out_of_reach(self, name, stem):
        """Skip a stage that only bits could judge, or that the user's module has no part of."""
        reason = self._functions.python.lacks(f"{self._functions.family}{stem}")
        if not self._bits:
            reason = f"no rounding bound of a whole {stem} is known, {_ORDER}"
        if reason:
            self._skip(name, reason)
        return bool(reason)

    def _wanted(self, words, names):
        """Say what of the options is missing."""
        if self._given.opts is None:
            return f"give --opts with {words}"
        return f"the options hold no {', '.join(sorted(names - vars(self._given.opts).keys()))}"

    def _add(self, stage, name, names, theirs, ours, measured):
        rows = compare(chosen(theirs, names), chosen(ours, names)).rows
        self._stages.add(stage, self._on(name), _SIDES, rows, measured, _UNIT)

    def _net(self, stem, *arguments):
        """Call a function of the port that gives a net."""
        net = self._call(stem, *arguments)
        fields(stem, net, {})  # refuses what is none
        return net

    def _call(self, stem, *arguments):
        name = f"{self._functions.family}{stem}"
        value, changed = limited(
            self._functions.python[name], list(arguments), self._functions.seconds
        )
        changed = [number for number in changed if number != 5]  # the generator goes on
        if changed:
            raise Stopped(f"{name} changes its argument {', '.join(map(str, changed))}")
        return value

    def _on(self, name):
        return f"{name} ({self._blas} BLAS)"

    def _skip(self, name, reason, lost=False):
        self._stages.skip(self._on(f"{name} on the data"), reason, lost)


def _updated(fields, alpha):
    """Leave out what an update sets where there was none."""
    if alpha is not None:
        return fields
    return {path: value for path, value in fields.items() if not path.startswith("apply.")}
