"""The content of parity.json -> parity.html."""

from .. import port_state, sections
from ..report import training
from ..report.run_story import story
from ..traces.trace import STAGES, flow_order
from . import markdown
from .divergence import divergence
from .drifts import drifts
from .engine import render as page
from .galleries import galleries
from .listing import listing

_NAMES = {
    "setup": ("setup", "initial weights"),
    "ff": ("forward", "activations and outputs"),
    "bp": ("back", "loss and gradients"),
    "apply": ("update", "weights after one step"),
    "train": ("training", "weights before each batch"),
    "trained": ("trained", "the trained net"),
    "test": ("test", "error and misclassified images"),
}
_ELSEWHERE = ("not_judged", "lines")  # shown in places of their own
_MOST_FIRST = 20  # first differences that are written out


def render(content):
    """Write the content of a parity.json as one HTML file.

    Parameters
    ----------
    content : dict
        As `parity_report.Report.content` returns it. Of an older file that lacks what a part of the
        page shows, that part is left out.

    Returns
    -------
    str
        HTML.
    """
    head = story(content, sections.broken(content))
    return page(
        "run.html",
        title="Parity report",
        story=head,
        firsts=_firsts(content["cases"]),
        stages=[{"key": stage, "name": _NAMES[stage][0]} for stage in STAGES],
        legend=list(_NAMES.values()),
        cases=_cases(content["cases"]),
        galleries=galleries(content.get("pictures", ())),
        drifts=drifts(content["cases"]),
        functions=_functions(content),
        current=_current(content),
        not_judged=content.get("not_judged", []),
        trained=_trained(content["cases"]),
        evidence=list(_evidence(content)),
        provenance=_provenance(content["provenance"]),
    )


def _firsts(cases):
    failed = [case for case in cases if case["verdict"] == "fail"]
    failed.sort(key=lambda case: _when(case["first_divergence"] or {}))
    found = [
        divergence(
            case["first_divergence"] or {"problem": "nothing was compared"},
            f"{case['name']}, {case['layers'] or 'input only'} ({case['class']}), "
            f"{_ENGINE[case.get('engine', 'lines')]} against {case['reference']}",
            case["class"],
        )
        for case in failed[:_MOST_FIRST]
    ]
    return {"shown": found, "more": len(failed) - len(found)}


_ENGINE = {"lines": "line by line", "compiled": "compiled"}


def _when(first):
    field = first.get("field")
    return (1, flow_order(field)) if field else (0,)


def _cases(cases):
    """Group comparisons by case; comparisons of the same figures share their rows."""
    found = {}
    for case in cases:
        found.setdefault(case["name"], []).append(case)
    rows = [_case(number, name, group) for number, (name, group) in enumerate(found.items())]
    return sorted(rows, key=lambda row: row["verdict"] == "pass")


def _case(number, name, group):
    tables = []
    for case in group:
        said = f"{case['reference']}, {_ENGINE[case.get('engine', 'lines')]}"
        stages = case.get("stages", [])
        same = next((table for table in tables if table["stages"] == stages), None)
        if same:
            same["of"].append(said)
        else:
            tables.append(
                {"of": [said], "stages": stages, "promise": case["promise"], "blas": case["blas"]}
            )
    return {
        "id": f"c{number}",
        "name": name,
        "layers": group[0]["layers"] or "input only",
        "class": group[0]["class"],
        "seed": group[0]["seed"],
        "verdict": "fail" if any(case["verdict"] == "fail" for case in group) else "pass",
        "cells": [_cell(stage, group) for stage in STAGES],
        "tables": tables,
        "errors": [
            (case["first_divergence"] or {}).get("problem")
            for case in group
            if case["verdict"] == "fail" and not case.get("stages")
        ],
    }


def _cell(stage, group):
    """Return the worst of a stage over the comparisons of a case; None where there is none."""
    found = [each for case in group for each in case.get("stages", ()) if each["stage"] == stage]
    if not found:
        return None
    ulp = max(float(each["max_ulp_of_scale"]) for each in found)
    ratios = [float(each["max_bound_ratio"]) for each in found if each["max_bound_ratio"]]
    return {
        "stage": stage,
        "broken": any(each["broken"] for each in found),
        "same": not any(each["different"] or each["broken"] for each in found),
        "ulp": ulp,
        "ratio": max(ratios) if ratios else None,
    }


def _current(content):
    return content["provenance"].get("port") == port_state.port("acnn")


def _functions(content):
    current = _current(content)
    return [
        {**entry, **listing(entry, current)}
        for entry in content.get("lines", {}).get("functions", ())
    ]


def _trained(cases):
    """Write the trainings on real images, without their heading."""
    parts = training.render([{"training": None, **case} for case in cases])
    return markdown.html("\n\n".join(parts[1:])) if parts else None


def _evidence(content):
    """Yield a folded part for each further section, whatever sections there are."""
    for name, section in sections.SECTIONS.items():
        if name in _ELSEWHERE or not content.get(name):
            continue
        found = content[name] if isinstance(content[name], dict) else {}
        heading, rest = markdown.title(section.render(content[name]))
        yield {
            "title": heading,
            "broken": bool(section.broken(content[name])),
            "stale": not found.get("current", True),
            "missing": "not_run" in found,
            "html": markdown.html(rest),
        }


def _provenance(facts):
    """Split what is to be seen at once from hashes: rows of (of, what, value)."""
    rows = [("this run", key, value) for key, value in facts.items() if not isinstance(value, dict)]
    for group, entries in facts.items():
        if isinstance(entries, dict):
            rows += [(group, key, value) for key, value in entries.items()]
    hashes = [row for row in rows if str(row[1]).startswith("sha256")]
    return {"rows": [row for row in rows if row not in hashes], "hashes": hashes}
