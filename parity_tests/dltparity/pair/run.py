"""A file of pairs -> what is to be reported."""

from dataclasses import replace
from pathlib import Path

from .. import machine
from ..jobs import workers
from ..jobs.cluster import cluster
from ..jobs.log import Log
from ..octave.errors import OctaveDied
from . import python_side
from .work import Task

_LOG = "pair.progress.jsonl"
_MOST_UNSTABLE = 0.05
_SHOWN = 5  # failing inputs of a pair that are kept
_SHRUNK = 1  # of those, how many are shrunk


def run(spec, folder, jobs=1, address=None, inputs=None, progress=None):
    """Hold the pairs of a file against each other; what was done before is not done again.

    Parameters
    ----------
    spec : Spec
        The file.
    folder : Path
        Keeps the results so far.
    jobs : int
        Local processes.
    address : str, optional
        Of a Dask scheduler, used in place of local processes; its workers need the same folders.
    inputs : int, optional
        Argument lists of each pair, in place of what the file says.
    progress : callable, optional
        Called with an iterator of results, their number, and the number of earlier ones; yields
        from it.

    Returns
    -------
    dict
        JSON types only.

    Raises
    ------
    RequestError
        If a Python function is missing, the folder cannot be used, or the cluster does not answer.
    """
    pairs = [replace(p, inputs=inputs or p.inputs) for p in spec.pairs]
    for pair in pairs:
        python_side.load(pair.python, spec.python)  # what is missing is refused before any work
    task = Task(spec, pairs)
    try:
        octave = task.work().functions(pairs[0]).info()
        with Log(folder / _LOG, task.header, key="chunk") as log:
            due = [number for number in range(len(task.chunks)) if number not in log.results]
            results = _results(task, due, jobs, address)
            if progress and due:
                results = progress(results, len(due), len(task.chunks) - len(due))
            for result in results:
                log.add(result)
            done = [log.results[number] for number in range(len(task.chunks))]
        entries = [
            _entry(task, pair, [r for r, c in zip(done, task.chunks, strict=True) if c[0] == n])
            for n, pair in enumerate(pairs)
        ]
    finally:
        task.close()
    return {
        "schema": 1,
        "file": str(spec.path),
        "verdict": "fail" if any(each["verdict"] == "fail" for each in entries) else "pass",
        "pairs": entries,
        "provenance": {**machine.describe(), "octave": octave["version"], "blas": octave["blas"]},
        "files": [{"path": path, "sha256": sha} for path, sha in spec.files.items()],
    }


def forget(folder):
    """Remove what a run has kept to go on with, once its report is written."""
    Path(folder, _LOG).unlink(missing_ok=True)


def _results(task, due, jobs, address):
    if address is not None:
        return cluster(task, due, address)
    if jobs > 1:
        return workers.processes(task, due, jobs)
    return map(task.do, due)  # in this thread's own sessions, which shrink failing lists later


def _entry(task, pair, results):
    """Sum the chunks of a pair up and shrink its first failing list."""
    failing = [each for result in results for each in result["failing"]][:_SHOWN]
    for each in failing[:_SHRUNK]:
        try:
            each["shrunk"] = task.work().shrunk(pair, each["input"], each["kind"])
        except OctaveDied:
            each["shrunk"] = None
    total = {
        name: sum(result[name] for result in results)
        for name in ("inputs", "failed", "unstable", "values", "different")
    }
    too_unstable = total["unstable"] > _MOST_UNSTABLE * total["inputs"]
    verdict = "fail" if total["failed"] or too_unstable or not total["values"] else "pass"
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
