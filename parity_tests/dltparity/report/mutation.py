"""The report's section on the mutation score."""

from tabulate import tabulate

STALE = "Of another state of the port than this one."


def render(content):
    """Write the mutation score as Markdown.

    Parameters
    ----------
    content : dict
        The content of reports/mutation.json, which `make mutation` writes.

    Returns
    -------
    str
        A sentence with the score, how it came about, and what survived.
    """
    parts = [
        "## Mutation score",
        f"**{content['verdict'].upper()}.** {content['tool']} {content['version']} made "
        f"{content['mutants']:,} mutants of the line-by-line files; the tests find "
        f"{content['killed']:,}: {content['score']:.2%}, and "
        f"{content['score_without_equivalents']:.2%} of those that have an effect.",
        tabulate(
            [[stage["stage"], stage["tried"], stage["killed"]] for stage in content["stages"]],
            ["judged by", "tried", "found"],
            tablefmt="github",
        ),
    ]
    if content["survivors"]:
        parts += ["Survivors:", _table(content["survivors"])]
    if content["equivalents"]:
        parts += ["Without an effect:", _table(content["equivalents"])]
    if not content.get("current", True):
        parts.insert(1, STALE)
    return "\n\n".join(parts)


def _table(entries):
    rows = [
        [
            f"{entry['file']}:{entry['line']}",
            _code(entry["before"]),
            _code(entry["after"]),
            entry.get("reason", ""),
        ]
        for entry in entries
    ]
    headers = ["place", "line", "mutant", "reason"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _code(text):
    text = text.partition("  #")[0].replace("|", "\\|")
    return f"`{text}`"
