"""Results -> reports: what a reviewer reads and what a program reads."""

import os

from ..errors import RequestError
from . import as_markdown, files
from .as_json import content

__all__ = ["check_writable", "content", "write"]


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
    return files.write(folder, "parity", as_markdown.render(content), content)
