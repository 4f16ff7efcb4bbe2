"""Results of commands that take long: the commands write them as JSON, the report shows them.

Each says what it depends on: port, harness, references, Octave and the machine. Where one of these
is another today the result is shown as such, and can neither keep nor break a promise.
"""

import json

from .. import fingerprint
from ..errors import RequestError
from ..seal import opened


def sweep(path, command):
    """Read the summary of a sweep.

    Parameters
    ----------
    path : Path
        The file.
    command : str
        The command that writes it.

    Returns
    -------
    dict
        Its content, 'changed', the parts that it depends on and that are others today, and
        'current': whether there are none. 'not_run', the command, alone where there is no such
        file, or one of an earlier version.

    Raises
    ------
    RequestError
        If it cannot be read, or its figures do not fit each other.
    """

    def state(content):
        clean = content["values"] > 0 and not content["different"] and not content["failing"]
        passed = content["nets"] > 0 and clean
        _fits(content["verdict"] == ("pass" if passed else "fail"))
        return _today(content["depends_on"])

    return _read(path, command, state)


def mutation(path, command):
    """Read a mutation score; as `sweep`."""

    def state(content):
        entries = content["files"]
        _fits(all(e["mutants"] == sum(e["found"].values()) + len(e["left"]) for e in entries))
        left = sum(len(entry["left"]) for entry in entries)
        _fits(content["mutants"] == sum(entry["mutants"] for entry in entries) > 0)
        _fits(content["killed"] == content["mutants"] - left)
        _fits(content["score"] == content["killed"] / content["mutants"])
        return _today(*(entry["depends_on"] for entry in entries))

    return _read(path, command, state)


def _today(*states):
    changed = fingerprint.changed(*states)
    return {"changed": changed, "current": not changed}


def _fits(true):
    if not true:
        raise ValueError("its figures do not fit each other")


def _read(path, command, state):
    if not path.is_file():
        return {"not_run": command}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict) and "seal" not in content:
            return {"not_run": command}  # of an earlier version: nobody knows what it depends on
        content = opened(content)
        return content | state(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RequestError(
            f"{path} cannot be read ({error!r}): remove it, or write it anew with {command}"
        ) from None


def is_broken(content):
    """Tell whether a stored result is of today and breaks its promise."""
    return content.get("current", False) and content["verdict"] == "fail"
