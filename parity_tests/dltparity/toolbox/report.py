"""What is known of an edited toolbox -> Markdown."""

from tabulate import tabulate

from ..story import visible
from .story import net_of, story

STATUS = {
    "the original's": "lacking: the original's is used",
    "same": "the same",
    "layout": "comments and layout only",
    "bits": "same bits",
    "rounding": "rounding only",
    "different": "really different",
    "stops": "stops",
    "not judged": "not judged",
}
_MOST_LINES = 12  # of a change that are shown


def render(content):
    """Write a result as Markdown.

    Parameters
    ----------
    content : dict
        From `run.run`.

    Returns
    -------
    str
        The report.
    """
    parts = [
        f"# The edited toolbox in {_code(content['folder'])}",
        *story(content).markdown(),
        "## Gradients",
        "The copy's own backward pass against numerical differences of its own forward pass; the "
        "loss is the L of its own cnnbp.",
        *map(_gradients, content["gradients"]),
        *_repair(content["repair"]),
        *_python(content["port"]),
        "## Function by function",
        _functions(content["functions"]),
        *[_changes(each) for each in content["functions"] if each["changes"]],
        "## Files and machine",
        _provenance(content),
    ]
    return "\n\n".join(parts)


def _code(text):
    """Quote text that may hold anything, on one line."""
    plain = visible(text)
    fence = "``" if "`" in plain else "`"
    return f"{fence}{plain}{fence}"


def _gradients(entry):
    head = f"### {net_of(entry['case'])}"
    if "not_measured" in entry:
        return f"{head}\n\nNot measured: {_code(entry['not_measured'])}"
    parts = [head]
    if entry["loss"] and entry["loss"] != "L":
        parts.append(f"The gradients are those of {entry['loss']}, another loss than L.")
    if entry["note"]:
        parts.append(f"Note: {_code(entry['note'])}.")
    if entry["first_wrong"]:
        parts.append(f"Wrong: {entry['first_wrong']}.")
    rows = [_group(group) for group in entry["groups"]]
    headers = ("parameters", "gradient", "numbers checked", "at kinks", "relative error", "verdict")
    parts.append(tabulate(rows, headers, tablefmt="github", disable_numparse=True))
    if entry["unused"]:
        parts.append(f"No gradient and no effect on the loss: {', '.join(entry['unused'])}.")
    return "\n\n".join(parts)


def _group(group):
    error = group["errors"].get("L")
    verdict = group["verdicts"].get("L", "not judged")
    notes = [group["note"]] if group["note"] else []
    if group["factor"] is not None and verdict == "wrong":
        notes.append(f"{group['factor']:.6g} times what it should be")
    return [
        _code(group["name"]),
        _code(group["gradient"]),
        group["checked"],
        group["kinks"],
        "" if error is None else f"{error:.1e}",
        "; ".join([verdict, *notes]),
    ]


def _repair(found):
    if found is None:
        return []
    parts = ["## Putting the original's lines back"]
    if found["note"]:
        parts.append(
            f"Places that differ: {found['places']}. No set of them helps: {found['note']}."
        )
    elif not found["sets"]:
        parts.append("No set of places makes the gradients right.")
    else:
        kind = "The smallest set" if len(found["sets"]) == 1 else "Each of these smallest sets"
        if not found["smallest"]:
            kind = "A set of which no place can be left out (smaller ones may exist)"
        parts.append(
            f"{kind} of places that, with the original's lines, makes the gradients right "
            f"(places that differ: {found['places']}; mixtures tried: {found['trials']}):"
        )
        parts += ["\n".join(_place(hunk) for hunk in each) for each in found["sets"]]
    return parts


def _place(hunk):
    code = "; ".join(_code(line) for line in hunk["code"][:_MOST_LINES]) or "lines left out there"
    return f"- {hunk['place']}: {code}"


def _python(port):
    """Write what was found of a user's Python functions."""
    if port is None:
        return
    yield f"## The Python functions of {port['module']}"
    rows = [
        [
            *(each["name"], each["status"], f"{each['values']:,}", f"{each['different']:,}"),
            f"{each['lines']:,}" if each["lines"] else "cites no lines",
        ]
        for each in port["functions"]
    ]
    headers = ("function", "verdict", "values", "different", "values compared line by line")
    yield tabulate(rows, headers, tablefmt="github", disable_numparse=True)
    for each in port["functions"]:
        if each["wording"]:
            yield f"{each['name']}, on the net that {each['case']}: {_code(each['wording'])}"
        if each["line"]:
            yield f"Of the lines cited, the first that differs: {_code(each['line'])}"


def _functions(functions):
    rows = [
        [
            each["name"],
            STATUS[each["status"]],
            each["cases"] or "",
            ", ".join(change["place"] for change in each["changes"]),
        ]
        for each in functions
    ]
    headers = ("function", "verdict", "cases", "changed places")
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _changes(entry):
    parts = [f"### {entry['name']}: {STATUS[entry['status']]}"]
    for change in entry["changes"]:
        lines = change["code"]
        more = [f"(and {len(lines) - _MOST_LINES} more lines)"] if len(lines) > _MOST_LINES else []
        shown = [*(f"    {line}" for line in lines[:_MOST_LINES]), *more]
        parts.append(f"{change['place']}:\n\n" + "\n".join(shown or ["    (nothing)"]))
    if entry.get("fields"):
        headers = ("field", "arrays", "different values", "largest difference", "relative", "")
        rows = [_field(each) for each in entry["fields"]]
        parts.append(tabulate(rows, headers, tablefmt="github", disable_numparse=True))
    for stop in entry.get("stops", ()):
        parts.append(f"Stops at {_code(stop['at'])} on {_some(stop['cases'])}.")
    for note in entry.get("notes", ()):
        parts.append(f"{_code(note['note'])} on {_some(note['cases'])}.")
    return "\n\n".join(parts)


def _field(each):
    relative = "" if each["max_relative"] is None else f"{each['max_relative']:.1e}"
    what = each["problem"] or ("rounding" if each["rounding"] else "")
    return [
        _code(each["field"]),
        each["arrays"],
        f"{each['different']:,}",
        f"{each['max_abs']:.1e}",
        relative,
        what,
    ]


def _some(cases):
    if len(cases) <= 3:
        return ", ".join(cases)
    return f"{', '.join(cases[:3])} and {len(cases) - 3} more cases"


def _provenance(content):
    facts = content["provenance"]
    wording = (
        f"Octave {facts['octave']} on {facts['blas'].splitlines()[0]}; {facts['system']}, "
        f"{facts['cpu']}; {facts['date']}; original: commit {content['original']['commit']}."
    )
    rows = [[each["name"], _code(each["path"]), each["sha256"]] for each in content["files"]]
    table = tabulate(rows, ("file", "path", "sha256"), tablefmt="github")
    return f"{wording}\n\n{table}"
