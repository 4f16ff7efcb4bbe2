"""Which line of a .m file a Python statement cites."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

_CITATION = re.compile(r"# (\w+\.m):(\d+)$")


@dataclass(frozen=True)
class Citation:
    """A Python statement and the line of the original that it ports.

    Attributes
    ----------
    function : str
        The Python function around it.
    first, last : int
        Its lines; of a compound statement those of the header.
    code : str
        The statement.
    file : str or None
        The .m file it cites; None where it cites nothing.
    line : int or None
        The line there.
    node : ast.stmt
        The statement's syntax tree.
    """

    function: str
    first: int
    last: int
    code: str
    file: str | None
    line: int | None
    node: ast.stmt = field(compare=False, repr=False)


def citations(path):
    """List the statements of a ported file's functions with what they cite.

    Parameters
    ----------
    path : Path
        A Python file whose statements end with citations.

    Returns
    -------
    list of Citation
        In the order of the file; definitions, docstrings, `pass`, and the return of the output
        variable have no counterpart in MATLAB and are left out.
    """
    text = Path(path).read_text(encoding="utf-8")
    lines = text.splitlines()
    found = []
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, ast.FunctionDef):
            for statement in _statements(function):
                last = _header_end(statement)
                cited = _CITATION.search(lines[last - 1])
                code = ast.get_source_segment(text, statement) or ""
                found.append(
                    Citation(
                        function.name,
                        statement.lineno,
                        last,
                        code,
                        cited[1] if cited else None,
                        int(cited[2]) if cited else None,
                        statement,
                    )
                )
    return sorted(found, key=lambda citation: citation.first)


def _statements(node):
    """Walk the statements below a node, headers before their bodies."""
    for block in ("body", "orelse"):
        for child in getattr(node, block, []):
            if isinstance(child, ast.FunctionDef | ast.Return | ast.Pass):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            yield child
            yield from _statements(child)


def _header_end(statement):
    """Return the last line of a statement or of a compound statement's header."""
    if isinstance(statement, ast.For):
        return statement.iter.end_lineno
    if isinstance(statement, ast.If | ast.While):
        return statement.test.end_lineno
    return statement.end_lineno
