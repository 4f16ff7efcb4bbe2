"""One net of a sweep: drawn, run on both sides, judged; a failing one is shrunk."""

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace

from dltcnn import MatlabError

from ..cases import files as case_file
from ..cases.random_cnn import wide_case
from ..compare.result import CaseResult
from ..octave.errors import OctaveDied, OctaveError
from ..original import cache as upstream
from ..traces import port as python
from ..traces.references import LiveSide
from . import acnn_job
from .shrink import shrink

PASS, FAIL, REFUSED = "pass", "fail", "refused"


@dataclass(frozen=True)
class Settings:
    """What all jobs of a sweep share.

    Attributes
    ----------
    seed : int
        Of the sweep.
    reference : str
        'original' or 'acnn'.
    blas : str
        'reference' or 'system'.
    family : str
        'cnn' for the toolbox's nets, 'acnn' for those that only the acnn functions take.
    """

    seed: int
    reference: str
    blas: str = "reference"
    family: str = "cnn"


@dataclass(frozen=True)
class Outcome:
    """How a case went.

    Attributes
    ----------
    kind : str
        'pass', 'fail' or, where both sides refuse the case in the same words, 'refused'.
    result : CaseResult or None
        The comparison, where both sides came to an end.
    problem : str
        Otherwise what they said.
    """

    kind: str
    result: CaseResult | None = None
    problem: str = ""


def do(settings, number):
    """Run one net of a sweep.

    Parameters
    ----------
    settings : Settings
        Of the sweep.
    number : int
        Which net.

    Returns
    -------
    dict
        JSON types only: 'net' (its number), 'verdict', 'values', 'different', 'seconds', and of
        a failing net the first divergence, the case and the shrunk case.
    """
    begin = time.monotonic()
    side = _side(settings)
    if settings.family == "acnn":
        entry = acnn_job.do(side.session, settings, number, _attempt)
        return entry | {"seconds": round(time.monotonic() - begin, 3)}
    case = wide_case(settings.seed, number)
    found = outcome(side, case)
    entry = {
        "net": number,
        "verdict": PASS if found.kind == PASS else FAIL,  # a drawn net that is refused was not run
        "values": found.result.values if found.result else 0,
        "different": found.result.different if found.result else 0,
        "class": case.class_name,
        "special": case.special,
    }
    if found.kind != PASS:
        small = case
        if found.kind == FAIL:
            small = shrink(case, lambda each: _alike(outcome(side, each), found))
            small = replace(small, name=f"{case.name}-shrunk")
        entry |= {
            "first": _first(outcome(side, small)),
            "case": case_file.as_dict(case),
            "shrunk": case_file.as_dict(small),
        }
    return entry | {"seconds": round(time.monotonic() - begin, 3)}


def outcome(side, case):
    """Run a case on both sides.

    Parameters
    ----------
    side : LiveSide
        The reference.
    case : Case
        The case.

    Returns
    -------
    Outcome
        How it went.
    """
    port, ours = _attempt(lambda: python.trace(case))
    if ours is None:
        result, theirs = _attempt(lambda: side.judge(case, port, figures=False))
        if theirs is None:
            return Outcome(PASS if result.verdict == "pass" else FAIL, result)
    else:
        _, theirs = _attempt(lambda: side.trace(case))
    if ours == theirs:
        return Outcome(REFUSED, problem=f"both sides refuse it: {ours}")
    said = [f"says {words}" if words else "runs it" for words in (theirs, ours)]
    return Outcome(FAIL, problem=f"the reference {said[0]}, the port {said[1]}")


def _attempt(call):
    """Return what a side gives and None, or None and what it says instead."""
    try:
        return call(), None
    except OctaveDied:
        try:  # the session has started again
            return call(), None
        except OctaveDied as error:
            return None, str(error)
    except (MatlabError, OctaveError) as error:
        return None, f"{error.line}: {error.message}"
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _alike(one, other):
    """Tell whether two cases fail in the same way: by values, or by what one side says."""
    return one.kind == FAIL and (one.result is None) == (other.result is None)


def _first(found):
    """Return where the sides of a failing case first part."""
    if found.result is None:
        return {"problem": found.problem}
    return found.result.as_dict()["first_divergence"] or {"problem": "nothing was compared"}


# One session per thread and process, for as long as that lives.
_OPEN = threading.local()


def _side(settings):
    if getattr(_OPEN, "settings", None) != settings:
        close()
        _OPEN.stack = ExitStack()
        original = upstream.require_original() if settings.reference == "original" else None
        _OPEN.side = LiveSide.open(settings.reference, settings.blas, original, _OPEN.stack)
        _OPEN.settings = settings
    return _OPEN.side


def close():
    """End this thread's session."""
    if getattr(_OPEN, "settings", None) is not None:
        _OPEN.settings = None
        _OPEN.stack.close()
