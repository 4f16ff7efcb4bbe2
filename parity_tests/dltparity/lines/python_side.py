"""What the lines of a ported function do, from the interpreter's own tracing.

The port is not changed for it: the citations tell which line of the original a statement ports, and
its syntax tree tells what it sets.
"""

import ast
import sys
from contextlib import contextmanager

import numpy as np

from dltcnn import Net
from dltcnn.matlab.struct import Struct

from ..octave.values import matlab_array
from ..original.citations import citations
from ..traces.trace import net_fields
from .steps import CALL, CONDITION, Event

# Indices that are assigned: 0-based in Python, as loop variables are. cnntest's `a` is one,
# acnnff's is not.
_INDICES = {"l", "kk", "h", "bad"}
_INDICES_OF = {
    "cnntest": {"a"},
    "acnntest": {"given", "wanted"},
    "acnntrain": {"order", "chosen"},
    "unstack": {"first"},  # of acnnbp, as is the next
    "back": {"rows", "cols"},
}


@contextmanager
def watching(path, file, variables=frozenset(), own=False):
    """Watch the functions of a Python file for the length of a block.

    Parameters
    ----------
    path : Path
        The Python file.
    file : str
        Name of the .m file; statements that cite another one are not watched.
    variables : set of str
        The variables that the .m file has. Any other name of a layer in Python stands for the
        layer in the net, such as ``net.layers{2}``.
    own : bool
        Whether the file is a user's own: nothing is known of its indices, and values that MATLAB
        has no counterpart of are left out.

    Yields
    ------
    list of Event
        Filled while the block runs.
    """
    watch = (_OwnWatch if own else _Watch)(path, file, variables)
    before = sys.gettrace()
    sys.settrace(watch.call)
    try:
        yield watch.events
    finally:
        sys.settrace(before)


class _Watch:
    def __init__(self, path, file, variables):
        self.events = []
        self._variables = variables
        self._file = str(path)
        self._module = path.stem
        self._statements = {}
        for citation in citations(path):
            if citation.file == file:
                self._statements.setdefault(citation.function, []).append(citation)

    def call(self, frame, event, arg):
        """Trace the calls of the file's functions only."""
        own = frame.f_globals.get("__name__", "").rpartition(".")[2] == self._module
        statements = own and self._statements.get(frame.f_code.co_name)
        if not statements:
            return None
        self.events.append(Event(CALL, {}))
        return self._lines(statements)

    def _lines(self, statements):
        """Trace one call: a statement is done when the next begins, or the call returns."""
        pending = held = None

        def settle(frame, here, number):
            nonlocal pending, held
            values = self._values(pending, frame, number)
            if values is not None:
                before = held.values if held else {}
                held = Event(pending.line, before | values, pending.first)
            # Statements in a row that cite one line do its work together.
            if held and (here is None or here.line != held.line):
                self.events.append(held)
                held = None
            pending = here

        def trace(frame, event, arg):
            nonlocal pending
            if event == "line":
                here = _statement(statements, frame.f_lineno)
                if here is not pending:
                    settle(frame, here, frame.f_lineno)
            elif event == "return":
                settle(frame, None, None)
            elif event == "exception":
                pending = None
            return trace

        return trace

    def _values(self, citation, frame, following):
        """Return what a statement has set, once the next line is known; None for a loop's end."""
        if citation is None:
            return None
        node = citation.node
        values = {}
        if isinstance(node, ast.Assign):
            for target in node.targets:
                values |= self._set(target, frame, citation.function)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            values = self._set(node.target, frame, citation.function)
        elif isinstance(node, ast.Expr) and _is_setattr(node.value):
            owner, name, _ = node.value.args
            path, value, _ = self._resolve(owner, frame)
            name = _evaluated(name, frame)
            values = _leaves(f"{path}.{name}", getattr(value, name))
        elif isinstance(node, ast.For):
            if not _within(node.body, following):
                return None
            for name in _names(node.target):
                values[name] = self._counted(frame.f_locals[name])
        elif isinstance(node, ast.If | ast.While):
            values[CONDITION] = np.array([[_within(node.body, following)]])
        return values

    def _set(self, target, frame, function):
        """Return path -> value of what an assignment has set."""
        if isinstance(target, ast.Tuple | ast.List):
            values = {}
            for element in target.elts:
                values |= self._set(element, frame, function)
            return values
        if isinstance(target, ast.Starred):
            return self._set(target.value, frame, function)
        if isinstance(target, ast.Name) and (target.id == "_" or self._layer(target.id, frame)):
            return {}
        path, value, _ = self._resolve(target, frame)
        if path in self._indices(function):
            return {path: _index(value)}
        return _leaves(path, value)

    def _indices(self, function):
        """Name the variables that count from 0."""
        return _INDICES | _INDICES_OF.get(function, set())

    def _counted(self, value):
        """Return the value of a loop's variable, which counts from 0."""
        return _index(value)

    def _resolve(self, node, frame):
        """Return path, value, and whether the path may go on: it ends where an array is indexed."""
        if isinstance(node, ast.Name):
            return self._layer(node.id, frame) or node.id, frame.f_locals[node.id], True
        path, owner, open_ = self._resolve(node.value, frame)
        if not open_:
            return path, owner, False
        if isinstance(node, ast.Attribute):
            return f"{path}.{node.attr}", getattr(owner, node.attr), True
        if not isinstance(owner, list) or isinstance(node.slice, ast.Slice):
            return path, owner, False
        index = _evaluated(node.slice, frame)
        return f"{path}{{{index + 1}}}", owner[index], True

    def _layer(self, name, frame):
        """Return the path in the net of a layer that has a name in Python only, or None."""
        if name in self._variables:
            return None
        for net, value in frame.f_locals.items():
            for number, layer in enumerate(value.layers if isinstance(value, Net) else (), 1):
                if layer is frame.f_locals[name]:
                    return f"{net}.layers{{{number}}}"
        return None


