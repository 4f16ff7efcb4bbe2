"""Report files: all of them, or the earlier ones stay."""

import json
from pathlib import Path

from .. import files as text_files
from ..errors import RequestError


def write(folder, name, text, content):
    """Write a report as NAME.md and NAME.json.

    Parameters
    ----------
    folder : Path
        Where to; it is there.
    name : str
        The report's name.
    text : str
        For people.
    content : dict
        The same for programs: JSON types only.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    RequestError
        If they cannot be written.
    """
    folder = Path(folder)
    texts = {
        folder / f"{name}.md": text.rstrip("\n") + "\n",
        folder / f"{name}.json": json.dumps(content, indent=1, allow_nan=False) + "\n",
    }
    try:
        text_files.write(texts)
    except OSError as error:
        raise RequestError(
            f"the reports cannot be written to {error.filename or folder} ({error.strerror}); "
            "earlier reports are untouched: name another folder with --out"
        ) from None
    return list(texts)
