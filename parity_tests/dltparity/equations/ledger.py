"""Which fields an equation computes, and in which lines."""

import re
from pathlib import Path

from .. import port_state
from ..original.citations import citations
from ..paths import matlab_ref


def selects(equation, path, layers):
    """Tell whether a field of a net is what an equation computes.

    Parameters
    ----------
    equation : Equation
        The equation.
    path : str
        The field's path.
    layers : sequence of dict
        The net's layers.

    Returns
    -------
    bool
        Whether it is.
    """
    return any(_matches(field, path, layers) for field in equation.fields)


def _matches(field, path, layers):
    found = re.fullmatch(r"layers\{(\d+)\}\.(\w+)(\{\d+\})*", path)
    if "." not in field or not found:
        return field == path
    number, name = int(found[1]), found[2]
    own, _, rest = field.partition(".")
    wanted, _, above = rest.partition("<")
    if name != wanted or _kind(layers[number - 1]) != own:
        return False
    return not above or (number < len(layers) and _kind(layers[number]) == above)


def _kind(layer):
    return "S" if layer.get("trainable") else layer["type"]


def places(equation):
    """List where the .m files and the port compute an equation.

    Parameters
    ----------
    equation : Equation
        The equation; its lines in the .m files carry its id in a comment.

    Returns
    -------
    list of dict
        For each line 'm' and 'python', as "file:line (function)".
    """
    folder = matlab_ref() / "acnn"
    return [
        {
            "m": f"{file}:{line} ({_m_function(folder / file, line)})",
            "python": _python_place(file, line),
        }
        for file, line in tagged(folder, equation.id)
    ]


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


def _m_function(path, line):
    """Name the function of a .m file that a line is in."""
    headers = [
        text
        for text in path.read_text(encoding="utf-8").splitlines()[:line]
        if text.startswith("function")
    ]
    return re.search(r"(\w+)\(", headers[-1])[1]


def _python_place(file, line):
    path = port_state.path_of(port_state.module_of(Path(file).stem))
    found = next(c for c in citations(path) if (c.file, c.line) == (file, line))
    return f"{path.name}:{found.first} ({found.function})"
