"""The mutants of the port: Cosmic Ray's operators, and two of our own."""

import ast
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator, operator_names

from dltparity.port_state import path_of


class StringChanger(Operator):
    """Changes a text, the parts of f-strings too; docstrings are left alone."""

    _STRING = re.compile(r"([A-Za-z]*)(\"\"\"|'''|\"|')(.*)\2", re.DOTALL)

    def mutation_positions(self, node):
        """Yield the place of a text."""
        docstring = node.parent is not None and node.parent.type in ("simple_stmt", "file_input")
        if (node.type == "string" and not docstring) or node.type == "fstring_string":
            yield (node.start_pos, node.end_pos)

    def mutate(self, node, index):
        """Put XX in front of it."""
        if node.type == "string":
            prefix, quote, content = self._STRING.fullmatch(node.value).groups()
            node.value = f"{prefix}{quote}XX{content}{quote}"
        else:
            node.value = f"XX{node.value}"
        return node

    @classmethod
    def examples(cls):
        """Return examples."""
        return (Example('x = "a"', 'x = "XXa"'), Example('x = f"a{b}"', 'x = f"XXa{b}"'))


class MatrixProductReplacer(Operator):
    """Multiplies element by element instead of matrices: Cosmic Ray leaves @ alone."""

    def mutation_positions(self, node):
        """Yield the place of an @ that is no decorator's."""
        if node.type == "operator" and node.value == "@" and node.parent.type != "decorator":
            yield (node.start_pos, node.end_pos)

    def mutate(self, node, index):
        """Put the other product there."""
        node.value = "*"
        return node

    @classmethod
    def examples(cls):
        """Return an example."""
        return (Example("x = a @ b", "x = a * b"),)


_NUMBERS = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow")
_BITS = ("RShift", "LShift", "BitOr", "BitAnd", "BitXor")
_OWN = {
    f"dltparity/{operator.__name__}": operator
    for operator in (StringChanger, MatrixProductReplacer)
}
# The variable operators need names to work on. `is` in place of `==` does the same on the small
# integers and the interned text that the port compares, and ruff (F632) forbids it. Bits in place
# of arithmetic are a type error on floats: any test finds them, which would flatter the score.
_LEFT_OUT = (
    *("VariableInserter", "VariableReplacer", "_Eq_Is", "_NotEq_IsNot"),
    *(f"_{number}_{bits}" for number in _NUMBERS for bits in _BITS),
)


@dataclass(frozen=True)
class Mutant:
    """One small fault.

    Attributes
    ----------
    file : str
        The module of the port, such as ``cnn.cnnff``.
    operator : str
        What is changed.
    occurrence : int
        Where: counted through the file.
    """

    file: str
    operator: str
    occurrence: int

    @property
    def path(self):
        """The module's file."""
        return path_of(self.file)

    def source(self):
        """Return the module's text with the fault."""
        return _faulty(self.path, self.operator, self.occurrence)

    def computes(self):
        """Tell whether the statement with the fault computes a value of a net.

        What refuses, what makes the words of a refusal, and what says how arguments are taken do
        not.
        """
        line, _ = self.change()
        return _computes(_node(self.path, line), _tree(self.path))

    def change(self):
        """Return the number of the line with the fault, and the `Change` of its statement."""
        before, after = _source(self.path).splitlines(), self.source().splitlines()
        first = next(n for n, (b, a) in enumerate(zip(before, after, strict=False)) if b != a)
        line = next(n for n in range(first, len(before)) if before[n].strip()) + 1
        function, start, end = _statement(self.path, line)
        rest = len(before) - end
        texts = before[start - 1 : end], after[min(start - 1, first) : len(after) - rest]
        return line, Change(self.file, function, *map(_joined, texts))


