"""The report's section on the toolbox's limits."""

from tabulate import tabulate

_HEADERS = ("id", "limit", "threads", "the original", "cnn*", "acnn*", "tests")


def render(content):
    """Write the limits as Markdown.

    Parameters
    ----------
    content : list of dict
        From `checks.limits.gather`.

    Returns
    -------
    str
        A sentence and a table.
    """
    rows = [
        [
            limit["id"],
            limit["limit"],
            ", ".join(f"#{thread}".replace("#PR ", "PR ") for thread in limit["threads"]),
            limit["original"],
            limit["cnn"],
            limit["acnn"],
            "<br>".join(_short(test) for test in (*limit["tests"], *limit["acnn_tests"])),
        ]
        for limit in content
    ]
    return "\n\n".join(
        [
            "## The toolbox's limits",
            f"{len(rows)} limits. For each: what the original does, that cnn* does the same, and "
            "what acnn* does instead, with the live tests that show it.",
            tabulate(rows, _HEADERS, tablefmt="github", disable_numparse=True),
        ]
    )


def _short(test):
    return f"`{test}`"
