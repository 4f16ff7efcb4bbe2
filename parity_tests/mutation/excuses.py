"""What no test could find, each with a reason: a file in `equivalent/` for each module of a room.

Its entries:

function
    The function in the module, with those around it.
before
    The statement without the fault, its lines joined, as ``make mutation`` shows it.
after
    The statement with it, one text per mutant.
reason
    Why nothing can differ.
judge
    Where given, the only kind of judge, of `plan.KINDS`, that the excuse is for: the fault has an
    effect, of which this judge promises nothing, such as other words or the last bit of a sum.
"""

import tomllib
from pathlib import Path

from .mutants import Change


def excuses(kind="tests"):
    """Read the files: what a mutant changes -> why nothing can differ.

    Parameters
    ----------
    kind : str
        Who judges, of `plan.KINDS`.

    Returns
    -------
    dict of Change to str
        A change is told by its module, its function and its statement without and with the fault,
        not by its line: other lines may come and go.
    """
    return {change: entry["reason"] for change, entry in _entries(kind)}


def beyond(kind):
    """Name the changes that have an effect of which a kind of judge promises nothing."""
    return {change for change, entry in _entries(kind) if "judge" in entry}


def _entries(kind):
    folder = Path(__file__).parent / "equivalent"
    for path in sorted(folder.glob("*/*.toml")):
        module = ".".join(path.relative_to(folder).with_suffix("").parts)
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]:
            if entry.get("judge", kind) == kind:
                for after in entry["after"]:
                    yield Change(module, entry["function"], entry["before"], after), entry
