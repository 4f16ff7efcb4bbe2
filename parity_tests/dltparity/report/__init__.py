"""Results -> reports: what a reviewer reads and what a program reads."""

import os
from pathlib import Path

from ..errors import RequestError
from . import as_json, as_markdown
from .as_json import content

__all__ = ["check_writable", "content", "write"]

_WRITERS = {"parity.json": as_json.render, "parity.md": as_markdown.render}


def check_writable(folder):
    """Refuse a folder that cannot be written to, before the work is done.

    Parameters
    ----------
    folder : Path
        Made where it is missing.

    Raises
    ------
    RequestError
        If it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise RequestError(
            f"{folder} cannot be written to ({error.strerror}): name another folder with --out"
        ) from None


def write(folder, content):
    """Write all reports; earlier ones stay until the new ones are complete.

    Parameters
    ----------
    folder : Path
        Where to.
    content : dict
        As `as_json.content` makes it.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    RequestError
        If they cannot be written.
    """
    folder, written = Path(folder), []
    try:
        for name, render in _WRITERS.items():
            if (folder / name).is_dir():
                raise IsADirectoryError(None, "it is a folder", folder / name)
            part = folder / f".{name}.{os.getpid()}.part"
            written.append((part, folder / name))
            part.write_text(render(content), encoding="utf-8")
        for part, path in written:
            part.replace(path)
    except OSError as error:
        raise RequestError(
            f"the reports cannot be written to {error.filename or folder} ({error.strerror}); "
            "earlier reports are untouched"
        ) from None
    finally:
        for part, _ in written:
            part.unlink(missing_ok=True)
    return [path for _, path in written]
