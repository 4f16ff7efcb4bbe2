"""The line-by-line files use only the forms that give Octave's bits on every processor."""

import ast
import re

import pytest

from dltparity import port_state

FILES = [
    port_state.path_of(module) for module in port_state.modules("", "cnn", "util", "acnn", "matlab")
]

# numpy's own vector code or pairwise sums, and BLAS: their bits differ from Octave's.
FORBIDDEN = {
    *("exp", "log", "tanh", "power", "exp2", "log1p", "expm1", "float_power"),
    *("sum", "mean", "std", "var", "dot", "matmul", "inner", "einsum", "tensordot", "vdot"),
    *("maximum", "minimum", "fmax", "fmin", "convolve", "correlate", "nansum"),
}


def forbidden(source):
    """List the forbidden names and operators in a source text."""
    found = []
    tree = ast.parse(source)
    exact = {id(node.func) for node in ast.walk(tree) if _is_complex_exp(node)}
    for node in ast.walk(tree):
        owner = getattr(getattr(node, "value", None), "id", None)
        named = owner in {"np", "numpy"} and getattr(node, "attr", None) in FORBIDDEN
        if named and id(node) not in exact:
            found.append((node.lineno, node.attr))
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(
            node.op, ast.MatMult | ast.Pow
        ):
            found.append((node.lineno, type(node.op).__name__))
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
    assert not forbidden(re.sub(r"\b2\*\*\d+\b", "0", text))


@pytest.mark.parametrize("code", ["np.exp(x)", "a @ b", "x**3", "np.sum(x)", "x @= y"])
def test_the_check_finds_each_kind(code):
    assert forbidden(code)


def test_the_files_were_found():
    assert len(FILES) >= 45
