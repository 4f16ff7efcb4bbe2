"""Comparison line by line of one function on one case."""

from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path

from dltcnn import Net, OctaveRandom, Opts

from .. import port_state
from ..cases.shorthand import build
from ..errors import RequestError
from ..original.pin import pinned
from ..traces.port import assign
from ..traces.trace import net_fields
from . import octave_side, steps
from .python_side import watching

# Which part of a case calls a function; those of util are called on the way.
_STAGES = {
    "setup": "setup",
    "ff": "step",
    "bp": "step",
    "applygrads": "step",
    "train": "train",
    "test": "train",
}
_UTIL = ("sigm", "expand", "flipall")
CORE = ("cnnsetup", "cnnff", "cnnbp", "cnnapplygrads")


@dataclass(frozen=True)
class Function:
    """A function that can be compared line by line.

    Attributes
    ----------
    name : str
        Such as ``cnnff``.
    family : str
        'cnn' or 'acnn'.
    stage : str
        The part of a case that calls it: 'setup', 'step', 'train', or 'whole' for the first two.
    python : Path
        The Python file.
    omitted : dict of int to str
        Lines without a counterpart in Python, and why.
    """

    name: str
    family: str
    stage: str
    python: Path
    omitted: dict

    @property
    def file(self):
        """Name of its .m file."""
        return f"{self.name}.m"

    def matlab(self, session_folders):
        """Find the .m file in the folders on Octave's path."""
        return next(path for folder in session_folders if (path := folder / self.file).is_file())


def function(name):
    """Look a function up.

    Parameters
    ----------
    name : str
        cnnsetup, cnnff, cnnbp, cnnapplygrads, cnntrain, cnntest, sigm, expand, flipall, or any
        function of the acnn family.

    Returns
    -------
    Function
        Where it is.

    Raises
    ------
    RequestError
        If there is no such function, or it is not ported.
    """
    family = "acnn" if name.startswith("acnn") else "cnn"
    rest = name.removeprefix(family)
    if family == "cnn" and name not in _UTIL and rest not in _STAGES:
        known = ", ".join([*(f"cnn{stem}" for stem in _STAGES), *_UTIL])
        raise RequestError(
            f"{name!r} is no function that can be compared line by line: expected one of {known}, "
            "or the name of an acnn function"
        )
    module = port_state.module_of(name)
    if module is None:
        raise RequestError(f"{name} has no counterpart in Python here")
    omitted = {
        line.line: line.reason
        for file in pinned().files
        if file.name == f"{name}.m"
        for line in file.omitted
    }
    path = port_state.path_of(module)
    default = "whole" if family == "acnn" else "step"
    return Function(name, family, _STAGES.get(rest, default), path, omitted)


@dataclass(frozen=True)
class LineTrace:
    """How the lines of a function compare over a case.

    Attributes
    ----------
    function : Function
        The function.
    rows : list of steps.LineRow
        One for each line of the .m file that ran.
    divergence : steps.Divergence or None
        The first difference.
    idle : tuple of int
        Executable lines that the case does not run.
    """

    function: Function
    rows: list
    divergence: steps.Divergence | None
    idle: tuple

    @property
    def kept(self):
        """Whether everything that was compared is the same, and something was compared."""
        return self.divergence is None and sum(row.values for row in self.rows) > 0


def trace(session, folders, chosen, case):
    """Run a case in Octave and in the port with one function watched, and compare its lines.

    Parameters
    ----------
    session : Octave
        A session on the reference BLAS.
    folders : list of Path
        The folders of the family's .m files on its path.
    chosen : Function
        What to watch.
    case : Case
        What to run.

    Returns
    -------
    LineTrace
        The comparison.
    """
    file = chosen.matlab(folders)
    theirs = octave_side.events(session, chosen.family, file, case, chosen.stage)
    theirs = [event for event in theirs if event.line not in chosen.omitted]
    ours = port_events(chosen, case, octave_side.variables(file))
    rows, divergence = steps.compare(theirs, ours)
    seen = {event.line for event in theirs} | chosen.omitted.keys()
    idle = tuple(line for line in octave_side.executable(file) if line not in seen)
    return LineTrace(chosen, rows, divergence, idle)


def port_events(chosen, case, variables=frozenset()):
    """Run a case in the port with one function watched.

    Parameters
    ----------
    chosen, case
        As for `trace`.
    variables : set of str
        The variables that the .m file has.

    Returns
    -------
    list of steps.Event
        What its statements did, in order.
    """
    ported = {stem: _ported(f"{chosen.family}{stem}") for stem in _STAGES}
    rng = OctaveRandom(case.seed)
    net = Net(build(case.spec))
    n = case.batchsize
    opts = Opts(alpha=case.alpha, batchsize=n, numepochs=case.epochs)
    silent = redirect_stdout(StringIO())  # cnntrain names its epochs
    with silent, watching(chosen.python, chosen.file, variables) as events:
        net = ported["setup"](net, case.x, case.y, rng)
        if chosen.stage == "setup":
            return events
        if chosen.stage != "whole":
            events.clear()
        for path, value in case.pokes(net_fields(net)).items():
            assign(net, path, value)
        if chosen.stage == "train":
            net = ported["train"](net, case.x, case.y, opts, rng)
            ported["test"](net, case.test_x, case.test_y)
        else:
            net = ported["ff"](net, case.x[:, :, :n])
            ported["applygrads"](ported["bp"](net, case.y[:, :n]), opts)
    return events


def _ported(name):
    """Return a ported function; a stage that is not ported yet cannot be called."""
    module = port_state.module_of(name)
    return module and getattr(import_module(f"dltcnn.{module}"), name)
