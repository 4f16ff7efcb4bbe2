"""Results of commands that take long, kept as JSON for the report."""

import json
import os

from .errors import RequestError


def write(path, content):
    """Write a result; an earlier one stays until the new one is complete.

    Parameters
    ----------
    path : Path
        Where to; its folder is made where it is missing.
    content : dict
        JSON types only.

    Raises
    ------
    RequestError
        If it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RequestError(
            f"{path} cannot be written ({error.strerror}): name another file"
        ) from None
