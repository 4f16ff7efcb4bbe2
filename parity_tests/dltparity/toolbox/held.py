"""A user's Python functions, held against those of the same names in an edited copy."""

import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from dltcnn import Net, OctaveRandom, Opts
from dltcnn.matfile import load_net
from dltcnn.unused import DltWarning

from ..comparison.fields import Row, compare_field
from ..comparison.rows import earliest
from ..lines import octave_side, own
from ..lines.python_side import watching
from ..octave.errors import OctaveDied, OctaveError
from ..octave.values import matlab_array
from ..traces.python_functions import Stopped, limited
from ..traces.trace import net_fields
from . import by_noise, calls

_SEED = 1  # as `calls` has it
_ARGUMENTS = {
    "cnnsetup": ("net", "x", "y", "rand"),
    "cnnff": ("net_setup", "batch_x"),
    "cnnbp": ("net_ff", "batch_y"),
    "cnnapplygrads": ("net_bp", "opts"),
    "cnntrain": ("net_setup", "x", "y", "opts", "rand"),
    "cnntest": ("net_train", "test_x", "test_y"),
}
_STAGES = dict(zip(_ARGUMENTS, ("setup", "ff", "bp", "apply", "trained", "test"), strict=True))
_ORDER = ("same bits", "rounding", "different", "stops")
_RANK = {status: rank for rank, status in enumerate((*_ORDER, "not judged"))}
BROKEN = ("different", "stops")


class Held:
    """Python functions, each called on what the copy's function is called on.

    Parameters
    ----------
    session : Octave
        A session with the staged copy foremost on its path.
    staged : Staged
        The copy's folders.
    functions : Functions
        The user's module.
    setup : str
        The user's program that changes net, x, y or opts; empty for none.
    seconds : float
        After which a Python function is ended.
    """

    def __init__(self, session, staged, functions, setup, seconds):
        self._session, self._staged, self._setup = session, staged, setup
        self._functions, self._seconds = functions, seconds
        self.found = {name: [] for name in _ARGUMENTS if name in functions.own}

    def case(self, case):
        """Hold the functions against the copy's on a case; `found` gets an entry for each."""
        with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
            warnings.simplefilter("ignore", DltWarning)
            self._folder = Path(folder)
            stop = None
            try:
                calls.give(self._session, case, self._setup)
                for name in _ARGUMENTS:
                    stop = stop or calls.call(self._session, name)
                    if name in self.found:
                        entry = self._one(name, stop)
                        self.found[name].append({"case": case.name, **entry})
            except (OctaveError, OctaveDied) as error:
                for entries in self.found.values():
                    if not entries or entries[-1]["case"] != case.name:
                        entries.append({"case": case.name, **_unjudged(str(error).split(";")[0])})

    def _one(self, name, stop):
        """Hold one function against the copy's, which has been called."""
        if stop:
            return _unjudged(f"the copy's stops: {stop}")
        try:
            arguments = [self._value(each) for each in _ARGUMENTS[name]]
            theirs = self._theirs(name)
        except (ValueError, TypeError, OctaveError) as error:
            return _unjudged(str(error))
        cited = own.source(self._functions.own[name], f"{name}.m")
        try:
            with self._watched(cited, name) as (events, result):
                ours = fields(name, result(arguments), theirs)
        except Stopped as stopped:
            return {"status": "stops", "wording": str(stopped), "values": 0, "different": 0}
        rows = [_row(path, theirs, ours) for path in {**theirs, **ours}]
        status, ratio = self._status(name, rows, theirs, ours)
        prefixed = {f"{_STAGES[name]}.{row.field}": row for row in rows if not row.same}
        first = earliest(Row(path) for path in prefixed)
        wording = _wording(prefixed[first.field]) if first else ""
        count, line = own.compare(*events(), cited) if cited else (0, "")
        return {
            **{"status": status, "wording": wording, "ratio": ratio, "lines": count, "line": line},
            "values": sum(row.values for row in rows),
            "different": sum(row.different for row in rows),
        }

    def _value(self, name):
        if name == "rand":
            return OctaveRandom(_SEED)
        if name.startswith("net"):
            return self._net(name)
        if name == "opts":
            fields = self._session.fields("opts")
            return Opts(**{n: v.item() if v.size == 1 else v for n, v in fields.items()})
        return self._session.pull(name)

    def _net(self, name):
        """Take a net over whole, text and function handles too."""
        file = self._folder / "net.mat"
        self._session.give("dlt_file", str(file))
        self._session.eval(f"dlt_net = {name}; save('-v7', dlt_file, 'dlt_net');")
        return load_net(file, "dlt_net")

    def _theirs(self, name):
        variable = calls.result_of(name)
        if name == "cnntest":
            return self._session.fields(variable)
        return net_fields(self._net(variable))

    @contextmanager
    def _watched(self, cited, name):
        """Call the Python function, its cited lines watched; those of the .m file too."""

        def result(arguments):
            value, changed = limited(self._functions.own[name], arguments, self._seconds)
            changed = [n for n in changed if not isinstance(arguments[n - 1], OctaveRandom)]
            if changed:
                raise Stopped(f"it changes its argument {', '.join(map(str, changed))}")
            return value

        if cited is None:
            yield list, result
            return
        file = self._staged.folder / f"{name}.m"
        try:
            with octave_side.watched(self._session, file) as kept:
                calls.call(self._session, name)
                theirs = kept()
        except (ValueError, TypeError, OctaveError):  # it has statements that cannot be watched
            theirs = []
        with watching(cited.path, cited.file, octave_side.variables(file), own=True) as ours:
            yield lambda: (theirs, ours if theirs else []), result

    def _status(self, name, rows, theirs, ours):
        """Say what the differences are, and how large in units of what noise allows."""
        if all(row.same for row in rows):
            return "same bits", None
        if any(row.problem for row in rows):
            return "different", None
        inputs, result = calls.inputs_of(name), calls.result_of(name)
        keep = " ".join(f"dlt_kept.{each} = {each};" for each in inputs)
        back = " ".join(f"{each} = dlt_kept.{each};" for each in inputs)
        moved = " ".join(f"{each} = dlt_perturb(dlt_kept.{each}, dlt_seed);" for each in inputs)
        again = f"{moved} {calls.program(name)} dlt_moved = {result}; {result} = dlt_result;"
        self._session.eval(f"{keep} dlt_result = {result};")
        try:
            found = by_noise.ratios(self._session, ours, theirs, again, "dlt_moved")
        except OctaveError:  # the function refuses what was moved
            return "different", None
        finally:
            self._session.eval(f"{back} {result} = dlt_result;")
        worst = max(found.values(), default=np.inf)
        return "rounding" if worst <= 1 else "different", min(float(worst), 1e300)


