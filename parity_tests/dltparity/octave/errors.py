"""What can go wrong with an Octave session, and where in a .m file it did."""

import re
from collections.abc import Iterable
from pathlib import Path

_PARSE_ERROR = re.compile(r"parse error near line (\d+) of file (.+)")


class Gone(Exception):  # noqa: N818
    """The connection to Octave is over."""


class NoOctave(RuntimeError):  # noqa: N818
    """There is no Octave that can be started."""


class OctaveDied(RuntimeError):  # noqa: N818
    """The session ended during a call; the next call starts it again, empty."""


class OctaveError(Exception):
    """An error inside Octave.

    Attributes
    ----------
    message : str
        Octave's own words.
    line : str or None
        The innermost place that is not in one of Octave's own functions, such as "cnnff.m:11";
        None for code that is not in a file.
    identifier : str
        Such as "Octave:undefined-function"; may be empty.
    """

    def __init__(self, message: str, line: str | None = None, identifier: str = ""):
        super().__init__(message, line, identifier)
        self.message, self.line, self.identifier = message, line, identifier

    def __str__(self) -> str:
        return f"{self.line}: {self.message}" if self.line else self.message


def innermost(message: str, frames: str, skipped: Iterable[str]) -> str | None:
    """Return the place of an error as "file.m:line".

    Parameters
    ----------
    message : str
        Octave's message; that of a parse error names the place itself.
    frames : str
        The call stack, innermost first: file, tab and line number, one frame a line.
    skipped : iterable of str
        Folders whose functions do not count.

    Returns
    -------
    str or None
        None if no frame is left.
    """
    parse_error = _PARSE_ERROR.match(message)
    if parse_error:
        return f"{Path(parse_error[2]).name}:{parse_error[1]}"
    folders = list(skipped)
    for frame in frames.splitlines():
        file, _, line = frame.rpartition("\t")
        if file and not any(Path(file).is_relative_to(folder) for folder in folders):
            return f"{Path(file).name}:{line}"
    return None
