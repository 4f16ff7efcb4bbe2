"""The executable lines of a .m file of this project, read from the file."""

import re
from pathlib import Path

_COMMENT = re.compile(r"^((?:[^%']|'(?:[^']|'')*'|(?<=[\w)}\].])')*)%.*$")
_NOT_EXECUTABLE = re.compile(r"(function\b.*|else|end)?")


def executable(path):
    """List the executable lines of a .m file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    list of int
        Statements and for, if and elseif headers, each by its first line; not function, else and
        end, nor comments and blank lines.
    """
    return [number for number, _ in statements(path)]


def statements(path):
    """List the executable lines of a .m file with their code, continuation lines joined."""
    found, pending, first = [], "", 0
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        code = _COMMENT.sub(r"\1", line).strip()
        first = first if pending else number
        if code.endswith("..."):
            pending += code[:-3]
            continue
        code, pending = pending + code, ""
        if not _NOT_EXECUTABLE.fullmatch(code):
            found.append((first, code))
    return found


def tagged(folder, tag):
    """Find the lines whose comment names an equation.

    Parameters
    ----------
    folder : Path
        Where the .m files are.
    tag : str
        Such as ``"E13"``.

    Returns
    -------
    list of tuple of (str, int)
        File name and line, files in alphabetical order.
    """
    mark = re.compile(rf"%\s.*\b{tag}\b")
    return [
        (path.name, number)
        for path in sorted(Path(folder).glob("*.m"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if not line.lstrip().startswith("%") and mark.search(line)
    ]
