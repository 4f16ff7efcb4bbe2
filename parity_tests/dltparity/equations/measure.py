"""Every equation, measured."""

from functools import cache

import numpy as np

from dltcnn.functions import acnnbp, acnnff

from ..comparison.acnn_rows import compare_acnn
from ..errors import ReferenceMissingError
from ..octave.session import Octave
from ..octave.shadows import check_unshadowed
from ..traces.acnn import octave_trace, port_trace, prepared
from ..traces.references import acnn_paths
from ..traces.trace import net_fields
from .cases import CASES
from .ledger import places, selects
from .oracles import autograd, complex_step, course, direct, extended
from .oracles.measure import differences, of_course
from .table import DIRECT, EQUATIONS

ORACLES = {
    "complex step": complex_step.gradients,
    "autograd": autograd.gradients,
    "direct sum": direct.steps,
    "extended": extended.forward,
    "course": course.course,
}
PROMISED = 1e-12  # the largest relative difference from an oracle
NOT_RUN = "not run"


def gather(session=None, require_torch=False):
    """Measure every equation.

    Parameters
    ----------
    session : Octave, optional
        A session with the acnn folder on its path; one of its own by default.
    require_torch : bool
        Whether to fail where PyTorch is missing.

    Returns
    -------
    dict
        'promised' (the tolerance), 'oracles' (their names) and 'rows', one for each equation:
        id, kind, formula, places, checks, cases, values, different_values, oracles (name ->
        difference or 'not run') and verdict.

    Raises
    ------
    ReferenceMissingError
        If PyTorch is required and missing.
    """
    if require_torch and not autograd.available():
        raise ReferenceMissingError(
            "PyTorch was asked for and is not installed: pip install dltcnn[oracle]"
        )
    if session is None:
        folders = acnn_paths()
        with Octave(paths=folders) as own:
            check_unshadowed(own, folders)
            return gather(own)
    return judged({name: bits(session, case) for name, case in CASES.items()})


def broken(content):
    """Name the equations that fail; `content` from `gather`."""
    return [f"equation {row['id']}" for row in content["rows"] if row["verdict"] == "fail"]


def lacking(content):
    """Name the oracles that did not run; `content` from `gather`."""
    found = {name for row in content["rows"] for name, f in row["oracles"].items() if f == NOT_RUN}
    return [f"{name} was not run" for name in sorted(found)]


def bits(session, case):
    """Compare the traces of a case in Octave and in the port: path -> row."""
    return compare_acnn(octave_trace(session, case), port_trace(case))


def judged(found):
    """Judge every equation; `found` holds what `bits` gives for each case."""
    rows = [_row(equation, found) for equation in EQUATIONS]
    return {"promised": PROMISED, "oracles": list(ORACLES), "rows": rows}


@cache
def measured(name, oracle):
    """Measure a case's net after acnnbp against an oracle: path -> relative difference."""
    case, found = CASES[name], expected(name, oracle)
    if oracle == "course":
        return of_course(case, port_trace(case), found)
    return differences(case, _fields(name), found)


@cache
def expected(name, oracle):
    """Ask an oracle about a case's net: path -> value."""
    return ORACLES[oracle](CASES[name], _fields(name))


@cache
def _fields(name):
    case = CASES[name]
    net = acnnff(prepared(case)[0], case.x, engine="lines")
    return net_fields(acnnbp(net, case.y, engine="lines"))


def _row(equation, found):
    values = different = 0
    broken = False
    for name in equation.cases:
        for path, row in found[name].items():
            if selects(equation, path.split(".", 1)[1], CASES[name].layers):
                values += row.values
                different += row.different
                broken = broken or not row.same
    oracles = _sum(equation) if equation.kind == "constraint" else _oracles(equation)
    figures = [figure for figure in oracles.values() if figure != NOT_RUN]
    kept = values and not broken and figures and all(f <= PROMISED for f in figures)
    return {
        "id": equation.id,
        "kind": equation.kind,
        "formula": equation.formula,
        "places": _places(equation),
        "checks": equation.checks,
        "coded": equation.coded,
        "measured_with": measured_with(equation),
        "cases": list(equation.cases),
        "values": values,
        "different_values": different,
        "oracles": oracles,
        "verdict": "pass" if kept else "fail",
    }


def _places(equation):
    if equation.kind == "oracle":
        return [{"m": "", "python": f"oracles/printed.py ({DIRECT[equation.id]})"}]
    return [] if equation.kind == "constraint" else places(equation)


def _oracles(equation):
    """Measure what an equation computes: oracle -> largest difference."""
    found = {}
    for oracle in ORACLES:
        if equation.kind == "oracle" and oracle != "direct sum":
            continue
        if oracle == "autograd" and not autograd.available():
            if any(_figures(equation, "complex step")):
                found[oracle] = NOT_RUN
            continue
        figures = list(_figures(equation, oracle))
        if figures:
            found[oracle] = max(figures)
    return found


def _figures(equation, oracle):
    for name in equation.cases:
        for path, off in measured(name, oracle).items():
            if oracle == "course":
                stage, path = path.split(".", 1)
                if stage not in equation.stages:
                    continue
            if selects(equation, path, CASES[name].layers):
                yield off


def measured_with(equation):
    """Say with which values an equation was measured: what differs within its nets."""
    cases = [CASES[name] for name in equation.cases]
    counts = sorted({case.x.shape[-1] for case in cases})
    parts = [f"N = {', '.join(map(str, counts))}", "biases, β and logits that all differ"]
    kinds = {
        "several channels": any(case.x.ndim == 4 for case in cases),
        "a rate for each weight": any(case.per_weight for case in cases),
        "normalized images": any("normalize" in case.net for case in cases),
        "a smaller last batch": any(case.x.shape[-1] % case.batchsize for case in cases),
        "a connection table": any("maps" in layer for case in cases for layer in case.layers),
        "logits around 800": any(case.logits_at for case in cases),
        "logits of -Inf": any(np.isneginf(value).any() for c in cases for value in c.put.values()),
        "outputs and targets in the middle of their range": any(not case.biases for case in cases),
        "one output": any(len(case.y) == 1 for case in cases),
    }
    return "; ".join(parts + [name for name, there in kinds.items() if there])


def _sum(equation):
    """Measure E18: how far the columns of A are from 1, and A from [0, 1]."""
    worst = 0.0
    for name in equation.cases:
        for path, mix in _fields(name).items():
            if selects(equation, path, CASES[name].layers):
                outside = max(0.0, float(-mix.min()), float(mix.max() - 1))
                worst = max(worst, outside, float(np.abs(mix.sum(0) - 1).max()))
    return {"direct sum": worst}
