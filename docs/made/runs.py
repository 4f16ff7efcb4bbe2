"""The runs that the pictures show: the port beside the original in Octave."""

import sys
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import numpy as np

from dltparity.cases.standard import Case
from dltparity.comparison.bound import errors, ratios
from dltparity.noise import MULTIPLE, PERTURBATIONS
from dltparity.octave.session import Octave
from dltparity.original.cache import require_original
from dltparity.traces.port import port_trace
from dltparity.traces.references import open_reference

EXAMPLES = Path(__file__).parents[2] / "examples" / "pair"
DIGITS = Case("some digits", "4c5-2s-6c5-2s", source="digits", images=300, batchsize=10, epochs=3)
SMALL = Case("small", "3c5-2s-4c3-2s", 12, 20, seed=5)


def traces(case, *blas):
    """Run a case in Octave on some BLAS libraries: their traces."""
    found = []
    for name in blas:
        with ExitStack() as stack:
            reference = open_reference("original", name, require_original(), stack)
            found.append(reference.trace(case))
    return found


def drift(reference, port):
    """Measure how far the weights are apart before each batch, against the largest weight."""
    fields = [path for path in reference if path.startswith("train.")]
    largest = max(np.abs(reference[path]).max() for path in fields)
    apart = [
        np.abs(reference[path] - port[path]).reshape(-1, reference[path].shape[-1]).max(axis=0)
        for path in fields
    ]
    return np.max(apart, axis=0) / largest


def wrong_trace(case):
    """Run the port with a fault that a port by hand may well have: the maps are not turned."""
    with patch.object(import_module("dltcnn.cnn.cnnbp"), "flipall", lambda x: x):
        return port_trace(case)


def shares(case, reference, port):
    """Measure the step's fields in units of their bounds: field -> ratio."""
    found = ratios(case, "original", reference, port, errors(case, reference, port))
    return {path: share for path, share in found.items() if path.split(".")[0] in _STAGES}


_STAGES = ("ff", "bp", "apply")


def noise(names, count=40):
    """Hold functions of counterparts.py against runmean.m on random inputs.

    Parameters
    ----------
    names : sequence of str
        Python functions.
    count : int
        How many inputs.

    Returns
    -------
    dict of str to list of tuple of float
        Name -> for each input what is allowed as noise, and the difference.
    """
    sys.path.insert(0, str(EXAMPLES))
    functions = {name: getattr(import_module("counterparts"), name) for name in names}
    sys.path.remove(str(EXAMPLES))
    rng, found = np.random.default_rng(1), {name: [] for name in names}
    with Octave(paths=[EXAMPLES / "mfiles"]) as session:
        for _ in range(count):
            x, w = 100 * rng.random((1, int(rng.integers(8, 40)))), np.full((1, 1), 3.0)
            theirs = _runmean(session, x, w)
            moved = [
                _runmean(session, x * (1 + rng.choice([-1, 1], x.shape) * np.finfo(float).eps), w)
                for _ in range(PERTURBATIONS)
            ]
            allowed = MULTIPLE * max(np.abs(each - theirs).max() for each in moved)
            for name, function in functions.items():
                found[name].append((allowed, np.abs(function(x, w)[0] - theirs).max()))
    return found


def _runmean(session, x, w):
    session.give("x", x)
    session.give("w", w)
    session.eval("m = runmean(x, w);")
    return session.pull("m")
