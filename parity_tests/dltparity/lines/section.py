"""Comparison line by line of several functions, as the report and the command show it."""

from contextlib import ExitStack

from ..cases.standard import standard
from ..octave.session import Octave
from ..octave.shadows import check_unshadowed
from ..original import cache
from ..traces.references import acnn_paths
from . import watch

# One net whose last layer subsamples, as the toolbox's example; one whose last layer convolves,
# which alone runs cnnbp.m:13.
CASES = ("example", "last-c")


def gather(names=watch.CORE, cases=None):
    """Compare functions line by line on some cases.

    Parameters
    ----------
    names : sequence of str
        The functions.
    cases : list of Case, optional
        What they run on; by default `CASES`.

    Returns
    -------
    dict
        'cases': their names; 'functions': one entry each, with its lines. JSON types only.

    Raises
    ------
    RequestError, ReferenceMissingError
        If a function cannot be compared, or its .m file is not here.
    """
    cases = cases or [case for case in standard() if case.name in CASES]
    functions = [watch.function(name) for name in names]
    with ExitStack() as stack:
        sessions = {}
        for family in dict.fromkeys(chosen.family for chosen in functions):
            folders = _folders(family)
            session = stack.enter_context(Octave(paths=folders))
            check_unshadowed(session, folders)
            sessions[family] = session, folders
        found = []
        for chosen in functions:
            traces = [watch.trace(*sessions[chosen.family], chosen, case) for case in cases]
            found.append(_entry(chosen, cases, traces))
    return {"cases": [case.name for case in cases], "functions": found}


def broken(content):
    """Name the functions whose lines differ; `content` from `gather`."""
    return [
        f"lines of {entry['function']}"
        for entry in content["functions"]
        if entry["verdict"] != "pass"
    ]


def _folders(family):
    if family == "acnn":
        return acnn_paths()
    return cache.octave_paths(cache.require_original())


def _entry(chosen, cases, traces):
    """Add the cases' figures up, line by line."""
    lines = {}
    for row in (row for trace in traces for row in trace.rows):
        line = lines.setdefault(row.line, _line(row.line))
        line["python"] = sorted({*line["python"], *row.python})
        for name in ("steps", "values", "different", "bits"):
            line[name] += getattr(row, name)
    for number in set.intersection(*(set(trace.idle) for trace in traces)):
        lines[number] = _line(number, note="does not run on these cases")
    for number, reason in chosen.omitted.items():
        lines[number] = _line(number, note=f"left out: {reason}")
    divergence = [(case, trace.divergence) for case, trace in zip(cases, traces, strict=True)]
    first = next(((case, at) for case, at in divergence if at), None)
    kept = all(trace.kept for trace in traces)
    return {
        "function": chosen.name,
        "python_file": chosen.python.name,
        "verdict": "pass" if kept else "fail",
        "lines": [lines[number] for number in sorted(lines)],
        "first_divergence": first and _first(*first),
    }


def _line(number, note=""):
    return {
        "line": number,
        "python": [],
        "steps": 0,
        "values": 0,
        "different": 0,
        "bits": 0,
        "note": note,
    }


def _first(case, at):
    return {
        "case": case.name,
        "line": at.line,
        "python": at.python,
        "step": at.step,
        "variable": at.row.field,
        "index": at.row.index and list(at.row.index),
        "reference": at.row.reference,
        "port": at.row.port,
        "problem": at.row.problem,
    }
