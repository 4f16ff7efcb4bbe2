"""The line-by-line files use only the forms that give Octave's bits on every processor."""

import ast
import re

import pytest

from dltparity import port_state
from dltparity.original.citations import citations

PORTED = [port_state.path_of(module) for module in port_state.modules("cnn", "util", "acnn")]
FILES = [
    *PORTED,
    *(port_state.path_of(module) for module in port_state.modules("", "matlab")),
]

# numpy's own vector code or pairwise sums, and BLAS: their bits differ from Octave's.
FORBIDDEN = {
    *("exp", "log", "tanh", "power", "exp2", "log1p", "expm1", "float_power"),
    *("sum", "mean", "std", "var", "dot", "matmul", "inner", "einsum", "tensordot", "vdot"),
    *("maximum", "minimum", "fmax", "fmin", "convolve", "correlate", "nansum"),
}


# MATLAB's operators as functions: in a ported file they are operators.
NAMED = {"plus", "minus", "times", "rdivide", "mtimes", "mpower2", "transpose", "ne", "istrue"}


def forbidden(source, ported=False):
    """List the forbidden names and operators in a source text."""
    found = []
    tree = ast.parse(source)
    exact = {id(node.func) for node in ast.walk(tree) if _is_complex_exp(node)}
    for node in ast.walk(tree):
        owner = getattr(getattr(node, "value", None), "id", None)
        named = owner in {"np", "numpy"} and getattr(node, "attr", None) in FORBIDDEN
        if named and id(node) not in exact:
            found.append((node.lineno, node.attr))
        operator = type(getattr(node, "op", None))
        if operator in (ast.MatMult, ast.Pow) and not ported:  # those of an Array are MATLAB's
            found.append((node.lineno, operator.__name__))
        if ported and getattr(node, "id", getattr(node, "attr", None)) in NAMED | {"np", "numpy"}:
            found.append((node.lineno, ast.unparse(node)))
        if ported and isinstance(node, ast.Import | ast.ImportFrom):
            modules = [getattr(node, "module", None) or "", *(name.name for name in node.names)]
            found += [(node.lineno, name) for name in modules if name in NAMED | {"numpy", "scipy"}]
    return found


def _is_complex_exp(node):
    """Find np.exp(x.astype(np.complex128)): numpy's complex exp is the C library's."""
    return isinstance(node, ast.Call) and bool(
        re.fullmatch(r"np\.exp\(\w+\.astype\(np\.complex(64|128)\)\)", ast.unparse(node))
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_exact_forms_are_used(path):
    text = path.read_text(encoding="utf-8")
    # A bound such as 2**32, of whole numbers in the program itself, is integer arithmetic.
    assert not forbidden(re.sub(r"\b2\*\*\d+\b", "0", text), ported=path in PORTED)


@pytest.mark.parametrize("code", ["np.exp(x)", "a @ b", "x**3", "np.sum(x)", "x @= y"])
def test_the_check_finds_each_kind(code):
    assert forbidden(code)


@pytest.mark.parametrize(
    "code",
    [
        *("np.floor(x)", "times(a, b)", "matlab.mtimes(a, b)", "import numpy as np"),
        *("from scipy import special", "from ..matlab.operators import plus", "minus = plus"),
    ],
)
def test_the_check_finds_each_kind_in_a_ported_file(code):
    assert forbidden(code, ported=True)
    assert not forbidden("x = a @ b.T - c**2 / size(a, 1)", ported=True)


def heights(path):
    """How many lines the statements of a file's functions stand on; of compound ones the header."""
    return [each.last - each.first + 1 for each in citations(path)]


def test_a_statement_stands_on_one_line():
    """As the original's do: at most five of all those of cnn*.py stand on three, none on more."""
    found = [height for path in PORTED if path.parent.name == "cnn" for height in heights(path)]
    assert len(found) > 100
    assert max(found) <= 3
    assert sum(height > 1 for height in found) <= 5


def test_ported_files_import_the_language_from_its_room_in_one_line():
    for path in PORTED:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        imported = [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
        language = [module for module in imported if module.split(".")[0] == "matlab"]
        assert language in ([], ["matlab"]), path.name


def test_the_files_were_found():
    assert len(FILES) >= 45