class _OwnWatch(_Watch):
    """Watches a file of which nothing is known but the lines that it cites."""

    def _values(self, citation, frame, following):
        try:
            return super()._values(citation, frame, following)
        except Exception:  # whatever a user's values do on being looked at
            return {}

    def _set(self, target, frame, function):
        try:
            return super()._set(target, frame, function)
        except Exception:
            return {}

    def _indices(self, function):
        return frozenset()

    def _counted(self, value):
        return _array(value, local=True)


def _statement(statements, line):
    """Find the innermost statement whose header spans a line."""
    found = [each for each in statements if each.first <= line <= each.last]
    return found[-1] if found else None


def _within(body, line):
    return line is not None and body[0].lineno <= line <= body[-1].end_lineno


def _names(target):
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def _is_setattr(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) == "setattr"


def _evaluated(node, frame):
    code = compile(ast.Expression(node), "<traced>", "eval")
    return eval(code, frame.f_globals, frame.f_locals)


def _leaves(path, value):
    """Flatten structs and cells into their arrays, as the probes in Octave do."""
    if isinstance(value, Net):
        return {f"{path}.{rest}": np.array(leaf) for rest, leaf in net_fields(value).items()}
    if isinstance(value, Struct | dict):
        fields = value if isinstance(value, dict) else vars(value)
        value = {f".{name}": part for name, part in fields.items()}
    elif isinstance(value, list) or (isinstance(value, tuple) and str in map(type, value)):
        value = {f"{{{number}}}": part for number, part in enumerate(value, 1)}
    if not isinstance(value, dict):
        return {path: _array(value, "." not in path)}
    found = {}
    for rest, part in value.items():
        if not isinstance(part, str):  # text inside a struct or a cell does not come from Octave
            found |= _leaves(f"{path}{rest}", part)
    return found


def _array(value, local):
    """Give a value the class and size that it has in MATLAB."""
    if value is None or (isinstance(value, tuple) and not value):
        return np.zeros((0, 0))
    if isinstance(value, str):
        codes = np.array([[float(ord(character)) for character in value]])
        return codes if value else np.zeros((0, 0))
    if isinstance(value, bool | np.bool_):
        return np.array([[value]])
    array = np.array(matlab_array(value))
    # Sizes and counts: numpy's integers, where MATLAB's are double.
    return array.astype(float) if local and array.dtype == np.intp else array


def _index(value):
    return np.array(matlab_array(np.asarray(value) + 1.0)) if not isinstance(value, str) else value
