"""The report's section on the benchmark: what was to be reached, and of which state it is."""

from tabulate import tabulate

from . import stored

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
        return stored.not_run("## Speed", content)
    parts = [
        "## Speed",
        *stored.stale(content),
        *stored.partial(content),
        f"Measured {content['date']} on {content['cpu']}; [all times](bench.md).",
        table(content["promises"]),
    ]
    return "\n\n".join(parts)


def table(promises):
    """Tabulate what was to be reached."""
    rows = [[p["what"], p["wanted"], p["measured"], _ANSWER[p["kept"]]] for p in promises]
    headers = ["what", "wanted", "measured", "reached"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)
