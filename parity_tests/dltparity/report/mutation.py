"""The report's section on the mutation score."""

from tabulate import tabulate

from . import stored

_BY = {
    "tests": "",
    "oracles": " of the equations' oracles alone",
    "recordings": " of the standard cases alone",
}
_JUDGES = {
    "tests": "The tests",
    "oracles": "The oracles, without any .m file, recording or test,",
    "recordings": "The recordings of the standard cases, without any test,",
}


def render(content):
    """Write the mutation score as Markdown.

    Parameters
    ----------
    content : dict
        From `checks.stored_results.mutation`, or what `make mutation` has just measured.

    Returns
    -------
    str
        A sentence with the score, a row per file, what survived, and what no test could find.
    """
    if "not_run" in content:
        kind = next((kind for kind in _BY if kind in content["not_run"]), "tests")
        return stored.not_run(f"## Mutation score{_BY[kind]}", content)
    left = [(entry["file"], mutant) for entry in content["files"] for mutant in entry["left"]]
    survivors = [each for each in left if each[1]["reason"] is None]
    excused = [each for each in left if each[1]["reason"] is not None]
    beyond = [each for each in excused if each[1].get("has_effect")]
    excused = [each for each in excused if each not in beyond]
    head = f"## Mutation score{_BY[content['kind']]}"
    parts = [
        head,
        *stored.stale(content, _command(content)),
        *_partial(content),
        _summary(content),
        _files(content),
    ]
    if survivors:
        parts += ["Survivors:", _table(survivors)]
    if excused:
        parts += ["Without an effect, so that no test could find them:", _table(excused)]
    if beyond:
        parts += ["With an effect of which this judge promises nothing:", _table(beyond)]
    if content["idle_excuses"]:
        idle = "\n".join(f"- {_code(excuse)}" for excuse in content["idle_excuses"])
        parts.append(f"Excuses that nothing needs any more:\n\n{idle}")
    return "\n\n".join(parts)


def _partial(content):
    """Say which modules are missing."""
    if missing := content["not_measured"]:
        yield f"**Not measured yet: {', '.join(map(_path, missing))}.** Run `{_command(content)}`."


def _command(content):
    return "make mutation" + f" by={content['kind']}" * (content["kind"] != "tests")


def _path(module):
    """Return the file of a module of dltcnn: ``cnn.cnnff`` is cnn/cnnff.py."""
    return f"{module.replace('.', '/')}.py"


def _summary(content):
    judges = _JUDGES[content["kind"]]
    found = ", ".join(f"{count:,} by {stage}" for stage, count in content["stages"].items())
    return (
        f"**{content['verdict'].upper()}.** {content['tool']} {content['version']} planted "
        f"{content['mutants']:,} small faults, one by one, into the line-by-line files and the "
        f"built-ins that they call (into texts of errors too, not into docstrings). {judges} find "
        f"{content['killed']:,} ({found}): {content['score']:.2%}. {content['equivalent']:,} have "
        f"no effect, for the reasons below; of the others "
        f"{content['score_without_equivalents']:.2%} are found.{_beyond(content)}"
    )


def _beyond(content):
    """Count what only another judge can find."""
    count = content.get("beyond", 0)
    return f" {count:,} more have one of which this judge promises nothing." if count else ""


def _files(content):
    rows = [
        [
            _path(entry["file"]),
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
            f"{_path(file)}:{mutant['line']}",
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
