"""The main job: every case through the port and through each reference, compared."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import machine as provenance
from .compare import verdict as judge
from .errors import ReferenceMissingError, RequestError
from .octave.errors import NoOctave, OctaveDied
from .octave.executable import find_octave
from .original import cache as upstream
from .traces import port as python
from .traces.references import LiveSide, RecordedSide


@dataclass(frozen=True)
class Plan:
    """Which references a run uses.

    Attributes
    ----------
    names : tuple of str
        Of 'original', 'acnn', 'recorded'.
    blas : str or None
        'reference' or 'system' for the live ones; None for whichever there is, the reference BLAS
        first.
    original : Path or None
        The original's files.
    notes : tuple of str
        What the reader should know of the choice.
    """

    names: tuple
    blas: str | None
    original: Path | None
    notes: tuple = ()


def plan(wanted, blas, require):
    """Choose the references.

    Parameters
    ----------
    wanted : {'auto', 'original', 'acnn', 'recorded'}
        'auto' takes all there are: acnn live, and the original live or else recorded.
    blas : {'reference', 'system', None}
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
    original = upstream.original() if wanted in ("auto", "original") else None
    if "original" in (wanted, require) and original is None:
        raise ReferenceMissingError(
            "the original was asked for and is not in the cache: run dltparity fetch"
        )
    if no_octave and ({wanted, require} & {"original", "acnn", "octave"}):
        raise ReferenceMissingError(f"GNU Octave was asked for and is not here: {no_octave}")
    if wanted != "auto":
        return Plan((wanted,), blas, original)
    if no_octave:
        return Plan(
            ("recorded",),
            blas,
            None,
            (f"GNU Octave is not here: compared with recordings only. {no_octave}.",),
        )
    if original is None:
        return Plan(("acnn", "recorded"), blas, None)
    return Plan(("original", "acnn"), blas, original)


def _check(wanted, blas, require):
    """Refuse what contradicts itself."""
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


def sides(chosen, stack):
    """Open the references of a plan.

    Parameters
    ----------
    chosen : Plan
        The plan.
    stack : contextlib.ExitStack
        What closes their sessions.

    Returns
    -------
    list of LiveSide or RecordedSide
        The references, ready.
    """
    return [
        RecordedSide()
        if name == "recorded"
        else LiveSide.open(name, chosen.blas, chosen.original, stack)
        for name in chosen.names
    ]


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
    results : list of CaseResult
        One per case and reference.
    unjudged : list of dict
        'name', 'reference' and 'reason' where nothing is promised.
    provenance : dict
        Where the results come from.
    """
    with ExitStack() as stack:
        opened = sides(chosen, stack)
        _check_recordings(cases, opened)
        pairs = {case: {side: side.unjudged(case) for side in opened} for case in cases}
        results, unjudged = [], []
        for case in progress(cases):
            port = _attempt(python.trace, case)
            for side, reason in pairs[case].items():
                if reason is None:
                    results.append(_judged(side, case, port))
                else:
                    entry = {"name": case.name, "reference": side.name, "reason": reason}
                    unjudged.append(entry)
        notes = (*chosen.notes, *dict.fromkeys(side.note for side in opened if side.note))
        where = {**provenance.machine(), "notes": " ".join(notes) or "none"}
        where |= {side.name: side.provenance() for side in opened}
    return results, unjudged, where


def _check_recordings(cases, opened):
    """Refuse, before any work, cases that no reference has."""
    missing = [case.name for case in cases if not any(side.has(case) for side in opened)]
    if missing:
        raise ReferenceMissingError(
            f"there is no recording of {', '.join(missing)}, and nothing else was to compare with: "
            "install GNU Octave, or record these cases with dltparity record"
        )


def _attempt(run_side, *arguments):
    """Run a side; what it raises is a failure of the case, not of the run."""
    try:
        return run_side(*arguments)
    except (OctaveDied, RequestError):
        raise
    except Exception as error:
        return error


def _judged(side, case, port):
    if isinstance(port, Exception):
        return _failed(side, case, "port", port)
    result = _attempt(side.judge, case, port)
    return _failed(side, case, "reference", result) if isinstance(result, Exception) else result


def _failed(side, case, who, error):
    said = f"the {who} raised {type(error).__name__}: {' '.join(str(error).split())}"
    blas = getattr(side, "blas", "reference")
    return judge.failed(case, side.name, blas, getattr(side, "promise", "bit"), said)
