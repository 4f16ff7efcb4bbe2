"""A sweep from its start to its summary."""

from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from .. import fingerprint
from ..cases.files import from_dict, save
from ..files import write_json
from ..jobs import workers
from ..jobs.cluster import cluster
from ..jobs.log import Log
from ..original import pin
from ..seal import sealed
from .job import FAIL


def header(settings):
    """Say what the results of a sweep depend on: those with the same header belong together.

    Parameters
    ----------
    settings : job.Settings
        Those of the sweep.

    Returns
    -------
    dict
        Seed, reference, BLAS, version of the library, commit of the original, and 'depends_on',
        the state of everything else (`fingerprint.of_runs`).
    """
    return {
        "seed": settings.seed,
        "reference": settings.reference,
        "blas": settings.blas,
        "family": settings.family,
        "dltcnn": version("dltcnn"),
        "depends_on": fingerprint.of_runs(),
        "original": pin.pinned().commit,
    }


def sweep(settings, nets, folder, jobs=1, address=None, progress=iter):
    """Run random nets; those of earlier runs into the same folder are not run again.

    Parameters
    ----------
    settings : job.Settings
        Seed and reference.
    nets : int
        How many.
    folder : Path
        Keeps results.jsonl, summary.json and a case file of each failing net.
    jobs : int
        Local processes; with 1 everything runs in this one.
    address : str, optional
        Address of a Dask scheduler, used in place of local processes.
    progress : callable
        Called with an iterator of results, their number, and the number of earlier ones; yields
        from it.

    Returns
    -------
    dict
        The summary.

    Raises
    ------
    RequestError
        If the folder cannot be used, or the cluster does not answer.
    """
    with Log(Path(folder, "results.jsonl"), header(settings)) as log:
        due = [number for number in range(nets) if number not in log.results]
        if address is not None:
            results = cluster(settings, due, address)
        elif jobs == 1:
            results = workers.here(settings, due)
        else:
            results = workers.processes(settings, due, jobs)
        for result in progress(results, len(due), nets - len(due)) if due else ():
            log.add(result)
            if result["verdict"] == FAIL:
                for kind in ("case", "shrunk") if "case" in result else ():
                    _write_case(folder, result[kind])
        done = [log.results[number] for number in range(nets)]
        found = summary(log.header, done)
    write_json(Path(folder, "summary.json"), found, "--out")
    return found


def _write_case(folder, content):
    content = {name: value for name, value in content.items() if name != "schema"}
    case = from_dict(content, "the failing net")
    save(path_of(folder, case.name), case)


def path_of(folder, name):
    """Return where the case file of a failing net is."""
    return Path(folder, "failing", f"{name}.json")


def summary(head, results):
    """Summarise results.

    Parameters
    ----------
    head : dict
        From `header`.
    results : list of dict
        From `job.do`.

    Returns
    -------
    dict
        JSON types only.
    """
    failing = [result for result in results if result["verdict"] == FAIL]
    return sealed(_counted(head, results, failing))


def _counted(head, results, failing):
    return {
        **head,
        "verdict": "fail" if failing or not results else "pass",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "nets": len(results),
        "failing": [
            {key: r[key] for key in ("net", "first", "shrunk", "drawn") if key in r}
            for r in failing
        ],
        "values": sum(result["values"] for result in results),
        "different": sum(result["different"] for result in results),
        "nan": sum(result["nan"] for result in results),
        "vacuous": sum(result["vacuous"] for result in results),
        "single": sum(result["class"] == "single" for result in results),
        "special": sum(result["special"] for result in results),
        "has": dict(sorted(Counter(name for r in results for name in r.get("has", ())).items())),
        "seconds": round(sum(result["seconds"] for result in results), 1),
    }
