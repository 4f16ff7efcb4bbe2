"""The head of the report of a run: what was compared, with which result, and how sure that is."""

from ..equations.measure import NOT_RUN
from ..story import Story, counted, some

_REFERENCES = {
    "original": "DeepLearnToolbox's own .m files (commit {commit}, checked by sha256), run live in "
    "GNU Octave {version}",
    "acnn": "this project's own .m files, run live in GNU Octave {version}",
    "recorded": "recordings of what DeepLearnToolbox's own .m files gave in GNU Octave {version}",
}
_SHORT = {
    "original": "DeepLearnToolbox's own files",
    "acnn": "this project's .m files",
    "recorded": "recordings of DeepLearnToolbox",
}
_ENGINES = {"lines": "its Python line by line", "compiled": "its compiled engine"}

_JUDGES = {
    "mutation": "the tests",
    "mutation-oracles": "the equations' oracles alone",
    "mutation-recordings": "the standard cases alone",
}
_STORED = {
    "sweep": "random nets",
    "sweep-acnn": "random nets of the acnn functions",
    "mutation": "faults planted into the port",
    "mutation-oracles": "faults that the oracles find",
    "mutation-recordings": "faults that the standard cases find",
}


def story(content, broken=()):
    """Tell the result of a run in sentences.

    Parameters
    ----------
    content : dict
        Of parity.json.
    broken : sequence of str
        What breaks a promise beside the cases, from `sections.broken`.

    Returns
    -------
    Story
        The head of the report.
    """
    return Story(
        content["verdict"],
        _compared(content),
        _result(content, broken),
        tuple(_sure(content)),
        tuple(_open(content)),
        tuple(each for each in [content["provenance"].get("notes", "none")] if each != "none"),
        content.get("command", ""),
    )


def _compared(content):
    cases, facts = content["cases"], content["provenance"]
    engines = dict.fromkeys(case.get("engine", "lines") for case in cases)
    with_ = [
        _REFERENCES.get(name, name).format(
            commit=str(facts.get(name, {}).get("commit", "unknown"))[:7],
            version=facts.get(name, {}).get("version", "of unknown version"),
        )
        for name in dict.fromkeys(case["reference"] for case in cases)
    ]
    nets = len({case["name"] for case in cases})
    by = " and ".join(_ENGINES.get(engine, engine) for engine in engines)
    blas = some(dict.fromkeys(case["blas"] for case in cases))
    return (
        f"The Python port dltcnn {facts.get('dltcnn', '')}{f' ({by})' if by else ''} was held "
        f"against {'; and against '.join(with_) or 'nothing'}"
        f"{f', on the {blas} BLAS' if blas else ''}: {counted(nets, 'net')}, each set up, run "
        "forward and back, updated, trained and tested, every value of every field."
    )


def _result(content, broken):
    cases, totals = content["cases"], content["totals"]
    failed = [case for case in cases if case["verdict"] == "fail"]
    if not cases:
        return "Nothing was compared."
    used = dict.fromkeys(case["reference"] for case in failed or cases)
    names = [_SHORT.get(name, name) for name in used]
    if failed:
        first = failed[0]["first_divergence"] or {}
        said = (
            f"The Python port breaks its promise against {' and '.join(names)} in "
            f"{len(failed):,} of {counted(len(cases), 'comparison')}."
        )
        if first.get("field"):
            line = f" (set by {first['line']})" if first.get("line") else ""
            said += f" First to differ: {first['field']}{line} of {failed[0]['name']}."
        return said + _also(broken)
    values, different = totals["values"], totals["different_values"]
    if not different:
        same = " and as ".join(names)
        said = f"The Python port gives the same bits as {same}, in all {values:,} values."
    else:
        said = (
            f"The Python port and {' and '.join(names)} agree as far as is promised: of "
            f"{values:,} values {values - different:,} have the same bits, the others differ by no "
            "more than their rounding bound."
        )
    return said + _also(broken)


def _also(broken):
    return f" Also broken: {some(broken, 5)}." if broken else ""


def _sure(content):
    if lines := content.get("lines"):
        each = [line for entry in lines["functions"] for line in entry["lines"]]
        ran = [line for line in each if line["steps"]]
        yield (
            f"Statement by statement: {len(ran)} of {len(each)} executable lines of "
            f"{some([entry['function'] for entry in lines['functions']], 4)} ran; "
            f"{sum(line['values'] for line in ran):,} values that they set were compared, "
            f"{sum(line['different'] for line in ran):,} differ."
        )
    for name, judges in _JUDGES.items():
        if (found := content.get(name)) and "mutants" in found:
            yield (
                f"Faults planted one by one into the port: {judges} find {found['killed']:,} of "
                f"{found['mutants']:,}; {found['equivalent']:,} have no effect{_stale(found)}."
            )
    for name, kind in (("sweep", "nets"), ("sweep-acnn", "nets of the acnn functions")):
        if (sweep := content.get(name)) and "nets" in sweep:
            yield (
                f"Random {kind}: {sweep['nets']:,}, {sweep['values']:,} values, "
                f"{sweep['different']:,} differ{_stale(sweep)}."
            )
    if equations := content.get("equations"):
        kept = sum(row["verdict"] == "pass" for row in equations["rows"])
        yield (
            f"The equations of the network: {kept} of {len(equations['rows'])} agree with "
            f"independent evaluations ({', '.join(_that_ran(equations))})."
        )
    if sides := content.get("determinism"):
        rows = sides["determinism"]
        yield f"Run twice, {sum(row['same'] for row in rows)} of {len(rows)} give the same bits."


def _that_ran(equations):
    """Name the oracles that have judged an equation."""
    judged = {
        oracle
        for row in equations["rows"]
        for oracle, figure in row["oracles"].items()
        if figure != NOT_RUN
    }
    return [oracle for oracle in equations["oracles"] if oracle in judged]


def _stale(stored):
    """Say what has changed since a stored result was measured."""
    if stored.get("current", True):
        return ""
    return f" (measured before these changed: {some(stored.get('changed') or ['the port'])})"


def _open(content):
    facts, used = content["provenance"], {case["reference"] for case in content["cases"]}
    if chosen := content.get("chosen"):
        yield f"All other cases: only {some(chosen)} were run."
    yield "MATLAB itself was not run: the reference is GNU Octave."
    if not used & {"original", "recorded"}:
        yield "The toolbox's own files were not run: dltparity fetch brings them."
    elif "original" not in used:
        yield "The toolbox's own files were not run here: what they gave elsewhere was recorded."
    reasons = {}
    for entry in content.get("not_judged", ()):
        reasons.setdefault(entry["reason"], []).append(entry["name"])
    for reason, names in list(reasons.items())[:3]:
        yield f"Not judged: {some(dict.fromkeys(names))} ({reason})."
    if len(reasons) > 3:
        yield f"Not judged for other reasons: {sum(map(len, list(reasons.values())[3:]))} more."
    if missing := [what for name, what in _STORED.items() if "not_run" in content.get(name, ())]:
        yield f"Not measured yet: {some(missing, 5)}. Below is what measures them."
    yield (
        f"Other machines: this is {facts.get('cpu', 'unknown')}, {facts.get('system', 'unknown')}, "
        f"{facts.get('libc', 'unknown')}."
    )
