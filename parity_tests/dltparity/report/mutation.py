"""The report's section on the mutation score."""

from tabulate import tabulate


def render(content):
    """Write the mutation score as Markdown.

    Parameters
    ----------
    content : dict
        The content of reports/mutation.json, which `make mutation` writes.

    Returns
    -------
    str
        A sentence with the score, a row per file, what survived, and what no test could find.
    """
    if "not_run" in content:
        return f"## Mutation score\n\nNot run: `{content['not_run']}` writes this section."
    left = [(entry["file"], mutant) for entry in content["files"] for mutant in entry["left"]]
    survivors = [each for each in left if each[1]["reason"] is None]
    excused = [each for each in left if each[1]["reason"] is not None]
    parts = ["## Mutation score", *_stale(content), _summary(content), _files(content)]
    if survivors:
        parts += ["Survivors:", _table(survivors)]
    if excused:
        parts += ["Without an effect, so that no test could find them:", _table(excused)]
    if content["idle_excuses"]:
        idle = "\n".join(f"- {_code(excuse)}" for excuse in content["idle_excuses"])
        parts.append(f"Excuses that nothing needs any more:\n\n{idle}")
    return "\n\n".join(parts)


def _stale(content):
    """Say which files are not those that were measured."""
    if changed := content.get("changed"):
        names = ", ".join(f"{name}.py" for name in changed)
        yield f"**Measured on other files than these: {names}.** Run `make mutation` again."
    if missing := content["not_measured"]:
        names = ", ".join(f"{name}.py" for name in missing)
        yield f"**Not measured yet: {names}.** Run `make mutation`."


def _summary(content):
    found = ", ".join(f"{count:,} by {stage}" for stage, count in content["stages"].items())
    return (
        f"**{content['verdict'].upper()}.** {content['tool']} {content['version']} planted "
        f"{content['mutants']:,} small faults, one by one, into the files that are ported line by "
        f"line and those that they stand on (texts of errors too, docstrings not). "
        f"{content['killed']:,} are found ({found}): {content['score']:.2%}. "
        f"{content['equivalent']:,} have no effect, with the reasons below: of the others "
        f"{content['score_without_equivalents']:.2%} are found."
    )


def _files(content):
    rows = [
        [
            f"{entry['file']}.py",
            entry["mutants"],
            entry["mutants"] - len(entry["left"]),
            sum(mutant["reason"] is not None for mutant in entry["left"]),
            sum(mutant["reason"] is None for mutant in entry["left"]),
            entry["source"],
            entry["date"],
        ]
        for entry in content["files"]
    ]
    headers = ["file", "mutants", "found", "no effect", "survive", "hash of the file", "measured"]
    return tabulate(rows, headers, tablefmt="github")


def _table(entries):
    rows = [
        [
            f"{file}.py:{mutant['line']}",
            _code(mutant["before"]),
            _code(mutant["after"]),
            mutant["reason"] or "",
        ]
        for file, mutant in entries
    ]
    headers = ["place", "statement", "with the fault", "reason"]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _code(text):
    text = text.partition("  #")[0].replace("|", "\\|")
    return f"`{text}`"
