"""A ported function with the verdict of each line in its margin."""

import ast

from .. import port_state
from ..original.citations import citations


def cited(line):
    """Find the Python statements that cite a line.

    Parameters
    ----------
    line : str or None
        Such as ``cnnff.m:14``.

    Returns
    -------
    list of dict
        'file', 'line' and 'code' of each statement of the port.
    """
    file, _, number = (line or "").rpartition(":")
    module = port_state.module_of(file.removesuffix(".m")) if number.isdigit() else None
    if module is None:
        return []
    path = port_state.path_of(module)
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        {"file": path.name, "line": each.first, "code": "\n".join(_part(lines, each))}
        for each in citations(path)
        if each.file == file and each.line == int(number)
    ]


def _part(lines, citation):
    found = lines[citation.first - 1 : citation.last]
    indent = min(len(line) - len(line.lstrip()) for line in found)
    return [line[indent:] for line in found]


def listing(entry, current):
    """List a function's lines with what was found of them.

    Parameters
    ----------
    entry : dict
        Of 'functions' in the section on lines.
    current : bool
        Whether the port's files are those of the result: the text of others is not shown.

    Returns
    -------
    dict
        'rows': a dict for each Python line with 'number', 'code' and, where it cites a line that
        was compared, 'at', 'kept', 'steps', 'values' and 'different' (None where another
        statement of the line has the figures); 'rest': the lines of the
        original without one in Python, with the reason.
    """
    judged = {number: line for line in entry["lines"] for number in line["python"]}
    source = _source(entry["function"]) if current else {}
    rows = []
    for number in source or sorted(judged):
        row = {"number": number, "code": source.get(number, ""), "at": None}
        if line := judged.get(number):
            row |= {name: line[name] for name in ("steps", "values", "different")}
            row |= {"at": line["line"], "kept": not line["different"]}
        rows.append(row)
    if source:
        _join(rows, entry)
    first = entry["first_divergence"]
    for row in rows:
        if first and row["number"] == first["python"]:
            figures = dict.fromkeys(("steps", "values", "different"))
            row |= {**figures, **row, "at": row["at"] or first["line"], "kept": False}
    rest = [line for line in entry["lines"] if not line["python"]]
    return {"rows": rows, "rest": rest}


def _join(rows, entry):
    """Mark statements whose values were compared with those of a later one of the same line."""
    judged = {line["line"]: line for line in entry["lines"] if line["python"]}
    found = {row["number"]: row for row in rows}
    for each in citations(port_state.path_of(port_state.module_of(entry["function"]))):
        row, line = found.get(each.first), judged.get(each.line)
        if row and line and row["at"] is None and each.file == f"{entry['function']}.m":
            row |= {"at": each.line, "kept": not line["different"]}
            row |= dict.fromkeys(("steps", "values", "different"))


def _source(name):
    """Return the lines of a function's file from its first definition on, without docstrings."""
    module = port_state.module_of(name)
    if module is None:
        return {}
    text = port_state.path_of(module).read_text(encoding="utf-8")
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    hidden = set()
    for node in functions:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            hidden |= {*range(first.lineno, first.end_lineno + 1)}
    start = min((node.lineno for node in functions), default=1)
    lines = enumerate(text.splitlines(), 1)
    return {n: line for n, line in lines if n >= start and n not in hidden}
