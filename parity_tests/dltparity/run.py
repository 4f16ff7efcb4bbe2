"""The main job: every case through the port and through each reference, and compared."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dltcnn import Net, OctaveRandom, Opts, compiled
from dltcnn.compiled.build import has_compiler
from dltcnn.functions import cnnsetup, cnntest

from . import fingerprint, machine
from .cases.shorthand import build
from .comparison.pictures import Gallery
from .comparison.verdict import failed, judge
from .errors import UNMEASURED, ReferenceMissingError, RequestError
from .octave.errors import NoOctave, OctaveDied
from .octave.executable import find_octave
from .original import cache
from .traces.port import port_trace
from .traces.references import open_reference


@dataclass(frozen=True)
class Plan:
    """Which references a run uses.

    Attributes
    ----------
    names : tuple of str
        Of 'original', 'acnn', 'recorded'.
    blas : str or None
        The BLAS of the live ones, a key of `octave.blas.BLAS`; None for the first one that is
        here.
    original : Path or None
        The original's files.
    notes : tuple of str
        What the reader should know of the choice.
    """

    names: tuple
    blas: str | None
    original: Path | None
    notes: tuple = ()


@dataclass(frozen=True)
class Comparison:
    """What a run found.

    Attributes
    ----------
    results : list of CaseResult
        One for each case and reference.
    not_judged : list of dict
        'name', 'reference' and 'reason' where nothing is promised.
    provenance : dict
        Where the results come from.
    pictures : list of dict
        From `comparison.pictures.Gallery`.
    """

    results: list
    not_judged: list
    provenance: dict
    pictures: list = field(default_factory=list)


def plan(wanted, blas, require):
    """Choose the references.

    Parameters
    ----------
    wanted : {'auto', 'original', 'acnn', 'recorded'}
        'auto' takes all there are: acnn live, and the original live or else recorded.
    blas : str or None
        The BLAS of the live ones.
    require : {'original', 'octave', None}
        What must be there.

    Returns
    -------
    Plan
        The choice.

    Raises
    ------
    RequestError
        If the three contradict each other.
    ReferenceMissingError
        If a reference that was asked for is not there.
    """
    _check(wanted, blas, require)
    no_octave = _without_octave()
    original = cache.original() if wanted in ("auto", "original") else None
    if "original" in (wanted, require) and original is None:
        raise ReferenceMissingError(
            "the original was asked for and is not in the cache: run dltparity fetch"
        )
    if no_octave and ({wanted, require} & {"original", "acnn", "octave"}):
        raise ReferenceMissingError(f"GNU Octave was asked for and is not here: {no_octave}")
    if wanted != "auto":
        return Plan((wanted,), blas, original)
    if no_octave:
        note = f"GNU Octave is not here: compared with recordings only. {no_octave}."
        return Plan(("recorded",), blas, None, (note,))
    if original is None:
        return Plan(("acnn", "recorded"), blas, None)
    return Plan(("original", "acnn"), blas, original)


def _check(wanted, blas, require):
    """Refuse options that contradict each other."""
    for what, problem in (
        (f"--require {require}", require == "original" and wanted in ("acnn", "recorded")),
        (f"--require {require}", require == "octave" and wanted == "recorded"),
        (f"--blas {blas}", blas and wanted == "recorded"),
    ):
        if problem:
            raise RequestError(
                f"{what} was asked for together with --reference {wanted}, which does not use it: "
                "leave one of them out"
            )


def _without_octave():
    """Say why there is no Octave; None where there is one."""
    try:
        find_octave()
    except NoOctave as error:
        return str(error)
    return None


def run(chosen, cases, progress):
    """Compare cases.

    Parameters
    ----------
    chosen : Plan
        The references.
    cases : list of Case
        What to run.
    progress : callable
        Yields from the list it is given.

    Returns
    -------
    Comparison
        What was found.

    Raises
    ------
    ReferenceMissingError
        If no reference has a case.
    RequestError
        If the compiled engine is not built where it could be.
    """
    engines, notes = _engines()
    state = fingerprint.of_runs() if {*chosen.names} - {"recorded"} else {}  # before the work
    with ExitStack() as stack:
        references = [
            open_reference(name, chosen.blas, chosen.original, stack) for name in chosen.names
        ]
        _check_recordings(cases, references)
        reasons = {case: [each.why_not(case) for each in references] for case in cases}
        results, not_judged, gallery = [], [], Gallery()
        for case in progress(cases):
            traces = {}
            left = _why_by_lines(case) if "compiled" in engines else None
            for reference, reason in zip(references, reasons[case], strict=True):
                for engine in engines:
                    why = reason or (left if engine == "compiled" else None)
                    if not why:
                        result = _result(reference, case, engine, traces, gallery)
                        why = result.says_nothing
                        if not why:
                            results.append(result)
                            continue
                    entry = {"name": case.name, "reference": reference.name, "reason": why}
                    if entry not in not_judged:
                        not_judged.append(entry)
        notes = (*chosen.notes, *notes, *dict.fromkeys(e.note for e in references if e.note))
        provenance = {**machine.describe(), "depends_on": state, "notes": " ".join(notes) or "none"}
        provenance |= {each.name: each.provenance() for each in references}
    return Comparison(results, not_judged, provenance, gallery.entries)


def _check_recordings(cases, references):
    """Refuse, before any work, cases that no reference has."""
    missing = [case.name for case in cases if not any(each.has(case) for each in references)]
    if missing:
        raise ReferenceMissingError(
            f"there is no recording of {', '.join(missing)}, and nothing else was to compare with: "
            "install GNU Octave, or record these cases with dltparity record"
        )


def test_for(reference, case):
    """Return the function that is to test the port's trained net.

    cnntest and acnntest differ in nets with a single output only, so that for all other cases one
    trace of the port serves every reference.
    """
    return reference.test if case.classes == 1 else cnntest


def against(reference, case, trace, figures=True):
    """Hold the port's trace of a case against a reference's.

    Parameters
    ----------
    reference : LiveReference or Recordings
        Asked for its own trace.
    case : Case
        The case.
    trace : dict of str to numpy.ndarray
        The port's trace.
    figures : bool
        As for `verdict.judge`.

    Returns
    -------
    CaseResult
        The verdict.
    """
    theirs = reference.trace(case)
    return judge(*_names(reference, case), theirs, trace, figures=figures)


def _names(reference, case):
    return case, reference.name, reference.blas, reference.promise(case)


def _engines():
    """Return the engines that every case is run with, and what the reader should know of them.

    Raises
    ------
    RequestError
        If the compiled engine is not built where it could be.
    """
    why = compiled.available()
    if why is None:
        return ("lines", "compiled"), ()
    if has_compiler():
        raise RequestError(f"there is a C compiler here, and {why}")
    return ("lines",), (f"The compiled engine was not compared: {why}.",)


def _why_by_lines(case):
    """Say why the compiled engine leaves a case to the line-by-line functions, if it does."""
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, OctaveRandom(case.seed))
    opts = Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    why = compiled.why_not(net, case.x, case.y, opts)
    return why and f"the compiled engine leaves it to the line-by-line functions: {why}"


def _result(reference, case, engine, traces, gallery):
    """Compare a case with one reference; whatever raises an error fails the case, not the run.

    `traces` keeps what is asked for again with another engine or reference.
    """

    def trace(key, *call):
        if key not in traces:
            traces[key] = _attempt(*call)
        return traces[key]

    test, names = test_for(reference, case), _names(reference, case)
    sides = {
        "reference": trace(reference, reference.trace, case),
        "port": trace((test, engine), port_trace, case, test, engine),
    }
    for which, found in sides.items():
        if isinstance(found, Exception):
            return _failed(names, which, found, engine)
    # The compiled engine's errors against extended precision are those of the same bits.
    figures = engine == "lines"
    result = _attempt(partial(judge, figures=figures, engine=engine), *names, *sides.values())
    if isinstance(result, Exception):
        return _failed(names, "reference", result, engine)
    gallery.offer(result, *sides.values())
    return result


def _attempt(call, *arguments):
    """Return what a call returns, or the error that it raises."""
    try:
        return call(*arguments)
    except (OctaveDied, RequestError, *UNMEASURED):
        raise
    except Exception as error:
        return error


def _failed(names, which, error, engine):
    """Return the failure of a case; `which` of the two raised the error."""
    problem = f"the {which} raised {type(error).__name__}: {' '.join(str(error).split())}"
    return failed(*names, problem, engine)