def _unjudged(reason):
    return {"status": "not judged", "wording": reason, "values": 0, "different": 0}


def fields(name, value, theirs):
    """Flatten what a Python function gives.

    Parameters
    ----------
    name : str
        The function, such as ``cnnff``.
    value
        What it gave.
    theirs : dict of str to numpy.ndarray
        What Octave gave: er and bad of a test, or the fields of a net.

    Returns
    -------
    dict of str to numpy.ndarray
        The same of Python; images that a test gets wrong count from 1.

    Raises
    ------
    Stopped
        If it is no net, or no pair of er and bad.
    """
    if not name.endswith("test"):
        if not isinstance(value, Net):
            raise Stopped(f"it returns {type(value).__name__}, expected a Net")
        return net_fields(value)
    if not (isinstance(value, tuple) and len(value) == 2):
        raise Stopped(f"it returns {type(value).__name__}, expected er and bad")
    er, bad = value
    bad = matlab_array(np.asarray(bad) + 1.0)
    if bad.size == theirs["bad"].size:  # Python's has no direction
        bad = bad.reshape(theirs["bad"].shape)
    return {"er": matlab_array(er), "bad": bad}


def _row(path, theirs, ours):
    if path not in ours:
        return Row(path, problem="is missing in Python")
    if path not in theirs:
        return Row(path, problem="is in Python only")
    return compare_field(path, theirs[path], ours[path])


def _wording(row):
    if row.problem:
        return f"{row.field}: {row.problem}"
    index = ", ".join(map(str, row.index))
    return f"{row.field}({index}) is {row.reference} in Octave, {row.port} in Python"


def summed(held):
    """Sum the functions' entries up: the worst one counts.

    Parameters
    ----------
    held : Held
        After its cases.

    Returns
    -------
    list of dict
        One for each function; JSON types.
    """
    found = []
    for name, entries in held.found.items():
        judged = [each for each in entries if each["status"] in _ORDER]
        worst = max(
            judged or entries, key=lambda each: (*_ORDER, "not judged").index(each["status"])
        )
        found.append(
            {
                **{"name": name, "status": worst["status"], "case": worst["case"]},
                **{"wording": worst["wording"], "line": worst.get("line", "")},
                "ratio": worst.get("ratio"),
                "values": sum(each["values"] for each in entries),
                "different": sum(each["different"] for each in entries),
                "lines": sum(each.get("lines", 0) for each in entries),
            }
        )
    return found
