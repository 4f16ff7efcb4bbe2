"""Seals on stored results: what a hand or a fault of the disk has changed is not taken."""

import hashlib
import json

from .files import check_ends

_NAME = "seal"


def sealed(content, before=""):
    """Put a seal on a result.

    Parameters
    ----------
    content : dict
        JSON types.
    before : str
        The seal of the result that it follows, where there is one: none can be taken out.

    Returns
    -------
    dict
        The same with 'seal'.
    """
    return {**content, _NAME: _seal(content, before)}


def opened(content, before=""):
    """Check the seal of a result and take it off.

    Raises
    ------
    ValueError
        If the content is not what was sealed.
    """
    rest = {name: value for name, value in content.items() if name != _NAME}
    if content.get(_NAME) != _seal(rest, before):
        raise ValueError("it was changed after it was written")
    return rest


def read(path):
    """Read the JSON of a result; the seal, where it has one, is for `opened`.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        Of well-sealed content; whatever the JSON is of another.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is no JSON, or has a name twice: the seal is of the last, a reader sees the first.
    """
    check_ends(path)
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)


def _once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("it has a name twice")
    return found


def _seal(content, before):
    text = json.dumps(content, sort_keys=True, allow_nan=False)
    return hashlib.sha256(f"{before} {text}".encode()).hexdigest()[:16]
