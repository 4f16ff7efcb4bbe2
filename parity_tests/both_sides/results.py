"""Results as run, verify, toolbox and pair write them, made up and small."""


def case(name="wide", **changed):
    """A case of a run."""
    return {
        **{"name": name, "reference": "original", "blas": "reference", "class": "double"},
        **{"promise": "bit", "engine": "lines", "fields": 250, "values": 9000},
        **{"different_values": 0, "max_bound_ratio": None, "first_divergence": None},
        **{"verdict": "pass"},
        **changed,
    }


def failing(name="wide", **changed):
    """A case of a run that fails in cnnbp.m:50."""
    first = {
        **{"field": "bp.dffW", "index": [2, 5], "line": "cnnbp.m:50", "problem": None},
        **{"reference": "0x1.0p+0", "port": "0x1.8p+0", "bound_ratio": None},
    }
    return case(name, verdict="fail", different_values=3, first_divergence=first, **changed)


def run(*cases, verdict="pass", **sections):
    """A parity.json."""
    cases = list(cases or [case()])
    totals = {"cases": len(cases)}
    return {"schema": 1, "verdict": verdict, "totals": totals, "cases": cases, **sections}


def not_judged(name="wide", reason="of NaN nothing is promised"):
    """An entry of what a run has not judged."""
    return {"name": name, "reference": "original", "reason": reason}


def stage(name="training (reference BLAS)", **changed):
    """A stage of a verification."""
    return {
        **{"stage": name, "compared": "the port and Octave", "unit": "", "note": ""},
        **{"verdict": "pass", "fields": 33, "values": 1614, "different": 0, "ratio": None},
        **{"layers": [], "first": None},
        **changed,
    }


def verify(*stages, verdict="pass", not_judged=(), port=None, files=()):
    """A verify-NET.json."""
    return {
        **{"schema": 1, "file": "net.mat", "verdict": verdict, "writer": {}, "port": port},
        **{"stages": list(stages or [stage()]), "not_judged": list(not_judged)},
        "files": [{"path": str(path), "sha256": ""} for path in files],
    }


def gradients(**changed):
    """The gradients of a copy's net."""
    return {
        **{"case": "is wide", "verdict": "right", "loss": "L", "groups": [], "unused": []},
        **{"first_wrong": None, "note": ""},
        **changed,
    }


def toolbox(*nets, functions=(), port=None, verdict="right", files=()):
    """A toolbox.json."""
    return {
        **{"schema": 1, "folder": "copy", "verdict": verdict, "functions": list(functions)},
        **{"gradients": list(nets or [gradients()]), "repair": None, "port": port},
        "files": [{"name": path.name, "path": str(path), "sha256": ""} for path in files],
    }


def pair(name="runmean", **changed):
    """A pair of functions."""
    return {
        **{"name": name, "matlab": "runmean", "python": "counterparts:runmean"},
        **{"promise": "bit", "verdict": "pass", "inputs": 100, "failed": 0, "unstable": 0},
        **{"values": 900, "different": 0, "too_unstable": False, "unstable_because": ""},
        **{"noise_ratio": 0.0, "failing": []},
        **changed,
    }


def pairs(*each, verdict="pass", files=()):
    """A pair.json."""
    return {
        **{"schema": 1, "file": "pairs.toml", "verdict": verdict},
        **{"pairs": list(each or [pair()])},
        "files": [{"path": str(path), "sha256": ""} for path in files],
    }
