"""Results for pages: of a real run without Octave, made larger, broken or hostile."""

import copy

import numpy as np

from dltparity import run, sections
from dltparity.cases.standard import standard
from dltparity.comparison.fields import Row, compare_field
from dltparity.parity_report import Report
from dltparity.verify.stages import Stages

HOSTILE = "\"><script>alert(1)</script>'</style><!--\n\u202ejs.\ud800 {{ 7*7 }} [x](http://x) `" + (
    "long" * 300
)


def content(folder, name="kernel-1", command="dltparity run"):
    """Return the content of the parity.json of a run of one case against its recording."""
    cases = [case for case in standard() if case.name == name]
    comparison = run.run(run.Plan(("recorded",), None, None), cases, iter)
    context = sections.Context(comparison, ("recorded",), folder)
    return Report(comparison, sections.gather(context), command=command).content()


def many(*parts):
    """Make a result of many cases.

    Parameters
    ----------
    parts : (dict, int)
        A result and how often its comparisons are repeated, under other names; every fourth is
        said to be single.

    Returns
    -------
    dict
        The content of a parity.json; the rest of it is the last part's.
    """
    repeated = [found["cases"] for found, count in parts for _ in range(count)]
    cases = [
        {**case, "name": f"{case['name']} {n}", "class": "double" if n % 4 else "single"}
        for n, group in enumerate(repeated)
        for case in group
    ]
    last = parts[-1][0]
    return {**last, "cases": cases, "totals": {**last["totals"], "cases": len(cases)}}


def hostile(found, keep=()):
    """Put hostile text in the place of every text of a result that people choose."""
    found = copy.deepcopy(found)

    def visit(value, key=""):
        if isinstance(value, dict):
            return {name: visit(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [visit(each, key) for each in value]
        return HOSTILE if isinstance(value, str) and key in CHOSEN and key not in keep else value

    return visit(found)


# Keys whose text comes from a file, a path, a name or a message.
CHOSEN = {
    *("name", "layers", "command", "reason", "problem", "cpu", "notes", "code", "note", "wording"),
    *("file", "by", "date", "platform", "path", "message", "what", "at", "folder", "module"),
    *("matlab", "python", "arguments", "unstable_because", "toolbox", "first_wrong", "chosen"),
    *("case", "not_measured", "cases", "variable", "loss", "unused", "lacking", "needs", "line"),
    "cannot_run",
}

MACHINE = {"cpu": "a cpu", "system": "Linux", "date": "today", "octave": "7.3.0", "blas": "one"}
FILES = [{"name": "a.m", "path": "a.m", "sha256": "0" * 64}]


def verified(net, wrong):
    """Return a verify-NET.json's content, of a net whose kernel is wrong in a stage, or is not."""
    stages = Stages(net, lines=True)
    fields = {"layers{1}.a{1}": 1.0, "layers{2}.a{1}": 2.0, "o": 3.0}
    for name, other in (("forward pass", wrong), ("backward pass", 0.0)):
        rows = [
            compare_field(path, _array(value), _array(value + other * (value == 2.0)))
            for path, value in fields.items()
        ]
        stages.add("ff", name, "the file and Octave", rows, note="a note" if other else "")
    ratios = dict.fromkeys(fields, 0.3)
    rows = [Row(path, 1) for path in fields]
    stages.add("ff", "last batch", "the file and its bounds", rows, ratios, "of its bound")
    stages.skip("training", "give --opts", lost=False)
    return {
        **{"schema": 1, "file": "net.mat", "verdict": "fail" if wrong else "pass"},
        "writer": {"by": "MATLAB", "platform": "PCWIN64", "date": "2015"},
        **{"family": "cnn", "toolbox": None, "port": None, "stages": stages.judged},
        **{"not_judged": stages.not_judged, "pictures": stages.pictures, "notes": ["a note"]},
        "provenance": {**MACHINE, "blas": {"reference": "one"}},
        **{"files": FILES, "command": "dltparity verify net.mat"},
    }


def _array(value):
    return np.array([[value, value]])


def edited():
    """Return the content of a toolbox.json of a copy with wrong gradients."""
    group = {
        **{"name": "layers{2}.k", "gradient": "layers{2}.dk", "checked": 6, "kinks": 0},
        **{"errors": {"L": 0.9}, "verdicts": {"L": "wrong"}, "note": "", "factor": 2.0},
    }
    hunk = {"place": "cnnff.m:17", "code": ["relu(z)"]}
    field = {
        **{"field": "layers{}.a", "problem": "", "arrays": 2, "different": 3, "max_abs": 0.1},
        **{"max_relative": None, "rounding": False},
    }
    changed = {
        **{"name": "cnnff", "status": "different", "changes": [hunk], "cases": 1},
        **{"fields": [field], "stops": [{"at": "x", "cases": ["a"]}], "notes": []},
    }
    same = {"name": "cnnbp", "status": "same", "changes": [], "cases": 0}
    ported = {
        **{"name": "cnnff", "status": "different", "case": "ends with s", "wording": "o(1) is 1"},
        **{"line": "cnnff.m:17", "ratio": None, "values": 5, "different": 1, "lines": 4},
    }
    gradients = {
        **{"case": "ends with s", "verdict": "wrong", "loss": None, "groups": [group]},
        **{"unused": ["layers{3}.b"], "first_wrong": "from cnnbp.m:11 on", "note": ""},
    }
    return {
        **{"schema": 1, "folder": "copy", "verdict": "wrong", "functions": [changed, same]},
        "gradients": [gradients, {"case": "ends with c", "not_measured": "it stops"}],
        "repair": {"sets": [[hunk]], "places": 2, "trials": 3, "smallest": True, "note": ""},
        "port": {"module": "mine", "functions": [ported]},
        **{"lacking": ["sigm"], "cannot_run": [], "notes": ["a note"], "needs": ["rate"]},
        **{"provenance": MACHINE, "original": {"repository": "r", "commit": "5df2801" * 5}},
        **{"files": FILES, "command": "dltparity toolbox copy"},
    }


def paired():
    """Return the content of a pair.json of which one pair differs."""
    shrunk = {"what": "y(1) is 1 in Octave, 2 in Python", "arguments": ["1x1 double"], "line": "3"}
    counts = {"inputs": 10, "failed": 0, "unstable": 1, "values": 30, "different": 0}
    good = {
        **{"name": "good", "matlab": "f", "python": "m.f", "promise": "noise", "verdict": "pass"},
        **counts,
        **{"too_unstable": False, "unstable_because": "", "noise_ratio": 0.0, "failing": []},
    }
    inputs = [{"input": 1, "kind": "values", "what": "y differs", "shrunk": shrunk}]
    inputs.append({"input": 2, "kind": "size", "what": "y is 1x2"})
    bad = {**good, "name": "bad", "verdict": "fail", "failed": 2, "failing": inputs}
    return {
        **{"schema": 1, "file": "pairs.toml", "verdict": "fail", "pairs": [good, bad]},
        **{"provenance": MACHINE, "files": FILES, "command": "dltparity pair pairs.toml"},
    }
