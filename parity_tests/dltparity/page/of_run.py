"""The content of parity.json -> parity.html."""

from .. import sections
from ..checks import stored_results
from ..report import training
from ..report.by_case import ENGINES, NAMES, by_case
from ..report.field_words import in_words
from ..report.run_story import earliest_first, story
from ..story import counted
from . import markdown
from .divergence import divergence
from .drifts import drifts
from .engine import render as page
from .galleries import galleries
from .listing import listing
from .summaries import summary

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
    changed = stored_results.changed_since(content)
    current = "port" not in changed
    return page(
        "run.html",
        title="Parity report",
        story=story(content, sections.broken(content)),
        warning=f"This result was {stored_results.before(changed)}." if changed else "",
        firsts=_firsts(content["cases"]),
        stages=list(NAMES.values()),
        cases=[_case(*each) for each in enumerate(by_case(content["cases"]))],
        galleries=galleries(content.get("pictures", ())),
        drifts=drifts(content["cases"]),
        functions=_functions(content, current),
        current=current,
        not_judged=content.get("not_judged", []),
        trained=_trained(content["cases"]),
        evidence=list(_evidence(content)),
        provenance=_provenance(content["provenance"]),
    )


def _firsts(cases):
    """Write first differences out, once where several comparisons have the same."""
    groups = {}
    for case in earliest_first(case for case in cases if case["verdict"] == "fail"):
        groups.setdefault((str(case["first_divergence"]), case["class"]), []).append(case)
    shown = [_first(*group) for group in list(groups.values())[:_MOST_FIRST]]
    return {"shown": shown, "more": len(groups) - len(shown)}


def _first(case, *others):
    where = (
        f"“{case['name']}”, {case['layers'] or 'input only'} ({case['class']}), "
        f"{ENGINES[case.get('engine', 'lines')]} against {case['reference']}"
    )
    if others:
        where += f", and the same in {counted(len(others), 'more comparison')}"
    first = case["first_divergence"] or {"problem": "nothing was compared"}
    found = divergence(first, where, case["class"])
    words = in_words(first.get("field") or "")
    return {**found, "words": words}


def _case(number, row):
    """Add the tables of a case's fields: comparisons of the same figures share one."""
    tables = []
    for case in row["comparisons"]:
        sides = f"{case['reference']}, {ENGINES[case.get('engine', 'lines')]}"
        stages = case.get("stages", [])
        same = next((table for table in tables if table["stages"] == stages), None)
        if same:
            same["of"].append(sides)
        else:
            tables.append({**case, "of": [sides], "stages": stages, **_table(stages)})
    problems = [
        (case["first_divergence"] or {}).get("problem")
        for case in row["comparisons"]
        if case["verdict"] == "fail" and not case.get("stages")
    ]
    return {**row, "id": f"c{number}", "tables": tables, "problems": list(filter(None, problems))}


def _table(stages):
    """Split stages into those whose bits are the same, and rows of what differs in the others."""
    same, rows = [], []
    for stage in stages:
        title = NAMES[stage["stage"]]
        if not (stage["different"] or stage["broken"]):
            same.append(title)
            continue
        names = ", ".join(f"{n} {name}" if n > 1 else name for name, n in stage["names"].items())
        rows.append({**stage, "what": f"{title}: {names}", "problem": None, "sub": False})
        for each in stage["differing"]:
            arrays = f", {each['fields']} arrays" if each["fields"] > 1 else ""
            rows.append({**each, "what": f"{each['field']}{arrays}", "sub": True})
    return {"same": same, "rows": rows}


def _functions(content, current):
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
            "line": summary(name, content[name]),
            "broken": bool(section.broken(content[name])),
            "stale": not found.get("current", True),
            "missing": "not_run" in found,
            "html": markdown.html(rest),
        }


_NAMED = {"blas": "BLAS, as Octave names it"}  # its bits tell which it is


def _provenance(facts):
    """Split what is to be seen at once from hashes: rows of (of, what, value)."""
    rows = [("this run", key, value) for key, value in facts.items() if not isinstance(value, dict)]
    for group, entries in facts.items():
        if isinstance(entries, dict):
            rows += [(group, _NAMED.get(key, key), value) for key, value in entries.items()]
    hashes = [row for row in rows if str(row[1]).startswith("sha256")]
    return {"rows": [row for row in rows if row not in hashes], "hashes": hashes}
