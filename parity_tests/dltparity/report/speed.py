"""The report's section on the benchmark: what was to be reached, and of which state it is."""

from tabulate import tabulate

_ANSWER = {True: "yes", False: "**no**", None: "not run"}


def render(content):
    """Write what a benchmark reached as Markdown; all its times are in bench.md.

    Parameters
    ----------
    content : dict
        From `checks.stored_results.bench`.

    Returns
    -------
    str
        The section.
    """
    if "not_run" in content:
        return f"## Speed\n\nNot run: `{content['not_run']}` writes this section."
    changed = content["changed"]
    parts = [
        "## Speed",
        *([f"**Measured before these changed: {', '.join(changed)}.**"] if changed else []),
        *([f"**Partial: {content['partial']}.**"] if content["partial"] else []),
        f"Measured {content['date']} on {content['cpu']}; [all times](bench.md).",
        table(content["promises"]),
    ]
    return "\n\n".join(parts)


def table(promises):
    """Tabulate what was to be reached."""
    rows = [[p["what"], p["wanted"], p["measured"], _ANSWER[p["kept"]]] for p in promises]
    headers = ["what", "wanted", "measured", "reached"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)
