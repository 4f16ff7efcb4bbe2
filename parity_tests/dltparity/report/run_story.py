"""The head of the report of a run: what was compared, with which result, and how sure that is."""

from math import isfinite, nan

from ..story import Story, counted, some
from ..traces.trace import flow_order
from .run_evidence import not_measured, sure

_REFERENCES = {
    "original": "DeepLearnToolbox's own .m files (commit {commit}, checked by sha256), run live in "
    "GNU Octave {version}",
    "acnn": "this project's own .m files, run live in GNU Octave {version}",
    "recorded": "recordings of what DeepLearnToolbox's own .m files gave in GNU Octave {version}",
}
_SHORT = {
    "original": "DeepLearnToolbox's own .m files",
    "acnn": "this project's .m files",
    "recorded": "recordings of DeepLearnToolbox",
}
_ENGINES = {"lines": "its Python line by line", "compiled": "its compiled engine"}
_SMALL = 1e-3  # below which two values look alike in three digits


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
        tuple(sure(content)),
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
    ran = "set up, run forward and back, updated, trained and tested"
    by = " and ".join(_ENGINES.get(engine, engine) for engine in engines)
    blas = some(dict.fromkeys(case["blas"] for case in cases))
    return (
        f"The Python port dltcnn {facts.get('dltcnn', '')}{f' ({by})' if by else ''} was held "
        f"against {'; and against '.join(with_) or 'nothing'}"
        f"{f', on the {blas} BLAS' if blas else ''}: "
        f"{counted(nets, 'net')}, {'each ' if nets != 1 else ''}{ran}."
    )


def _result(content, broken):
    cases, totals = content["cases"], content["totals"]
    if not cases:
        return "Nothing was compared."
    failed = earliest_first(case for case in cases if case["verdict"] == "fail")
    used = dict.fromkeys(case["reference"] for case in failed or cases)
    names = " and ".join(_SHORT.get(name, name) for name in used)
    if failed:
        return _failure(failed, cases, names) + _also(broken)
    values, different = totals["values"], totals["different_values"]
    if not different:
        wording = (
            f"The Python port gives the same bits as {names}, in all {values:,} values compared"
        )
    else:
        wording = (
            f"The Python port and {names} agree as far as is promised: of {values:,} values "
            f"{values - different:,} have the same bits, the others differ by no more than their "
            "rounding bound"
        )
    return f"{wording}{_skipped(content)}.{_also(broken)}"


def _skipped(content):
    """Count cases of which a comparison was not judged."""
    skipped = {entry["name"] for entry in content.get("not_judged", ())}
    part = skipped & {case["name"] for case in content["cases"]}
    counts = ((part, "judged in part"), (skipped - part, "not judged"))
    return "".join(f"; {counted(len(each), 'case')} {how}" for each, how in counts if each)


def _failure(failed, cases, names):
    """Say which promise is broken, how often, where first, and by how much."""
    promises = {case["promise"] for case in failed}
    broken = (
        f"The Python port must give the same bits as {names} and does not"
        if promises == {"bit"}
        else f"The Python port must agree with {names} within rounding error and does not"
        if promises == {"bound"}
        else f"The Python port breaks its promises against {names}"
    )
    wording = f"{broken}, in {len(failed):,} of {counted(len(cases), 'comparison')}"
    nets, all_nets = ({case["name"] for case in group} for group in (failed, cases))
    if len(all_nets) > 1:
        wording += f" ({len(nets):,} of {len(all_nets):,} nets)"
    engines, all_engines = (
        {case.get("engine", "lines") for case in group} for group in (failed, cases)
    )
    if engines < all_engines:
        (bad,), (good,) = engines, all_engines - engines
        wording += f": {_ENGINES.get(bad, bad)} differs, {_ENGINES.get(good, good)} does not"
    first = failed[0]["first_divergence"] or {}
    if not first.get("field"):
        return f"{wording}."
    line = f" (set by {first['line']})" if first.get("line") else ""
    return (
        f"{wording}. Earliest difference: {first['field']}{line} of “{failed[0]['name']}”"
        f"{_size(first)}."
    )


def earliest_first(cases):
    """Sort failed cases: problems without a field, then the fields as a step computes them."""

    def when(case):
        field = (case["first_divergence"] or {}).get("field")
        return (1, flow_order(field)) if field else (0,)

    return sorted(cases, key=when)


def _size(first):
    """Say how far apart the two values of a first difference are."""
    try:
        theirs, ours = (float.fromhex(first[side]) for side in ("reference", "port"))
    except (KeyError, TypeError, ValueError, OverflowError):
        return ""
    part = abs(ours - theirs) / abs(theirs) if theirs and isfinite(theirs) else nan
    if isfinite(part) and part < _SMALL:
        return f", off by {part:.1g} of its value"
    return f", {ours:.3g} instead of {theirs:.3g}"


def _also(broken):
    return f" Also broken: {some(broken, 5)}." if broken else ""


def _open(content):
    facts, used = content["provenance"], {case["reference"] for case in content["cases"]}
    if chosen := content.get("chosen"):
        yield (
            f"All else: only {some([f'“{each}”' for each in chosen])} was run, without the other "
            "cases and what a run of all shows (each statement, the equations, random nets)."
        )
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
    yield from not_measured(content)
    yield (
        f"Other machines: this is {facts.get('cpu', 'unknown')}, {facts.get('system', 'unknown')}, "
        f"{facts.get('libc', 'unknown')}."
    )
