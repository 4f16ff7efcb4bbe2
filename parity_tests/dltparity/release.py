"""``make release-check``: whether every section of the stored reports is of this state, and whole.

What is stale, partial or not measured is what the report itself says of it: the sections' own
`lacking`, and `stored_results.changed_since` for what a run measures itself.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from . import parity_report, sections
from .checks import stored_results
from .errors import RequestError
from .exit_codes import BROKEN, KEPT
from .octave.blas import REFERENCE
from .page import of_run
from .report import bench
from .seal import opened, read

_REFERENCES = ("original", "acnn")  # what a whole run is held against, live
_TODAY = ("changed", "current")  # judged anew each time, so no part of a result


@dataclass(frozen=True)
class Finding:
    """What keeps reports from being released.

    Attributes
    ----------
    section, problem, command : str
        Where, what, and the command that measures it.
    """

    section: str
    problem: str
    command: str


def main(argv=None):
    """Say a line for each section that is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m dltparity.release", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("reports"))
    found = check(parser.parse_args(argv).folder)
    for each in found:
        print(f"{each.section}: {each.problem} -> {each.command}")
    count = len(found)
    print(f"FAIL: {count} to mend" if found else "PASS: every section is whole and of this state")
    return BROKEN if found else KEPT


def check(folder):
    """Judge all sections of stored reports.

    Parameters
    ----------
    folder : Path
        With parity.json and what the other commands store.

    Returns
    -------
    list of Finding
        Empty where all are whole and of this state.
    """
    run, problems = _run(folder)
    found = [Finding("run", problem, sections.RUN) for problem in problems]
    for name, section in sections.SECTIONS.items():
        found += _section(name, section, run, folder)
    if not problems:
        found += [
            Finding("run", f"{each} says something else than parity.json", sections.RUN)
            for each in _others(run, folder)
        ]
    return found + _bench(folder)


def _run(folder):
    """Return the content of parity.json, and what the run lacks."""
    try:
        content = read(folder / "parity.json")
        if "seal" not in content:
            raise ValueError("it is of an earlier version")
        content = opened(content)
        return content, list(_lacking(content))
    except KeyError as error:
        return {}, [f"parity.json cannot be taken (it has no {error})"]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        return {}, [f"parity.json cannot be taken ({error})"]


def _lacking(content):
    if changed := stored_results.changed_since(content):
        yield stored_results.before(changed)
    if content["chosen"]:
        yield f"partial: {', '.join(content['chosen'])} alone"
    live = {
        (case["reference"], case["engine"])
        for case in content["cases"]
        if case["blas"] == REFERENCE  # on another one a bound is promised, not the bits
    }
    for reference in _REFERENCES:
        for engine in ("lines", "compiled"):
            if (reference, engine) not in live:
                yield f"partial: {engine} was not held against {reference} on the reference BLAS"
    if content["verdict"] != "pass":
        yield "it fails"


def _section(name, section, run, folder):
    """Yield what a section lacks: of stored ones as the file has them today."""
    content = run.get(name)
    if section.stored:
        shown = content
        try:
            content = section.gather(sections.Context(None, (), folder))
        except RequestError as error:
            yield Finding(name, str(error), section.command)
            return
        if run and _measured(shown) != _measured(content):
            yield Finding(name, "the report shows an earlier one", sections.RUN)
    if content is None:
        if run:
            yield Finding(name, "not measured", section.command)
        return
    for problem in section.lacking(content):
        yield Finding(name, problem, section.command)


def _measured(content):
    return {key: value for key, value in (content or {}).items() if key not in _TODAY}


def _others(content, folder):
    """Name the files that are made of a parity.json and are not what it makes."""
    text, details = parity_report.render(content)
    made = {"parity.md": text, **details, "parity.html": of_run.render(content)}
    return [name for name, each in made.items() if not _holds(folder / name, each)]


def _bench(folder):
    section, path = sections.SECTIONS["speed"], folder / "bench.json"
    try:
        if "not_run" in section.gather(sections.Context(None, (), folder)):
            return []
    except RequestError:
        return []  # its section says so
    content = read(path)
    if _holds(folder / "bench.md", bench.render(content)):
        return []
    return [Finding("speed", "bench.md says something else than bench.json", section.command)]


def _holds(path, text):
    """Tell whether a file holds a text, as `files.write` writes it."""
    written = text.rstrip("\n") + "\n" if path.suffix == ".md" else text
    return path.is_file() and path.read_bytes() == written.encode(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
