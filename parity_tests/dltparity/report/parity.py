"""The text of reports/parity.md."""

from tabulate import tabulate

from . import training

_PROMISES = {
    "bit": "the same bits in every value (signed zeros count, any NaN equals any NaN)",
    "bound": "each assignment within a rounding bound derived from its data, and the step's error "
    "at most four times the reference's (ratio at most 1)",
}

_REFERENCES = {
    "original": "the toolbox's own files at the pinned commit, checked by sha256, live in Octave",
    "acnn": "this project's own .m files, live in Octave",
    "recorded": "what the toolbox's own files returned when the recordings were made",
}


def render(content, sections):
    """Write the content of parity.json as Markdown.

    Parameters
    ----------
    content : dict
        As `Report.content` returns it.
    sections : list of str
        Markdown of the further sections.

    Returns
    -------
    str
        The text.
    """
    parts = [
        f"# Parity report{_chosen(content)}",
        _summary(content),
        *_divergences(content["cases"]),
        "## Cases",
        _cases(content["cases"]),
        _legend(content["cases"]),
        *training.render(content["cases"]),
        *sections,
        "## Provenance",
        _provenance(content["provenance"]),
    ]
    return "\n\n".join(parts) + "\n"


def _chosen(content):
    """Say in the first line where not all cases were run."""
    named = ", ".join(f"`{pattern}`" for pattern in content.get("chosen", ()))
    return f" of chosen cases only: {named}" if named else ""


def _summary(content):
    totals = content["totals"]
    promised = _phrase_by_promise(content["cases"])
    return (
        f"**Verdict: {content['verdict'].upper()}.** {totals['cases']} comparisons of "
        f"{totals['fields']:,} fields with {totals['values']:,} values; "
        f"{totals['different_values']:,} values differ; {totals['failed_cases']} comparisons "
        f"break their promise; {totals['not_judged']} are not judged.\n\n{promised}"
        f"{_notes(content)}"
    )


def _notes(content):
    """Say what the reader should know of the references."""
    notes = content["provenance"].get("notes", "none")
    return "" if notes == "none" else f"\n\n{notes}"


def _phrase_by_promise(cases):
    lines = []
    for promise, meaning in _PROMISES.items():
        chosen = [case for case in cases if case["promise"] == promise]
        if chosen:
            values = sum(case["values"] for case in chosen)
            different = sum(case["different_values"] for case in chosen)
            lines.append(
                f"- `{promise}` promises {meaning}: {len(chosen)} comparisons, {values:,} values, "
                f"{different:,} differ"
                + (f", largest ratio {_largest_ratio(chosen)}" if promise == "bound" else "")
                + "."
            )
    return "\n".join(lines)


def _largest_ratio(cases):
    ratios = [float(case["max_bound_ratio"]) for case in cases if case["max_bound_ratio"]]
    return f"{max(ratios):.3g}" if ratios else "none"


def _divergences(cases):
    failed = [case for case in cases if case["verdict"] == "fail"]
    if not failed:
        return []
    rows = []
    for case in failed:
        first = case["first_divergence"] or {}
        rows.append(
            [
                case["name"],
                case["reference"],
                case["engine"],
                f"`{first['field']}`" if first.get("field") else "nothing was compared",
                first.get("index") and "(" + ", ".join(map(str, first["index"])) + ")",
                first.get("line"),
                first.get("problem") or first.get("reference"),
                first.get("port"),
            ]
        )
    headers = ["case", "reference", "engine", "field", "index", "line", "reference has", "port has"]
    return ["## Where reference and port first differ", tabulate(rows, headers, tablefmt="github")]


def _cases(cases):
    rows = [
        [
            case["name"],
            f"`{case['layers'] or 'input only'}`",
            case["class"],
            case["reference"],
            case["blas"],
            case["promise"],
            case["engine"],
            case["fields"],
            f"{case['values']:,}",
            f"{case['different_values']:,}",
            _figure(case["max_abs"]),
            _figure(case["max_ulp_of_scale"]),
            _figure(case["max_bound_ratio"]),
            case["verdict"],
        ]
        for case in cases
    ]
    headers = (
        "case",
        "net",
        "class",
        "reference",
        "BLAS",
        "promise",
        "engine",
        "fields",
        "values",
        "different",
        "max abs",
        "max ulp of scale",
        "max ratio",
        "verdict",
    )
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _figure(x):
    if x is None:
        return ""
    return "0" if x == 0 else f"{float(x):.3g}"


def _legend(cases):
    used = dict.fromkeys(case["reference"] for case in cases)
    lines = [f"- `{name}`: {_REFERENCES[name]}." for name in used]
    lines.append(
        "- max abs: the largest difference of finite values; max ulp of scale: that difference in "
        "units of the last place of the field's largest value; max ratio: the largest difference "
        "in units of its bound."
    )
    return "\n".join(lines)


def _provenance(provenance):
    rows = [[key, value] for key, value in provenance.items() if not isinstance(value, dict)]
    for group, entries in provenance.items():
        if isinstance(entries, dict):
            rows += [[f"{group}: {key}", value] for key, value in entries.items()]
    return tabulate(rows, ["what", "value"], tablefmt="github", disable_numparse=True)
