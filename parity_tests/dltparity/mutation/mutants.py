"""The mutants of the port: Cosmic Ray's operators, and two of our own."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import ClassVar

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator, operator_names

import dltcnn

from ..fingerprint import LINE_BY_LINE as FILES

PORT = Path(dltcnn.__file__).parent


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


class CallReplacer(Operator):
    """Calls another of MATLAB's operators: in the port they are functions."""

    _OTHERS: ClassVar = {
        "plus": "minus",
        "minus": "plus",
        "times": "rdivide",
        "rdivide": "times",
        "mtimes": "times",
    }

    def mutation_positions(self, node):
        """Yield the place of a function that is called."""
        if node.type == "name" and node.value in self._OTHERS:
            following = node.get_next_leaf()
            before = node.get_previous_leaf()
            called = following is not None and following.value == "("
            if called and (before is None or before.value not in ("def", ".")):
                yield (node.start_pos, node.end_pos)

    def mutate(self, node, index):
        """Call the other one, wherever that is defined."""
        node.value = f'__import__("dltcnn.matlab").matlab.{self._OTHERS[node.value]}'
        return node

    @classmethod
    def examples(cls):
        """Return an example."""
        other = '__import__("dltcnn.matlab").matlab.minus'
        return (Example("x = plus(a, b)", f"x = {other}(a, b)"),)


_OWN = {"dltparity/StringChanger": StringChanger, "dltparity/CallReplacer": CallReplacer}
# The variable operators need names to work on. `is` in place of `==` does the same on the small
# integers and the interned text that the port compares, and ruff (F632) forbids it.
_LEFT_OUT = ("VariableInserter", "VariableReplacer", "_Eq_Is", "_NotEq_IsNot")


@dataclass(frozen=True)
class Mutant:
    """One small fault.

    Attributes
    ----------
    file : str
        Stem of the module of the port.
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
        return PORT / f"{self.file}.py"

    def source(self):
        """Return the module's text with the fault."""
        return mutate_code(_source(self.path), _operator(self.operator), self.occurrence)

    def change(self):
        """Return the number of the line with the fault, and its text without and with it."""
        before, after = _source(self.path).splitlines(), self.source().splitlines()
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
        start, end = changes[0][1], changes[-1][2]
        rest = len(before) - end
        number = next((n for n in range(start, end) if before[n].strip()), start) + 1
        texts = before[start:end], after[changes[0][3] : len(after) - rest]
        return number, *(" ".join(line.strip() for line in lines).strip() for lines in texts)


def mutants(files=FILES):
    """List all mutants of some modules."""
    found = []
    for file in files:
        nodes = list(ast_nodes(get_ast(_source(PORT / f"{file}.py"))))
        for name in [*operator_names(), *_OWN]:
            if not name.endswith(_LEFT_OUT):
                operator = _operator(name)
                count = sum(len(list(operator.mutation_positions(node))) for node in nodes)
                found += [Mutant(file, name, occurrence) for occurrence in range(count)]
    return found


@cache
def _source(path):
    return path.read_text(encoding="utf-8")


@cache
def _operator(name):
    return _OWN[name]() if name in _OWN else get_operator(name)()
