"""The JSON of a command -> its items."""

import json
from pathlib import Path

from ..errors import RequestError
from . import of_commands
from .items import NOT_JUDGED, Result
from .part import Part

_SCHEMA = 1
_LARGEST = 100_000_000  # bytes; that of the run of all cases has 250,000
# Command -> what only its result has.
_KINDS = {
    "run": ("totals", "cases"),
    "verify": ("stages", "writer"),
    "toolbox": ("gradients", "functions"),
    "pair": ("pairs",),
}


def stored(path):
    """Read a stored result.

    Parameters
    ----------
    path : Path
        A parity.json, verify-NET.json, toolbox.json or pair.json.

    Returns
    -------
    Result
        Its items.

    Raises
    ------
    RequestError
        If it cannot be read, or is none of these.
    """
    return items(_content(path), str(path))


def items(content, where="the result"):
    """Take the items of a result.

    Parameters
    ----------
    content : dict
        As the command returns it, or read from a file.
    where : str
        Its name in errors.

    Returns
    -------
    Result
        Its items.

    Raises
    ------
    RequestError
        If it is none of run, verify, toolbox or pair, or not as they write it.
    """
    kind = _kind(content, where)
    part = Part(content, where)
    found = getattr(of_commands, kind)(part)
    seen = set()
    for each in found:
        if each.state != NOT_JUDGED and each.key in seen:
            raise RequestError(f"{where} has {each.title!r} twice: it is no result of {kind}")
        seen.add(each.key)
    return Result(kind, part.text("verdict"), found)


def _kind(content, where):
    if not isinstance(content, dict):
        raise RequestError(f"{where} is {_expected('JSON, but no object')}")
    for kind, names in _KINDS.items():
        if content.keys() >= {*names}:
            if content.get("schema") != _SCHEMA:
                found = json.dumps(content.get("schema"))[:40]
                raise RequestError(
                    f"{where} is of schema {found}: expected {_SCHEMA}; write it anew with "
                    f"dltparity {kind}"
                )
            return kind
    raise RequestError(f"{where} is {_expected('JSON of something else')}")


def _expected(found):
    return f"{found}: expected what dltparity {', '.join(_KINDS)} write or print with --json"


def _content(path):
    try:
        with Path(path).open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise RequestError(f"{path} has more than {_LARGEST:,} bytes: no result is as large")
        text = content.decode()
    except OSError as error:
        raise RequestError(f"{path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise RequestError(f"{path} is no text: expected JSON in UTF-8") from None
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise RequestError(f"{path} is no JSON ({reason[:200]})") from None


def _no_constant(name):
    raise ValueError(f"{name} is no number in JSON")
