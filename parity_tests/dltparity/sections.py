"""What the report shows beside the comparison of cases: one entry per section."""

import json
from pathlib import Path

from . import port_state
from .checks import determinism as soundness
from .checks import limits as divergences
from .equations import measure as ledger_run
from .errors import RequestError
from .lines import section as lines

# Written by commands of their own, because they take long.
_STORED = {
    "sweep": "dltparity sweep --nets 2000 --seed 4 --summary reports/sweep.json",
    "sweep-acnn": "dltparity sweep --family acnn --nets 1000 --seed 400 "
    "--summary reports/sweep-acnn.json",
    "mutation": "make mutation",
}


def gather(names, folder):
    """Gather the sections.

    Parameters
    ----------
    names : sequence of str
        The references of the run; without a live original there is no line-level parity.
    folder : Path
        Of the reports, where stored results are.

    Returns
    -------
    dict
        Section -> content; JSON types only.
    """
    found = {"limits": divergences.gather()}
    if "original" in names:
        found["lines"] = lines.gather()
    if {"original", "acnn"} & set(names):
        found["soundness"] = soundness.gather()
        found["equations"] = ledger_run.gather()
    for name, command in _STORED.items():
        found[name] = _stored(Path(folder, f"{name}.json"), command)
    return found


def broken(sections):
    """Name the sections that show a broken promise.

    Parameters
    ----------
    sections : dict
        From `gather`.

    Returns
    -------
    list of str
        Stored results of another state of the port do not count: they say so themselves.
    """
    found = []
    for entry in sections.get("lines", {"functions": []})["functions"]:
        if entry["verdict"] != "pass":
            found.append(f"lines of {entry['function']}")
    equations = sections.get("equations", {"rows": []})["rows"]
    found += [f"equation {row['id']}" for row in equations if row["verdict"] == "fail"]
    sound = sections.get("soundness", {"determinism": [], "gradient_test": None})
    if not all(row["same"] for row in sound["determinism"]):
        found.append("determinism")
    if (sound["gradient_test"] or {"outcome": "pass"})["outcome"] != "pass":
        found.append("the original's own gradient test")
    stored = {name: sections[name] for name in _STORED if name in sections}
    measured = {name: one for name, one in stored.items() if "not_run" not in one}
    broken = [n for n, one in measured.items() if one["current"] and one["verdict"] == "fail"]
    return found + broken


def _stored(path, command):
    """Read a stored result; where there is none, name the command that writes it."""
    if not path.is_file():
        return {"not_run": command}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if path.stem.startswith("sweep"):
            return content | {"current": content["port"] == port_state.port(content["family"])}
        changed = [
            entry["file"]
            for entry in content["files"]
            if entry["source"] != port_state.source(entry["file"])
        ]
        return content | {"changed": changed, "current": not changed}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RequestError(
            f"{path} cannot be read ({error!r}): remove it, or write it anew with {command}"
        ) from None
