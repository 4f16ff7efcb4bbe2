"""One net of a sweep: drawn, run in Octave and in the port, judged; a failing one is shrunk."""

import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from dltcnn import MatlabError

from .. import run
from ..cases import files
from ..cases.random_cnn import wide_case
from ..comparison.result import CaseResult
from ..errors import UNMEASURED
from ..octave.blas import REFERENCE
from ..octave.errors import OctaveDied, OctaveError
from ..original import cache
from ..traces.port import port_trace
from ..traces.references import open_reference
from . import acnn_job
from .shrink import shrink

PASS, FAIL, REFUSED = "pass", "fail", "refused"


@dataclass(frozen=True)
class Settings:
    """What all nets of a sweep share: a task of `jobs`.

    Attributes
    ----------
    seed : int
        The seed of the sweep.
    reference : str
        'original' or 'acnn'.
    blas : str
        The BLAS of Octave, a key of `octave.blas.BLAS`.
    family : str
        'cnn' for the toolbox's nets, 'acnn' for those that only the acnn functions take.
    """

    seed: int
    reference: str
    blas: str = REFERENCE
    family: str = "cnn"

    def do(self, number):
        """Run one net; as `do`."""
        return do(self, number)

    def close(self):
        """End this thread's session."""
        close()


@dataclass(frozen=True)
class Outcome:
    """How a case went.

    Attributes
    ----------
    kind : str
        'pass', 'fail' or, where reference and port refuse the case in the same words, 'refused'.
    result : CaseResult or None
        The comparison, where neither refused the case.
    problem : str
        Otherwise the errors of both.
    """

    kind: str
    result: CaseResult | None = None
    problem: str = ""


def do(settings, number):
    """Run one net of a sweep.

    Parameters
    ----------
    settings : Settings
        Those of the sweep.
    number : int
        The number of the net.

    Returns
    -------
    dict
        JSON types only: 'net' (its number), 'verdict', 'values', 'different', 'seconds', and of
        a failing net the first divergence, the case and the shrunk case.
    """
    begin = time.monotonic()
    reference = _reference(settings)
    if settings.family == "acnn":
        entry = acnn_job.do(reference.session, settings, number, _attempt)
        return entry | {"seconds": round(time.monotonic() - begin, 3)}
    case = wide_case(settings.seed, number)
    found = outcome(reference, case)
    entry = {
        "net": number,
        "verdict": PASS if found.kind == PASS else FAIL,  # a drawn net that is refused was not run
        "values": found.result.values if found.result else 0,
        "different": found.result.different if found.result else 0,
        "nan": found.result.nan if found.result else 0,
        "vacuous": bool(found.result and found.result.vacuous),
        "class": case.class_name,
        "special": case.special,
    }
    if found.kind != PASS:
        small = case
        if found.kind == FAIL:
            small = shrink(case, lambda each: _alike(outcome(reference, each), found))
            small = replace(small, name=f"{case.name}-shrunk")
        entry |= {
            "first": _first(outcome(reference, small)),
            "case": files.as_dict(case),
            "shrunk": files.as_dict(small),
        }
    return entry | {"seconds": round(time.monotonic() - begin, 3)}


def outcome(reference, case):
    """Run a case in the reference and in the port.

    Parameters
    ----------
    reference : LiveReference
        The reference.
    case : Case
        The case.

    Returns
    -------
    Outcome
        How it went.
    """
    trace, refusal = _attempt(lambda: port_trace(case, run.test_for(reference, case)))
    if refusal is None:
        compare = partial(run.against, reference, case, trace, figures=False)
        result, refused_there = _attempt(compare)
        if refused_there is None:
            return Outcome(PASS if result.verdict == "pass" else FAIL, result)
    else:
        _, refused_there = _attempt(lambda: reference.trace(case))
    if refusal == refused_there:
        return Outcome(REFUSED, problem=f"both refuse it: {refusal}")
    theirs, ours = (f"says {each}" if each else "runs it" for each in (refused_there, refusal))
    return Outcome(FAIL, problem=f"the reference {theirs}, the port {ours}")


def _attempt(call):
    """Return what a call gives and None, or None and the words of its error.

    What says nothing of the net is passed on: an Octave that dies a second time, a full disk.
    """
    try:
        try:
            return call(), None
        except OctaveDied:
            return call(), None  # the session has started again
    except (OctaveDied, *UNMEASURED):
        raise
    except (MatlabError, OctaveError) as error:
        return None, f"{error.line}: {error.message}"
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _alike(one, other):
    """Tell whether two cases fail in the same way: by values, or by an error."""
    return one.kind == FAIL and (one.result is None) == (other.result is None)


def _first(found):
    """Return where a failing case first differs."""
    if found.result is None:
        return {"problem": found.problem}
    return found.result.as_dict()["first_divergence"] or {"problem": "nothing was compared"}


# One session per thread and process, for as long as that lives.
_OPEN = threading.local()


def _reference(settings):
    if getattr(_OPEN, "settings", None) != settings:
        close()
        _OPEN.stack = ExitStack()
        original = cache.require_original() if settings.reference == "original" else None
        _OPEN.reference = open_reference(settings.reference, settings.blas, original, _OPEN.stack)
        _OPEN.settings = settings
    return _OPEN.reference


def close():
    """End this thread's session."""
    if getattr(_OPEN, "settings", None) is not None:
        _OPEN.settings = None
        _OPEN.stack.close()
