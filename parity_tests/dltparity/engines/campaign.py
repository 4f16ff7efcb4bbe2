"""Many drawn nets through both engines."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial

from dltcnn import compiled

from .. import fingerprint
from ..seal import sealed
from . import cases, live
from .compared import compared

# One after the other, so that any number of nets has all kinds.
KINDS = (cases.acnn, cases.cnn, cases.large, partial(cases.cnn, wide=True), cases.edge, cases.broad)
_THREADS = (1, 2, 3)


def _drawn(number):
    return KINDS[number % len(KINDS)](number // len(KINDS))


def one(number):
    """Draw a net and compare.

    Parameters
    ----------
    number : int
        The number of the net.

    Returns
    -------
    dict
        'name'; 'different', what differs; 'left', why the compiled engine leaves it to the
        line-by-line functions, None where it does not.
    """
    case = _drawn(number)
    return {
        "name": case.name,
        "left": compiled.why_not(case.net, case.x, case.y, case.opts, case.acnn),
        "different": compared(case, _THREADS[number // len(KINDS) % len(_THREADS)]),
    }


def gather(nets, first, jobs, progress, octave=0):
    """Compare nets.

    Parameters
    ----------
    nets, first : int
        How many, and the number of the first.
    jobs : int
        Processes.
    progress : callable
        Called with an iterator and its length; yields from it.
    octave : int
        How many of the nets that the compiled engine covers are compared with Octave too.

    Returns
    -------
    dict
        'nets', 'first', 'compiled' (how many the compiled engine covers), 'left' (reason -> how
        many), 'failing' (those that differ, as `one` gives them), 'octave' (how many were compared
        with Octave too), 'octave_values', 'verdict', 'date', and 'depends_on', the state of
        everything else; sealed.
    """
    state = fingerprint.of_runs()
    numbers = range(first, first + nets)
    if jobs == 1:
        found = list(progress(map(one, numbers), nets))
    else:
        with ProcessPoolExecutor(jobs) as pool:
            found = list(progress(pool.map(one, numbers, chunksize=4), nets))
    compiled_ones = [
        number for number, each in zip(numbers, found, strict=True) if not each["left"]
    ]
    left = Counter(each["left"] for each in found)
    covered = left.pop(None, 0)
    in_octave = _in_octave(compiled_ones[:octave], progress) if octave else []
    failing = _failing([*found, *in_octave])
    result = {
        "nets": nets,
        "first": first,
        "compiled": covered,
        "left": dict(sorted(left.items())),
        "failing": failing,
        "octave": len(in_octave),
        "octave_values": sum(each["values"] for each in in_octave),
        "verdict": "pass" if covered and not failing else "fail",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "depends_on": state,
    }
    return sealed(result)


def _failing(results):
    """List the nets that differ, once each: from the other engine, from Octave or from both."""
    found = {}
    for each in results:
        if each["different"]:
            entry = found.setdefault(each["name"], each | {"different": []})
            entry["different"] += each["different"]
    return list(found.values())


def _in_octave(numbers, progress):
    """Compare nets with Octave: for each its name, how many values, and what differs."""
    found = []
    with live.sessions() as sessions:
        for case in progress(map(_drawn, numbers), len(numbers)):
            values, different = live.compared(case, sessions[case.acnn])
            different = [f"in Octave {each}" for each in different]
            found.append({"name": case.name, "values": values, "different": different})
    return found
