"""Report files: all of them, or the earlier ones stay."""

import json
from pathlib import Path

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
    texts = {f"{name}.md": text, f"{name}.json": json.dumps(content, indent=1, allow_nan=False)}
    try:
        for file, body in texts.items():
            Path(folder, f".{file}.part").write_text(body.rstrip("\n") + "\n", encoding="utf-8")
        for file in texts:
            Path(folder, f".{file}.part").replace(Path(folder, file))
    except OSError as error:
        raise RequestError(
            f"the reports cannot be written to {folder} ({error.strerror}): "
            "name another folder with --out"
        ) from None
    return [Path(folder, file) for file in texts]
