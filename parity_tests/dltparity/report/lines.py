"""The report's section on the comparison line by line."""

from tabulate import tabulate

_HEADERS = (".m line", "Python line", "runs", "values compared", "values different", "bits", "")


def render(content):
    """Write what `lines.section.gather` found as Markdown.

    Parameters
    ----------
    content : dict
        From `lines.section.gather`.

    Returns
    -------
    str
        A summary and one table per function.
    """
    functions = content["functions"]
    lines = [line for each in functions for line in each["lines"]]
    run = [line for line in lines if line["steps"]]
    summary = (
        f"Every statement of {', '.join(each['function'] for each in functions)}, in the order in "
        f"which it runs on the cases {', '.join(content['cases'])}: the variable that it sets, or "
        "the outcome of its condition, is compared with that of the Python line that cites it "
        f"(indices after adding 1). {len(run)} of {len(lines)} executable lines ran, "
        f"{sum(line['values'] for line in run):,} values were compared, "
        f"{sum(line['different'] for line in run):,} differ."
    )
    return "\n\n".join(["## Line by line", summary, *map(_function, functions)])


def _function(entry):
    rows = [_row(entry, line) for line in entry["lines"]]
    parts = [
        f"### {entry['function']}: {entry['verdict']}",
        *([first(entry)] if entry["first_divergence"] else []),
        tabulate(rows, _HEADERS, tablefmt="github", disable_numparse=True),
    ]
    return "\n\n".join(parts)


def first(entry):
    """Say in one sentence where a function first differs."""
    at = entry["first_divergence"]
    where = f"{entry['function']}.m:{at['line']} ({entry['python_file']}:{at['python']})"
    if at["problem"]:
        what = f"`{at['variable']}`: {at['problem']}" if at["variable"] else at["problem"]
    else:
        index = ", ".join(map(str, at["index"]))
        what = (
            f"`{at['variable']}` ({index}) is {at['reference']} in the reference, {at['port']} in "
            "the port"
        )
    return f"First difference at {where}, step {at['step']} on {at['case']}: {what}"


def _row(entry, line):
    return [
        f"{entry['function']}.m:{line['line']}",
        ", ".join(f"{entry['python_file']}:{number}" for number in line["python"]),
        line["steps"],
        f"{line['values']:,}",
        f"{line['different']:,}",
        f"{line['bits']:,}",
        line["note"],
    ]
