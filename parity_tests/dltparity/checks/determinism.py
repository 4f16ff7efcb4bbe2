"""What the comparison takes for granted, measured.

Octave and the port give the same bits when they run twice, the BLAS is the one that was asked for,
and the original passes its own test.
"""

from contextlib import ExitStack

from ..cases.standard import standard
from ..octave.blas import BLAS, NoBlas
from ..octave.blas_probe import probe
from ..octave.errors import OctaveError
from ..octave.session import Octave
from ..octave.shadows import check_unshadowed
from ..original import cache
from ..traces.octave import octave_trace
from ..traces.port import port_trace
from ..traces.references import acnn_paths
from ..traces.trace import digest

CASES = ("last-c", "special-values", "special-values-single", "wide-single")
_TEST = "test_cnn_gradients_are_numerically_correct"


def gather(cases=None):
    """Measure all three.

    Parameters
    ----------
    cases : list of Case, optional
        What runs twice; by default `CASES`.

    Returns
    -------
    dict
        'determinism', 'blas' and 'gradient_test'; JSON types only.
    """
    cases = cases or [case for case in standard() if case.name in CASES]
    original = cache.original()
    family = "cnn" if original else "acnn"
    folders = cache.octave_paths(original) if original else acnn_paths()
    found = {"determinism": [], "blas": {}, "gradient_test": None}
    with ExitStack() as stack:
        for blas in BLAS:
            try:
                session = stack.enter_context(Octave(blas=blas, paths=folders))
            except NoBlas as error:
                found["blas"][blas] = {"says": str(error), "product": "", "axpy": ""}
                continue
            check_unshadowed(session, folders)
            found["blas"][blas] = probe(session)
            found["determinism"] += [_twice(session, blas, family, case) for case in cases]
        found["determinism"] += [_port_twice(case) for case in cases]
        if original:
            found["gradient_test"] = gradient_test(original)
    return found


def broken(content):
    """Name what breaks a promise; `content` from `gather`."""
    found = [] if all(row["same"] for row in content["determinism"]) else ["determinism"]
    test = content["gradient_test"]
    if test and test["outcome"] != "pass":
        found.append("the original's own gradient test")
    return found


def _twice(session, blas, family, case):
    """Run a case twice in one session."""
    digests = [digest(octave_trace(session, family, case)) for _ in range(2)]
    return _same(f"Octave, {blas} BLAS", case, digests)


def _port_twice(case):
    return _same("the port", case, [digest(port_trace(case)) for _ in range(2)])


def _same(runner, case, digests):
    same = len(set(digests)) == 1
    return {"runner": runner, "case": case.name, "digest": digests[0][:16], "same": same}


def gradient_test(original, seed=0):
    """Run the original's own test of its gradients.

    Parameters
    ----------
    original : Path
        Its files.
    seed : int
        The seed of its random net.

    Returns
    -------
    dict
        'test', 'seed' and 'outcome': 'pass', or the error.
    """
    folders = cache.octave_paths(original, ("CNN", "util", "tests"))
    with Octave(paths=folders) as session:
        check_unshadowed(session, folders)
        try:
            session.give("seed", seed)
            session.eval(f"rand('state', seed); {_TEST}();")
            outcome = "pass"
        except OctaveError as error:
            outcome = str(error)
    return {"test": f"tests/{_TEST}.m", "seed": seed, "outcome": outcome}
