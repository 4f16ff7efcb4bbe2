"""An instrumented copy of a .m file, in which each statement reports what it has set."""

import re

from ..original import mcode

_HEADER = re.compile(r"(\s*)(if|elseif|while)\b(.*)", re.DOTALL)
_LOOP = re.compile(r"\s*for\s+(\w+)\s*=")
_FUNCTION = re.compile(r"\s*function\b")
_UNWATCHED = re.compile(r"\s*(else|end\w*|global|persistent)\b")
_UNKNOWN = re.compile(r"\s*(switch|case|otherwise|do|until|try|catch|unwind_protect\w*)\b")
_LEAVES = re.compile(r"\s*(return|break|continue)\b")
_REFUSAL = re.compile(r"\s*assert\b")


def instrument(text):
    """Add calls of dlt_line and dlt_condition to a .m file.

    Parameters
    ----------
    text : str
        The file's content.

    Returns
    -------
    str
        The same program with calls of the probes added; every line keeps its number.

    Raises
    ------
    ValueError
        If a line has a form that is not known here.
    """
    watched = {line.first: _line(line) for line in mcode.lines(text)}
    number, end, kept = 1, len(text.splitlines()), []
    while number <= end:
        kept.append(watched.get(number, ""))
        number += 1 + kept[-1].count("\n")  # a continued line stands on several
    return "\n".join(kept)


def _line(line):
    return "".join(_watched(line.first, code, bare) for code, bare in mcode.statements(line))


def _watched(number, code, bare):
    """Return a statement with its probe."""
    if _UNKNOWN.match(bare):
        raise ValueError(f"line {number}: {code.strip()!r} cannot be traced")
    if _FUNCTION.match(bare):
        return f"{_ended(code)} dlt_line(0, '', []);"
    if _UNWATCHED.match(bare):
        return code
    if found := _LOOP.match(bare):
        return f"{_ended(code)} {_probe(number, found[1])}"
    if found := _HEADER.match(bare):
        start, end = found.start(3), len(bare.rstrip().rstrip(",;"))
        return f"{code[:start]} dlt_condition({number}, {code[start:end]}){code[end:] or ','}"
    if _REFUSAL.match(bare):
        # Reported like an `if` around an error whose condition is false: nothing is refused.
        return f"{_ended(code)} dlt_line({number}, 'if', false);"
    targets = mcode.assigned(code, bare)
    if _LEAVES.match(bare):
        return f" dlt_line({number}, '', []); {code}"
    if not targets:
        return f"{_ended(code)} dlt_line({number}, '', []);"
    return " ".join([_ended(code), *(_probe(number, target) for target in targets)])


def _ended(code):
    """End a statement that ends with its line."""
    return code if code.rstrip().endswith((",", ";")) else f"{code};"


def _probe(number, target):
    """Return the call that keeps a variable."""
    variable, pattern, subscripts = mcode.cell_path(target)
    path = f"sprintf('{pattern}', {', '.join(subscripts)})" if subscripts else f"'{pattern}'"
    return f"dlt_line({number}, {path}, {variable});"
