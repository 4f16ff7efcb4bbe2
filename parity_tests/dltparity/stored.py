"""Results of commands that take long, kept as JSON for the report."""

import json

from . import files as text_files
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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text_files.write({path: json.dumps(content, indent=1, allow_nan=False) + "\n"})
    except OSError as error:
        raise RequestError(
            f"{path} cannot be written ({error.strerror}): name another file"
        ) from None
