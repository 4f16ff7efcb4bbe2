"""The text of reports/parity.md."""

from tabulate import tabulate

from . import training
from .by_case import NAMES, by_case
from .run_story import story

_MOST_CASES, _MOST_FIRST = 66, 12  # rows, so that the report has no more than 150 lines

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


def render(content, broken, sections):
    """Write the content of parity.json as Markdown, in 150 lines at most.

    Parameters
    ----------
    content : dict
        As `Report.content` returns it.
    broken : sequence of str
        What breaks a promise beside the cases.
    sections : dict of str to str
        Name -> Markdown of the further sections.

    Returns
    -------
    str
        The text.
    """
    parts = [
        f"# Parity report{_chosen(content)}",
        *story(content, broken).markdown(),
        *_divergences(content["cases"]),
        "## Cases",
        _overview(content["cases"]),
        "## Details",
        _contents(sections),
    ]
    return "\n\n".join(parts) + "\n"


def details(content, sections):
    """Write what the report leaves to files of their own.

    Parameters
    ----------
    content, sections
        As for `render`.

    Returns
    -------
    dict of str to str
        Name of a file -> Markdown.
    """
    cases = [
        "# Every comparison",
        _phrase_by_promise(content["cases"]),
        *_divergences(content["cases"], most=None),
        _cases(content["cases"]),
        _legend(content["cases"]),
        *training.render(content["cases"]),
    ]
    found = {
        "cases.md": "\n\n".join(cases),
        **{f"{name}.md": text.removeprefix("#") for name, text in sections.items()},
        "provenance.md": f"# Provenance\n\n{_provenance(content['provenance'])}",
    }
    return {name: text.rstrip("\n") + "\n" for name, text in found.items()}


def _chosen(content):
    """Say in the first line where not all cases were run."""
    named = ", ".join(f"`{pattern}`" for pattern in content.get("chosen", ()))
    return f" of chosen cases only: {named}" if named else ""


def _overview(cases):
    """A row for each case: the worst of each stage over all fields and comparisons."""
    rows = by_case(cases)
    table = [
        [
            *(row["name"], f"`{row['layers']}`", row["class"]),
            *map(_cell, row["cells"]),
            *(len(row["comparisons"]), row["verdict"]),
        ]
        for row in rows[:_MOST_CASES]
    ]
    headers = ("case", "net", "class", *NAMES.values(), "comparisons", "verdict")
    more = f" Of {len(rows)} cases {_MOST_CASES} are shown." if len(rows) > _MOST_CASES else ""
    return (
        f"`=`: the same bits; a number: the largest difference within the promise, in units of the "
        f"last place of the field's largest value; `✗`: the promise is broken.{more}\n\n"
    ) + tabulate(table, headers, tablefmt="github", disable_numparse=True)


def _cell(cell):
    if cell is None:
        return ""
    if cell["same"]:
        return "="
    return f"{'✗ ' if cell['broken'] else ''}{cell['ulp']:.2g}"


def _contents(sections):
    """List the files that have the details."""
    titles = {name: text.partition("\n")[0].lstrip("# ") or name for name, text in sections.items()}
    lines = [
        "- [The same as a page, with pictures](parity.html)",
        "- [Every comparison](cases.md)",
        *(f"- [{title}]({name}.md)" for name, title in titles.items()),
        "- [Provenance: machine, versions, hashes](provenance.md)",
    ]
    return "\n".join(lines)


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


def _divergences(cases, most=_MOST_FIRST):
    failed = [case for case in cases if case["verdict"] == "fail"]
    if not failed:
        return []
    rows = []
    for case in failed[:most]:
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
    left = len(failed) - len(rows)
    more = [f"{left} more comparisons break their promise: cases.md has them."] if left else []
    table = tabulate(rows, headers, tablefmt="github", disable_numparse=True)
    return ["## Where reference and port first differ", table, *more]


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
