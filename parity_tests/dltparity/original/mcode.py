"""MATLAB source text, as far as this project's and the toolbox's style goes."""

import re
from dataclasses import dataclass

_STRING = re.compile(r"(?<![\w)\]}.'])'(?:[^'\n]|'')*'|\"[^\"\n]*\"")
_COMMENT = re.compile(r"[%#].*")
_NO_STATEMENT = re.compile(r"(function|else|end\w*)\b")
_OPEN, _CLOSE = "([{", ")]}"


@dataclass(frozen=True)
class Line:
    """A line of code together with those that continue it.

    Attributes
    ----------
    first, last : int
        Numbers of the lines it stands on.
    code : str
        Its text without comments; continued lines are joined by newlines.
    bare : str
        The same, each character inside a string replaced by 0.
    """

    first: int
    last: int
    code: str
    bare: str


def lines(text):
    """List the lines of code of a file.

    Parameters
    ----------
    text : str
        The file's content.

    Returns
    -------
    list of Line
        Empty lines and comments are left out.
    """
    found, parts, depth = [], [], 0
    for number, line in enumerate(text.splitlines(), 1):
        bare = _COMMENT.sub("", _STRING.sub(lambda string: "0" * len(string[0]), line))
        before, dots, _ = bare.partition("...")
        bare = (before + dots).rstrip()
        if bare or parts:
            parts.append((number, line[: len(bare)], bare))
        depth += sum(bare.count(c) for c in _OPEN) - sum(bare.count(c) for c in _CLOSE)
        if parts and depth == 0 and not dots:
            numbers, code, bares = zip(*parts, strict=True)
            found.append(Line(numbers[0], numbers[-1], "\n".join(code), "\n".join(bares)))
            parts = []
    return found


def executable_lines(text):
    """List the numbers of the lines on which a statement or a for/if/elseif/while header begins.

    Parameters
    ----------
    text : str
        A file's content.

    Returns
    -------
    tuple of int
        Without function, else and end; a continued statement counts on its first line.
    """
    return tuple(line.first for line in lines(text) if not _NO_STATEMENT.match(line.bare.lstrip()))


def statements(line):
    """Split a line at its top-level commas and semicolons.

    Parameters
    ----------
    line : Line
        The line.

    Returns
    -------
    list of (str, str)
        Code and bare text of each statement, its separator included.
    """
    found, start, depth = [], 0, 0
    for place, character in enumerate(line.bare):
        depth += (character in _OPEN) - (character in _CLOSE)
        if character in ",;" and depth == 0:
            found.append((line.code[start : place + 1], line.bare[start : place + 1]))
            start = place + 1
    if line.bare[start:].strip():
        found.append((line.code[start:], line.bare[start:]))
    return found


def assigned(code, bare):
    """List what a statement assigns to.

    Parameters
    ----------
    code, bare : str
        A statement, as `statements` gives it.

    Returns
    -------
    list of str
        Such as ``net.layers{l}.a{j}``; empty where it is no assignment.
    """
    depth = 0
    for place, character in enumerate(bare):
        depth += (character in _OPEN) - (character in _CLOSE)
        compares = bare[place - 1 : place] in tuple("=~!<>") or bare[place + 1 : place + 2] == "="
        if character == "=" and depth == 0 and not compares:
            left = code[:place].strip()
            if not left.startswith("["):
                return [left]
            return [name for name in re.split(r"[,\s]+", left[1:-1].strip()) if name not in "~"]
    return []


def cell_path(target):
    """Split an assignment's target into its path and the subscripts of its cells.

    Parameters
    ----------
    target : str
        Such as ``net.layers{l}.k{i}{j}(u, v)``.

    Returns
    -------
    variable : str
        The target up to its first parenthesis: ``net.layers{l}.k{i}{j}``.
    pattern : str
        The same for sprintf: ``net.layers{%d}.k{%d}{%d}``; a field named by an expression is %s.
    subscripts : list of str
        ``["l", "i", "j"]``.
    """
    variable, pattern, subscripts, place = "", "", [], 0
    while place < len(target) and (target[place] != "(" or target[place - 1] == "."):
        if target[place] in "{(":
            end = _closing(target, place)
            variable += target[place : end + 1]
            pattern += "{%d}" if target[place] == "{" else "%s"
            subscripts.append(target[place + 1 : end].strip())
            place = end + 1
        else:
            variable += target[place]
            pattern += target[place]
            place += 1
    return variable, pattern, subscripts


def _closing(text, place):
    """Find the bracket that closes the one at a place."""
    depth = 0
    for end in range(place, len(text)):
        depth += (text[end] in _OPEN) - (text[end] in _CLOSE)
        if depth == 0:
            return end
    raise ValueError(f"{text!r} closes no bracket")
