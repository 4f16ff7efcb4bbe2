"""Which modules are mutated, and what judges the mutants of each."""

import ast
from functools import cache
from pathlib import Path

from dltparity.port_state import modules

from .mutants import silent

TESTS = Path(__file__).parents[1]
# All line-by-line modules and the language; its errors are classes without a statement.
FILES = tuple(
    name for name in modules("cnn", "util", "matlab", "acnn") if not name.endswith(".errors")
)

_GRADCHECKS = ("cnn.cnnnumgradcheck", "acnn.acnnnumgradcheck")
# They leave no trace: they only refuse.
UNTRACED = (
    *_GRADCHECKS,
    *("acnn.acnncheck", "acnn.acnncount", "acnn.acnnfits", "acnn.acnntargets"),
)
# They set no value: they write the texts of errors.
_TEXTS = ("acnn.acnnsize", "acnn.acnntext")
# Who judges -> whose mutants. The oracles know the notes' formulas, recordings the standard cases.
KINDS = {
    "tests": FILES,
    "oracles": tuple(
        name for name in modules("acnn") if name not in UNTRACED and name not in _TEXTS
    ),
    "recordings": tuple(name for name in modules("cnn", "util") if name not in UNTRACED),
}

# The tests that judge the modules of a room, besides a module's own. Those with many nets, the
# gradient checks and the faults in .m files take long and find nothing that these do not.
_CNN = ("cnn/test_cnn[!n]*.py", "limits/test_refusals_*.py", "limits/test_o*.py")
_ACNN = ("acnn/test_acnn.py", "acnn/test_acnn_refus*.py", "acnn/test_acnn[!_n]*.py")
_BOTH = ("cnn/test_value_semantics.py",)
_LANGUAGE = ("matlab/test_*.py", "util/test_*.py")
PATTERNS = {
    "cnn": (*_CNN, *_BOTH),
    "acnn": (*_ACNN, *_BOTH),
    "util": (*_LANGUAGE, *_CNN, *_ACNN, *_BOTH),
    "matlab": (*_LANGUAGE, *_CNN, *_ACNN, *_BOTH),
}


def judged(kind, mutants):
    """Leave out what a kind of judge knows nothing of.

    Formulas and recordings say nothing of what is refused and in which words, nor of whether
    arguments are left alone.
    """
    return mutants if kind == "tests" else [each for each in mutants if each.computes()]


def knows(kind, change):
    """Tell whether a kind of judge is asked about a change."""
    if kind == "tests":
        return True
    return change.file in KINDS[kind] and change[1:3] not in silent(change.file)


def families(file):
    """Name the stored traces that judge a module: those of 'cnn', of 'acnn', of both or none."""
    if file in UNTRACED:
        return ()
    return {"cnn": ("cnn",), "acnn": ("acnn",)}.get(_room(file), ("cnn", "acnn"))


def own(file):
    """Name the files with a module's own tests: named after it, or importing it, in its room."""
    stem = file.split(".")[-1]
    return tuple(
        name
        for name in fitting(f"{_room(file)}/test_*.py")
        if f"{Path(name).stem}_".startswith(f"test_{stem}_") or f"dltcnn.{file}" in _imports(name)
    )


def others(file):
    """Name the other files that judge it."""
    if file in _GRADCHECKS:
        return ()
    found = (name for pattern in PATTERNS[_room(file)] for name in fitting(pattern))
    return tuple(name for name in dict.fromkeys(found) if name not in own(file))


def tests(files):
    """List all files with tests for some modules."""
    return tuple(dict.fromkeys(name for file in files for name in own(file) + others(file)))


@cache
def fitting(pattern):
    """List the files with tests that fit a pattern, such as ``cnn/test_*.py``."""
    return tuple(sorted(path.relative_to(TESTS).as_posix() for path in TESTS.glob(pattern)))


def _room(file):
    return file.split(".")[0]


@cache
def _imports(name):
    """Name the modules that a file of tests imports, or takes names of."""
    found = set()
    for node in ast.walk(ast.parse((TESTS / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
