"""The main job: every case through the port and through each reference, compared."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import provenance, python, upstream
from .errors import ReferenceMissingError
from .executable import find_octave
from .octave_errors import NoOctave
from .sides import LiveSide, RecordedSide


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
    ReferenceMissingError
        If a reference that was asked for is not there.
    """
    octave, original = _has_octave(), upstream.original()
    needs_original = "original" in (wanted, require)
    if needs_original and original is None:
        raise ReferenceMissingError(
            "the original was asked for and is not in the cache: run dltparity fetch"
        )
    if not octave and (needs_original or wanted == "acnn" or require == "octave"):
        raise ReferenceMissingError(
            "GNU Octave was asked for and is not here: install it (package octave)"
        )
    if wanted != "auto":
        return Plan((wanted,), blas, original)
    if not octave:
        return Plan(
            ("recorded",), blas, None, ("GNU Octave is not here: compared with recordings only.",)
        )
    if original is None:
        return Plan(("acnn", "recorded"), blas, None)
    return Plan(("original", "acnn"), blas, original)


def _has_octave():
    try:
        find_octave()
    except NoOctave:
        return False
    return True


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
        where = {**provenance.machine(), "notes": " ".join(chosen.notes) or "none"}
        for side in opened:
            where[side.name] = side.provenance()
        results, unjudged = [], []
        for case in progress(cases):
            port = python.trace(case)
            for side in opened:
                reason = side.not_promised(case)
                if reason is None:
                    results.append(side.judge(case, port))
                else:
                    entry = {"name": case.name, "reference": side.name, "reason": reason}
                    unjudged.append(entry)
    return results, unjudged, where
