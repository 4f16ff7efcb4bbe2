"""Files that are written whole or not at all."""

import errno
import json
import os
from pathlib import Path

from .errors import NotMeasuredError, RequestError


def write(contents, option):
    """Write files; earlier ones stay until all new ones are complete.

    Parameters
    ----------
    contents : dict of Path to (str or bytes)
        What each file is to hold; folders are made where they are missing.
    option : str
        The option that names another place, such as ``--out``; an error recommends it.

    Raises
    ------
    RequestError
        If one cannot be written; the earlier files are then as they were.
    NotMeasuredError
        If the disk is full; likewise.
    """
    parts = {path.with_name(f".{path.name}.{os.getpid()}.part"): path for path in contents}
    current = None
    try:
        for part, path in parts.items():
            current = path
            path.parent.mkdir(parents=True, exist_ok=True)
            _check_replaceable(path)
            content = contents[path]
            part.write_bytes(_bytes(content))
        for part, path in parts.items():
            current = path
            part.replace(path)
    except OSError as error:
        raise refusal(
            error,
            f"{current} cannot be written ({error.strerror}); earlier files are untouched: "
            f"name another place with {option}",
        ) from None
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def refusal(error, text):
    """Return what is to be raised of a file that cannot be written.

    Parameters
    ----------
    error : OSError
        What the system says.
    text : str
        What is to be said.

    Returns
    -------
    NotMeasuredError or RequestError
        The former of a full disk: the request was not wrong.
    """
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return (NotMeasuredError if full else RequestError)(text)


def check_ends(path):
    """Refuse a pipe or a device, which may have no end and is no place for a report.

    Parameters
    ----------
    path : Path or str
        What is to be read or replaced; that there is nothing is for `open` to say.

    Raises
    ------
    OSError
        If it is one.
    """
    path = Path(path)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is a pipe or a device", str(path))


def _check_replaceable(path):
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    check_ends(path)  # it would be replaced, /dev/null too


def _bytes(content):
    """Encode a text; what a file's name may hold and UTF-8 has not becomes an escape."""
    return content.encode(errors="backslashreplace") if isinstance(content, str) else content


def write_json(path, content, option):
    """Write JSON types to a file; as `write`."""
    write({Path(path): as_json(content)}, option)


def write_report(folder, name, text, content, page=None, others=None):
    """Write a report: NAME.md for people, NAME.json for programs, and its page, NAME.html.

    Parameters
    ----------
    folder : Path
        Where to.
    name : str
        The report's name.
    text : str
        The report in Markdown.
    content : dict
        The same in JSON types.
    page : str, optional
        The same as HTML.
    others : dict of str to str, optional
        Name -> text of further files that belong to it.

    Returns
    -------
    list of Path
        The files, in this order.

    Raises
    ------
    RequestError
        If they cannot be written.
    """
    contents = {
        Path(folder, f"{name}.md"): text.rstrip("\n") + "\n",
        Path(folder, f"{name}.json"): as_json(content),
        **({Path(folder, f"{name}.html"): page} if page else {}),
        **{Path(folder, each): text for each, text in (others or {}).items()},
    }
    write(contents, "--out")
    return list(contents)


def as_json(content):
    """Return JSON as all files of the harness have it."""
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def check_writable(folder, option="--out"):
    """Refuse a folder that cannot be written to, before the work is done.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    option : str
        The option that names it; an error recommends it.

    Raises
    ------
    RequestError
        If it cannot be made or written to.
    NotMeasuredError
        If the disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise refusal(
            error,
            f"{folder} cannot be written to ({error.strerror}): name another folder with {option}",
        ) from None


def check_place(path, option):
    """Refuse a file that cannot be written, before the work is done; as `check_writable`."""
    check_writable(path.parent, option)
    try:
        _check_replaceable(path)
    except OSError as error:
        raise RequestError(
            f"{path} cannot be written ({error.strerror}): name another place with {option}"
        ) from None
