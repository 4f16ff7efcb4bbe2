"""What no test could find, each with a reason: equivalent.toml."""

import tomllib
from pathlib import Path

from .mutants import Change


def excuses():
    """Read the file: what a mutant changes -> why nothing can differ.

    Returns
    -------
    dict of Change to str
        A change is told by its module, its function and its statement without and with the fault,
        not by its line: other lines may come and go.
    """
    text = Path(__file__).with_name("equivalent.toml").read_text(encoding="utf-8")
    found = {}
    for entry in tomllib.loads(text).get("mutant", ()):
        for after in entry["after"]:
            change = Change(entry["file"], entry["function"], entry["before"], after)
            found[change] = entry["reason"]
    return found
