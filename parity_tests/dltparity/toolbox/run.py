"""An edited toolbox -> what is to be reported of it."""

from pathlib import Path

from .. import machine
from ..cases.standard import Case, standard
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT, NOT_MEASURED
from ..files import check_ends
from ..octave.errors import OctaveDied, OctaveError
from ..octave.session import Octave
from ..original.cache import require_original
from ..original.pin import pinned
from ..traces.python_functions import Functions
from . import blame, calls, held, repair, source
from .compare import Comparison
from .copy import find, functions, sha256
from .described import described
from .gradient import CASES, NotMeasured, gradients
from .staging import staged

LIMIT_SECONDS = 60  # for one call of a function
_CHECK_CASE = Case("check", "1c3-2s", 6, 6, classes=2, images=4, batchsize=2, epochs=1, seed=33)
_NAMES = (
    *("wide", "scale-3", "kernel-1", "kernel-2", "one-map", "last-c", "only-c", "first-s"),
    *("only-s", "one-output", "many-maps", "batch-of-two", "map-1x1", "uint8-images"),
    *("logical-targets", "special-values", "wide-single", "special-values-single"),
)


def standard_cases():
    """List the standard cases that a copy is run on, and one for its check of gradients."""
    return [*(case for case in standard() if case.name in _NAMES), _CHECK_CASE]


def run(folder, setup=None, progress=iter, limit=LIMIT_SECONDS, port=None):
    """Examine an edited copy of the toolbox.

    Parameters
    ----------
    folder : Path
        The copy.
    setup : Path, optional
        A program in MATLAB's language that sets what the copy needs beyond a standard net; it sees
        and may change net, x, y, opts, test_x and test_y.
    progress : callable
        Yields from a list of cases, and may say how far it has come.
    limit : float
        Seconds after which a function that does not return is ended.
    port : str, optional
        A Python module whose functions of the same names are held against the copy's.

    Returns
    -------
    dict
        JSON types only.

    Raises
    ------
    RequestError
        If the folder holds no such functions, or the program cannot be read or fails.
    OriginalMissing
        If the original's files are not in the cache.
    """
    original = require_original()
    copy = find(folder)
    program = _program(setup)
    functions = Functions(port) if port else None
    with staged(copy, original) as stage, Octave(paths=[stage.folder], timeout=limit) as session:
        own = bool(program) and _own_layers(session, program)
        names, compared = _functions(session, stage, program, own, progress)
        nets = CASES[:1] if own else CASES
        first = stage.originals(["cnnsetup"])
        checked = [_gradients(session, case, program, first) for case in nets]
        wrong = [case for case, entry in zip(nets, checked, strict=True) if _is_wrong(entry)]
        settings = {case.name: blame.executed(session, stage, case, program) for case in wrong}
        put_back = repair.repair(session, stage, wrong, program) if wrong else None
        python = functions and _held(session, stage, functions, program, nets, limit)
        octave = session.info()
    content = {
        "schema": 1,
        "folder": str(folder),
        "verdict": _verdict(checked),
        "functions": described(copy, original, names, compared),
        "gradients": _blamed(checked, settings),
        "repair": put_back and _repair(put_back),
        "port": python and {"module": port, "functions": python},
        "lacking": list(copy.lacking),
        "cannot_run": list(copy.cannot_run),
        "notes": list(copy.notes),
        "needs": _needs(copy, original),
        "provenance": {**machine.describe(), "octave": octave["version"], "blas": octave["blas"]},
        "original": {"repository": pinned().repository, "commit": pinned().commit},
        "files": _files(copy, original, setup, functions.files() if functions else ()),
    }
    return content


def exit_code(content):
    """Return what the exit code says of a result."""
    python = (content["port"] or {"functions": ()})["functions"]
    if content["verdict"] == "wrong" or any(e["status"] in held.BROKEN for e in python):
        return BROKEN
    unjudged = any(each["status"] == "not judged" for each in python)
    return NOT_MEASURED if unjudged or content["verdict"] == "not measured" else KEPT


def _held(session, stage, functions, program, cases, limit):
    """Hold the user's Python functions against the copy's."""
    found = held.Held(session, stage, functions, program, limit)
    for case in cases:
        found.case(case)
    return held.summed(found)


