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
"""

import tomllib
from pathlib import Path

from .mutants import Change


def excuses():
    """Read the files: what a mutant changes -> why nothing can differ.

    Returns
    -------
    dict of Change to str
        A change is told by its module, its function and its statement without and with the fault,
        not by its line: other lines may come and go.
    """
    found = {}
    folder = Path(__file__).parent / "equivalent"
    for path in sorted(folder.glob("*/*.toml")):
        module = ".".join(path.relative_to(folder).with_suffix("").parts)
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]:
            for after in entry["after"]:
                change = Change(module, entry["function"], entry["before"], after)
                found[change] = entry["reason"]
    return found
