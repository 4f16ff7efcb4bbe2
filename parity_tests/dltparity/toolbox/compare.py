"""What a changed function does differently, on the copy's own inputs."""

from dataclasses import dataclass, field

from ..noise import MULTIPLE, PERTURBATIONS
from ..octave.errors import OctaveDied, OctaveError
from . import calls
from .calls import Stop

ORDER = ("same", "layout", "bits", "rounding", "different", "stops", "not judged")


@dataclass
class Field:
    """How a field of a function's result differs from the original's.

    Attributes
    ----------
    path : str
        Such as ``layers{2}.k{1}{3}``.
    problem : str
        What differs besides values; empty where nothing.
    values, different : int
        Values compared, and those with other bits.
    max_abs, scale : float
        Largest difference, and largest magnitude in the original's.
    noise : float or None
        What one-ulp changes of the inputs do to the original's; None where it was not measured.
    """

    path: str
    problem: str
    values: int
    different: int
    max_abs: float
    scale: float
    noise: float | None = None

    @property
    def same(self):
        """Whether nothing differs."""
        return not self.problem and not self.different

    @property
    def rounding(self):
        """Whether it differs by rounding alone."""
        return not self.problem and self.noise is not None and self.max_abs <= MULTIPLE * self.noise


@dataclass
class Outcome:
    """A function on one case.

    Attributes
    ----------
    case : str
        The case's name.
    status : str
        One of `ORDER` from 'bits' on.
    fields : list of Field
        Those that differ.
    stop : Stop or None
        Why the copy's function gave nothing, where the original's did.
    note : str
        What else is to be said.
    """

    case: str
    status: str
    fields: list = field(default_factory=list)
    stop: Stop | None = None
    note: str = ""


def rows(text):
    """Read what dlt_differences gives."""
    found = []
    for line in text.splitlines():
        path, problem, values, different, max_abs, scale, *_ = line.split("\t")
        found.append(
            Field(path, problem, int(values), int(different), float(max_abs), float(scale))
        )
    return found


class Comparison:
    """A session that runs a copy and, function by function, the original beside it.

    Parameters
    ----------
    session : Octave
        A session with the staged copy foremost on its path.
    staged : Staged
        The copy's folders.
    setup : str
        The user's program that changes net, x, y or opts; empty for none.
    """

    def __init__(self, session, staged, setup=""):
        self._session, self._staged, self._setup = session, staged, setup
        self.dead = {}
        self._fronts = {}

    def case(self, case, names):
        """Judge functions on a case.

        Parameters
        ----------
        case : Case
            The case.
        names : list of str
            The functions whose code is not the original's.

        Returns
        -------
        dict of str to Outcome
            One per function.
        """
        found = {}
        order = _order(names)
        while missing := [name for name in order if name not in found]:
            try:
                self._given(case, found)
                for name in missing:
                    self._now = name
                    found[name] = self._one(case, name, name in names)
            except OctaveDied as error:
                self.dead.setdefault(self._now, str(error).split(";")[0])
        return {name: outcome for name, outcome in found.items() if name in names}

    def unfit(self, case, error):
        """Return the outcome where a case cannot be set up."""
        return Outcome(case.name, "not judged", note=f"the case cannot be set up: {error}")

    def _given(self, case, found):
        """Set the case's variables; after a death, go once more through what was done before."""
        calls.give(self._session, case, self._setup)
        calls.give_apart(self._session)
        for name in found:
            self._run(name)

    def _run(self, name):
        """Call the copy's function, and the original's where that gives nothing."""
        if name in self.dead or self._call(name):
            return self._call(name, original=True)
        return None

    def _one(self, case, name, changed):
        if name in self.dead:
            if name in calls.CHAIN:
                self._call(name, original=True)
            return Outcome(case.name, "stops", stop=Stop(self.dead[name], None))
        if changed:
            return self._judged(case, name)
        self._run(name)
        return Outcome(case.name, "bits")

    def _judged(self, case, name):
        try:
            calls.prepare(self._session, name)
        except OctaveError as error:
            return Outcome(case.name, "not judged", note=f"its input cannot be made: {error}")
        result = calls.result_of(name)
        theirs = self._call(name, original=True)
        self._session.eval(f"dlt_theirs = {result};" if not theirs else "dlt_theirs = [];")
        ours = self._call(name)
        if ours or theirs:
            if not theirs:
                self._session.eval(f"{result} = dlt_theirs;")
            return self._one_sided(case, ours, theirs)
        differing = [each for each in self._differences("dlt_theirs", result) if not each.same]
        if not differing:
            return Outcome(case.name, "bits")
        if all(not each.problem for each in differing):
            self._measure_noise(name, result, differing)
        status = "rounding" if all(each.rounding for each in differing) else "different"
        return Outcome(case.name, status, differing)

    def _one_sided(self, case, ours, theirs):
        if ours and theirs:
            if ours.message == theirs.message:
                return Outcome(case.name, "bits", note="both refuse")
            note = f"both stop; the original's says {theirs}"
            return Outcome(case.name, "different", stop=ours, note=note)
        if ours:
            return Outcome(case.name, "stops", stop=ours)
        return Outcome(case.name, "different", note=f"the original's stops on its input: {theirs}")

    def _call(self, name, original=False):
        """Call the copy's function, or the original's among the copy's others."""
        if not original:
            return calls.call(self._session, name)
        chosen = sorted({name, *self.dead})
        front = f"dlt_front_{'_'.join(chosen)}"[:60]
        if front not in self._fronts:
            self._fronts[front] = str(self._staged.originals(chosen))
        self._session.give(front, self._fronts[front])
        return calls.call(self._session, name, front)

    def _differences(self, a, b):
        self._session.eval(f"dlt_rows = dlt_differences({a}, {b});")
        return rows(self._session.pull("dlt_rows"))

    def _measure_noise(self, name, result, differing):
        """Fill in what one-ulp changes of the inputs do to the original's results."""
        inputs = calls.inputs_of(name)
        by_path = {each.path: each for each in differing}
        for each in differing:
            each.noise = 0.0
        keep = " ".join(f"dlt_kept.{variable} = {variable};" for variable in inputs)
        self._session.eval(f"dlt_ours = {result}; {keep}")
        for seed in range(1, PERTURBATIONS + 1):
            self._session.eval(
                " ".join(f"{v} = dlt_perturb(dlt_kept.{v}, {seed});" for v in inputs)
            )
            if not self._call(name, original=True):
                for row in self._differences("dlt_theirs", result):
                    if row.path in by_path and not row.problem:
                        by_path[row.path].noise = max(by_path[row.path].noise, row.max_abs)
        back = " ".join(f"{variable} = dlt_kept.{variable};" for variable in inputs)
        self._session.eval(f"{result} = dlt_ours; {back}")


def _order(names):
    """Return the functions to be called, in order: the changed ones and what those need."""
    chain = list(calls.CHAIN)
    needed = {
        "cnnff": ["cnnsetup"],
        "cnnbp": ["cnnsetup", "cnnff"],
        "cnnapplygrads": ["cnnsetup", "cnnff", "cnnbp"],
        "cnntrain": ["cnnsetup"],
        "cnntest": ["cnnsetup", "cnntrain"],
        "cnnnumgradcheck": ["cnnsetup"],
    }
    wanted = {name for each in names for name in (each, *needed.get(each, ()))}
    return [name for name in (*calls.APART, *chain, "cnnnumgradcheck") if name in wanted]