class Change(NamedTuple):
    """What a mutant is known by, wherever it stands in its file.

    Attributes
    ----------
    file, function : str
        Module, and the function in it; empty outside of functions.
    before, after : str
        The statement without and with the fault; of a compound one the header.
    """

    file: str
    function: str
    before: str
    after: str


def silent(file):
    """List the statements of a module that compute no value: their function and their text."""
    path = path_of(file)
    lines, found = _source(path).splitlines(), set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.stmt) and not _computes(node, _tree(path)):
            function, first, last = _statement(path, _first(node))
            found.add((function, _joined(lines[first - 1 : last])))
    return found


def _joined(lines):
    return " ".join(line.strip() for line in lines).strip()


def _computes(node, tree):
    if isinstance(node, ast.If):
        return not _refuses(node)
    if isinstance(node, ast.Expr):
        called = getattr(getattr(node.value, "func", None), "id", "")
        here = (each for each in tree.body if isinstance(each, ast.FunctionDef))
        return not any(each.name == called and all(map(_refuses, each.body[1:])) for each in here)
    if isinstance(node, ast.Assign):
        return not (
            isinstance(node.value, ast.JoinedStr)
            or getattr(getattr(node.value, "func", None), "id", "") == "strings"
        )
    return not isinstance(node, ast.Raise | ast.FunctionDef)


def _refuses(node):
    """Tell whether a statement raises an error or does nothing."""
    return isinstance(node, ast.If) and all(isinstance(inner, ast.Raise) for inner in node.body)


def mutants(files):
    """List all mutants of some modules."""
    found = []
    for file in files:
        nodes = list(ast_nodes(get_ast(_source(path_of(file)))))
        for name in [*operator_names(), *_OWN]:
            if not name.endswith(_LEFT_OUT):
                operator = _operator(name)
                count = sum(len(list(operator.mutation_positions(node))) for node in nodes)
                made = [Mutant(file, name, occurrence) for occurrence in range(count)]
                found += filter(_is_python, made) if name.endswith("_Not") else made
    return found


def _is_python(mutant):
    """Tell whether a fault is one that could be made: ``x == not 1`` is no statement."""
    try:
        ast.parse(mutant.source())
    except SyntaxError:
        return False
    return True


@lru_cache(maxsize=2000)  # a module's mutants meet several judges
def _faulty(path, operator, occurrence):
    return mutate_code(_source(path), _operator(operator), occurrence)


@cache
def _source(path):
    return path.read_text(encoding="utf-8")


@cache
def _operator(name):
    return _OWN[name]() if name in _OWN else get_operator(name)()


@cache
def _tree(path):
    return ast.parse(_source(path))


def _node(path, line):
    """Return the statement that a line belongs to; of a compound one its header's line."""
    _, start, _ = _statement(path, line)
    statements = (node for node in ast.walk(_tree(path)) if isinstance(node, ast.stmt))
    return next(node for node in statements if _first(node) == start)


def _statement(path, line):
    """Return the function around a line, and where its statement begins and ends."""
    names, node = [], _tree(path)
    while True:
        for inner in _inner_statements(node):
            if _first(inner) <= line <= inner.end_lineno:
                break
        else:
            raise ValueError(f"{path.name}:{line} is in no statement")
        body = getattr(inner, "body", None)
        if not isinstance(body, list) or line < _first(body[0]):
            end = _first(body[0]) - 1 if isinstance(body, list) else inner.end_lineno
            return ".".join(names), _first(inner), max(end, inner.lineno)
        if isinstance(inner, ast.FunctionDef | ast.ClassDef):
            names.append(inner.name)
        node = inner


def _inner_statements(node):
    """Yield the statements in a compound one, those of its handlers and branches too."""
    for part in ("body", "handlers", "orelse", "finalbody"):
        yield from getattr(node, part, ())


def _first(statement):
    """Return a statement's first line; decorators belong to it."""
    decorators = getattr(statement, "decorator_list", ())
    return min([statement.lineno, *(each.lineno for each in decorators)])
