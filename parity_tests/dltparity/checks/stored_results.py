"""Results of commands that take long: the commands write them as JSON, the report shows them.

Each says which port it was measured on. One of another port is shown as such, and can neither keep
nor break a promise.
"""

import json

from .. import port_state
from ..errors import RequestError


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
        Its content and 'current': whether it is of this port. 'not_run', the command, alone
        where there is no such file.

    Raises
    ------
    RequestError
        If it cannot be read.
    """

    def state(content):
        return {"current": content["port"] == port_state.port(content["family"])}

    return _read(path, command, state)


def mutation(path, command):
    """Read a mutation score; as `sweep`.

    Returns
    -------
    dict
        Also 'changed' and 'gone': the files measured that are now others, or are no longer there.
    """

    def state(content):
        sources = {entry["file"]: entry["source"] for entry in content["files"]}
        now = {file: port_state.source(file) for file in sources}
        gone = [file for file in sources if now[file] is None]
        changed = [file for file in sources if now[file] not in (None, sources[file])]
        return {"changed": changed, "gone": gone, "current": not (changed or gone)}

    return _read(path, command, state)


def _read(path, command, state):
    if not path.is_file():
        return {"not_run": command}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return content | state(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RequestError(
            f"{path} cannot be read ({error!r}): remove it, or write it anew with {command}"
        ) from None


def is_broken(content):
    """Tell whether a stored result is of this port and breaks its promise."""
    return content.get("current", False) and content["verdict"] == "fail"
