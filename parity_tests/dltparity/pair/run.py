"""A file of pairs -> what is to be reported."""

import multiprocessing
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice

import numpy as np

from .. import machine
from ..noise import PERTURBATIONS
from ..octave.errors import OctaveDied
from ..sweep.log import Log
from . import judge, python_side
from .inputs import draw
from .judge import FAIL, UNSTABLE
from .octave_side import matlab
from .shrink import shrink

_CHUNK = 50
_MOST_UNSTABLE = 0.05
_SHOWN = 5  # failing inputs of a pair that are kept
_SHRUNK = 1  # of those, how many are shrunk


class Work:
    """The pairs of a file in one process: an Octave session for each limit of time.

    Parameters
    ----------
    spec : Spec
        The file.
    """

    def __init__(self, spec):
        self._spec = spec
        self._sessions, self._stack, self._loaded = {}, ExitStack(), {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stack.close()

    def functions(self, pair):
        """Return Octave's side of a pair."""
        if pair.seconds not in self._sessions:
            manager = matlab(self._spec.matlab, pair.seconds)
            self._sessions[pair.seconds] = self._stack.enter_context(manager)
        return self._sessions[pair.seconds]

    def chunk(self, pair, first, count):
        """Compare some argument lists of a pair.

        Returns
        -------
        dict
            JSON types: counts, and the failing lists.
        """
        lists = [draw(pair, number) for number in range(first, first + count)]
        found = self.judged(pair, lists)
        failing = [
            {"input": first + n, "kind": each.kind, "what": each.what, "arguments": shown(a)}
            for n, (each, a) in enumerate(zip(found, lists, strict=True))
            if each.verdict == FAIL
        ]
        return {
            "inputs": count,
            "failed": len(failing),
            "unstable": sum(each.verdict == UNSTABLE for each in found),
            "unstable_because": next((e.what for e in found if e.verdict == UNSTABLE), ""),
            "values": sum(each.values for each in found),
            "different": sum(each.different for each in found),
            "noise_ratio": max((each.noise_ratio for each in found), default=0.0),
            "failing": failing[:_SHOWN],
        }

    def judged(self, pair, lists):
        """Judge argument lists of a pair, one `Judged` for each."""
        if pair.python not in self._loaded:
            self._loaded[pair.python] = python_side.load(pair.python, self._spec.python)
        function = self._loaded[pair.python]
        functions = self.functions(pair)
        theirs = functions.call(pair, lists)
        ours = [python_side.call(function, each, pair.outputs, pair.seconds) for each in lists]
        found = [judge.judge(a, b) for a, b in zip(theirs, ours, strict=True)]
        due = [n for n, each in enumerate(found) if each.verdict == FAIL]
        if pair.promise == "noise" and due:
            moved = [
                functions.call(pair, [lists[n] for n in due], seed)
                for seed in range(1, PERTURBATIONS + 1)
            ]
            for k, n in enumerate(due):
                found[n] = judge.by_noise(found[n], theirs[n], ours[n], [m[k] for m in moved])
        return found

    def shrunk(self, pair, number, kind):
        """Shrink a failing argument list of a pair; None where it takes too long to fail."""
        if kind == "time":
            return None

        def fails(lists):
            return [each.verdict == FAIL and each.kind == kind for each in self.judged(pair, lists)]

        arguments = shrink(draw(pair, number), fails)
        return {"arguments": shown(arguments), "what": self.judged(pair, [arguments])[0].what}


def shown(arguments):
    """Write arguments so that they can be read and typed in again."""
    return [_shown(each) for each in arguments]


def _shown(value):
    if isinstance(value, np.ndarray):
        values = ", ".join(str(each) for each in value.ravel(order="F").tolist()[:40])
        more = f", and {value.size - 40} more" if value.size > 40 else ""
        return f"{'x'.join(map(str, value.shape))} {value.dtype} [{values}{more}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_shown(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "{" + ", ".join(map(_shown, value)) + "}"
    return repr(value)


def run(spec, folder, jobs=1, inputs=None, progress=iter):
    """Hold the pairs of a file against each other; what was done before is not done again.

    Parameters
    ----------
    spec : Spec
        The file.
    folder : Path
        Keeps the results so far.
    jobs : int
        Local processes.
    inputs : int, optional
        Argument lists of each pair, in place of what the file says.
    progress : callable
        Yields from a list of chunks, and may say how far it has come.

    Returns
    -------
    dict
        JSON types only.
    """
    pairs = [replace(p, inputs=inputs or p.inputs) for p in spec.pairs]
    for pair in pairs:
        python_side.load(pair.python, spec.python)  # what is missing is refused before any work
    chunks = [
        (n, first, min(_CHUNK, pair.inputs - first))
        for n, pair in enumerate(pairs)
        for first in range(0, pair.inputs, _CHUNK)
    ]
    header = {"files": spec.files, "inputs": [pair.inputs for pair in pairs]}
    with Work(spec) as work:
        octave = work.functions(pairs[0]).info()
        with Log(folder / "pair.progress.jsonl", header) as log:
            due = [number for number in range(len(chunks)) if number not in log.results]
            for number, result in _done(work, spec, pairs, chunks, due, jobs, progress):
                log.add({"net": number, **result})
            results = [log.results[number] for number in range(len(chunks))]
            path = log.path
        entries = [
            _entry(work, pair, [r for r, c in zip(results, chunks, strict=True) if c[0] == n])
            for n, pair in enumerate(pairs)
        ]
    path.unlink()
    return {
        "schema": 1,
        "file": str(spec.path),
        "verdict": "fail" if any(each["verdict"] == "fail" for each in entries) else "pass",
        "pairs": entries,
        "provenance": {**machine.describe(), "octave": octave["version"], "blas": octave["blas"]},
        "files": [{"path": path, "sha256": sha} for path, sha in spec.files.items()],
    }


def _done(work, spec, pairs, chunks, due, jobs, progress):
    """Do chunks here or on several processes; yields their numbers and results."""
    if jobs == 1:
        for number in progress(due):
            n, first, count = chunks[number]
            yield number, work.chunk(pairs[n], first, count)
        return
    context = multiprocessing.get_context("spawn")
    tasks = [(number, pairs[chunks[number][0]], *chunks[number][1:]) for number in due]
    with context.Pool(jobs, _begin, (spec,)) as pool:
        results = pool.imap_unordered(_task, tasks)
        for _ in progress(due):
            yield from islice(results, 1)


_WORK = []  # a worker process's own sessions


def _begin(spec):
    _WORK[:] = [Work(spec)]


def _task(task):
    number, pair, first, count = task
    return number, _WORK[0].chunk(pair, first, count)


def _entry(work, pair, results):
    """Sum the chunks of a pair up and shrink its first failing list."""
    failing = [each for result in results for each in result["failing"]][:_SHOWN]
    for each in failing[:_SHRUNK]:
        try:
            each["shrunk"] = work.shrunk(pair, each["input"], each["kind"])
        except OctaveDied:
            each["shrunk"] = None
    total = {
        name: sum(result[name] for result in results)
        for name in ("inputs", "failed", "unstable", "values", "different")
    }
    too_unstable = total["unstable"] > _MOST_UNSTABLE * total["inputs"]
    compared = total["inputs"] - total["unstable"]
    verdict = "fail" if total["failed"] or too_unstable or not compared else "pass"
    return {
        "name": pair.name,
        "matlab": pair.matlab,
        "python": pair.python,
        "promise": pair.promise,
        "verdict": verdict,
        **total,
        "too_unstable": too_unstable,
        "unstable_because": next((r["unstable_because"] for r in results if r["unstable"]), ""),
        "noise_ratio": max(result["noise_ratio"] for result in results),
        "failing": failing,
    }