def _program(setup):
    if setup is None:
        return ""
    try:
        check_ends(setup)
        return Path(setup).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise RequestError(f"{str(setup)!r} cannot be read ({reason}): name a .m file") from None


def _own_layers(session, program):
    try:
        return calls.has_own_layers(session, CASES[0], program)
    except (OctaveError, OctaveDied) as error:
        raise RequestError(
            f"the program given with --setup fails ({error}): it may use net, x, y and opts"
        ) from None


def _functions(session, stage, program, own, progress):
    """Run the functions whose code is not the original's on the cases; those apart only once."""
    copy = stage.copy
    names = [
        name
        for name in functions()
        if name in copy.files
        and not source.same_code(copy.text(name), source.read(stage.original_path(name)))
    ]
    comparison = Comparison(session, stage, program)
    compared = {name: [] for name in names}
    cases = [*CASES[:1], _CHECK_CASE] if own else standard_cases()
    for case in progress(cases) if names else ():
        slow = case is not _CHECK_CASE
        once = {"cnnnumgradcheck", *calls.APART} if slow else set()
        chosen = [name for name in names if name not in once]
        if not chosen:
            continue
        try:
            outcomes = comparison.case(case, chosen)
        except OctaveError as error:  # the user's program does not suit this case
            outcomes = {name: comparison.unfit(case, error) for name in chosen}
        for name, outcome in outcomes.items():
            compared[name].append(outcome)
    return names, compared


def _gradients(session, case, program, original_setup):
    try:
        return gradients(session, case, program, original_setup)
    except NotMeasured as error:
        return {"case": case.name, "not_measured": str(error)}
    except OctaveDied as error:
        return {"case": case.name, "not_measured": str(error).split(";")[0]}


def _is_wrong(entry):
    return not isinstance(entry, dict) and entry.loss is None


def _verdict(checked):
    if any(map(_is_wrong, checked)):
        return "wrong"
    if any(isinstance(entry, dict) for entry in checked):
        return "not measured"
    losses = {entry.loss for entry in checked}
    return "right" if losses == {"L"} else "right for another loss"


def _blamed(checked, settings):
    """Describe the gradients, and from which statement on they are wrong."""
    found = []
    for entry in checked:
        if isinstance(entry, dict):
            found.append(entry)
            continue
        wrong = entry.case in settings
        first = blame.first_wrong(entry.groups, settings[entry.case]) if wrong else None
        groups = [vars(group) | {"errors": _finite(group.errors)} for group in entry.groups]
        found.append(
            {
                **{"case": entry.case, "verdict": entry.verdict, "loss": entry.loss},
                **{"groups": groups, "unused": entry.unused, "first_wrong": first},
                "note": entry.note,
            }
        )
    return found


def _finite(errors):
    return {name: error if error < float("inf") else None for name, error in errors.items()}


def _repair(found):
    return {
        "sets": [
            [{"place": hunk.place, "code": list(map(source.shown, hunk.code))} for hunk in each]
            for each in found.sets
        ],
        **{"places": found.places, "trials": found.trials},
        **{"smallest": found.smallest, "note": found.note},
    }


def _needs(copy, original):
    """List fields that the copy's functions read, the original's do not, and nobody sets."""
    texts = [copy.text(name) for name in copy.files]
    known = [source.read(original / path) for path in functions().values()]
    given = {"type", "outputmaps", "kernelsize", "scale", "alpha", "batchsize", "numepochs"}
    read, written = source.fields(texts)
    old_read, old_written = source.fields(known)
    return sorted(read - written - old_read - old_written - given)


def _files(copy, original, setup, python):
    files = [
        {"name": f"{name}.m", "path": str(path), "sha256": sha256(path)}
        for name, path in sorted(copy.files.items())
    ]
    for name in functions():
        path = original / functions()[name]
        files.append({"name": f"{name}.m", "path": str(path), "sha256": sha256(path)})
    if setup is not None:
        files.append({"name": "--setup", "path": str(setup), "sha256": sha256(Path(setup))})
    files += [{"name": each.name, "path": str(each), "sha256": sha256(each)} for each in python]
    return files
