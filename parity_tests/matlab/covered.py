"""What `dltcnn.matlab` covers: the rows that `test_covered` compares, and the page made of them.

``python -m matlab.covered`` in parity_tests writes docs/matlab.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import dltcnn.matlab as room

PAGE = Path(__file__).parents[2] / "docs" / "matlab.md"
OCTAVE = "7.3"  # the earliest that a row was compared with

FLOATS = (np.float64, np.float32)
REAL = (*FLOATS, bool)
ALL = (*REAL, np.int8, np.uint16, np.int32)
DOUBLE = (np.float64,)

SQUARE, WIDE, STACK, NUMBER, NOTHING = (3, 3), (2, 3), (4, 3, 2), (1, 1), (0, 3)
ARRAYS = (NUMBER, WIDE, STACK, NOTHING)
PAIRS = ((NUMBER, WIDE), (WIDE, WIDE), (WIDE, (2, 1)), (STACK, (4, 3)))


@dataclass(frozen=True)
class Covered:
    """One row: a built-in or an operator, and what it is compared on.

    Attributes
    ----------
    names : str
        In Python; several names of the room that one row covers are parted by a blank.
    matlab : str
        The same in MATLAB, of a and b.
    port : callable
        Takes as many `Array`s as there are shapes in a group.
    classes : tuple
        Each operand is of each of them; two operands of every pair.
    shapes : tuple
        Sizes of the operand, or pairs of sizes.
    values : {'any', 'at most 0', 'at least 0', 'whole'}
        What is in the arrays; 'any' has NaN, Inf and signed zeros too.
    """

    names: str
    matlab: str
    port: Callable
    classes: tuple = ALL
    shapes: tuple = ARRAYS
    values: str = "any"


ROWS = (
    Covered("a + b", "a + b", lambda a, b: a + b, ALL, PAIRS),
    Covered("a - b", "a - b", lambda a, b: a - b, ALL, PAIRS),
    Covered("a * b", "a .* b", lambda a, b: a * b, ALL, PAIRS),
    Covered("a / b", "a ./ b", lambda a, b: a / b, ALL, PAIRS),
    Covered("a @ b", "a * b", lambda a, b: a @ b, ALL, ((WIDE, SQUARE), (NUMBER, WIDE))),
    Covered("a**2", "a ^ 2", lambda a: a**2, ALL, (SQUARE, NUMBER, WIDE)),
    Covered("a.T", "a'", lambda a: a.T, ALL, (NUMBER, WIDE, NOTHING)),
    Covered("-a", "-a", lambda a: -a),
    Covered("abs(a) abs_", "abs(a)", abs),
    Covered("a == b", "a == b", lambda a, b: a == b, ALL, PAIRS),
    Covered("a != b", "a ~= b", lambda a, b: a != b, ALL, PAIRS),
    Covered("a < b", "a < b", lambda a, b: a < b, ALL, PAIRS),
    Covered("a <= b", "a <= b", lambda a, b: a <= b, ALL, PAIRS),
    Covered("a > b", "a > b", lambda a, b: a > b, ALL, PAIRS),
    Covered("a >= b", "a >= b", lambda a, b: a >= b, ALL, PAIRS),
    Covered("a & b", "a & b", lambda a, b: a & b, (bool,), PAIRS),
    Covered("~a", "~a", lambda a: ~a, (bool,)),
    Covered("all_", "all(a(:))", room.all_, REAL),
    Covered("any_", "any(a(:))", room.any_, REAL),
    Covered("array", "a", room.array),
    Covered(
        "convn",
        "convn(a, b, 'valid')",
        lambda a, b: room.convn(a, b, "valid"),
        ALL,
        ((STACK, (2, 2)), (STACK, (2, 2, 2))),
    ),
    Covered(
        "convn",
        "convn(a, b, 'full')",
        lambda a, b: room.convn(a, b, "full"),
        ALL,
        ((STACK, (2, 2)), (STACK, (2, 2, 2))),
    ),
    Covered("cumsum", "cumsum(a, 1)", lambda a: room.cumsum(a, 1)),
    Covered("double", "double(a)", room.double),
    Covered("exp", "exp(a)", room.exp, FLOATS, values="at most 0"),
    Covered("find", "find(a) - 1", lambda a: room.double(room.find(a)), (bool,)),
    Covered("flipdim", "flipdim(a, 2)", lambda a: room.flipdim(a, 2)),
    Covered("floor", "floor(a)", room.floor),
    Covered("horzcat", "[a, b]", room.horzcat, ALL, ((WIDE, (2, 1)), (WIDE, SQUARE))),
    Covered("vertcat", "[a; b]", room.vertcat, ALL, ((WIDE, SQUARE), (WIDE, (2, 1)))),
    Covered("row", "[a, b]", room.row, DOUBLE, ((WIDE, (2, 1)), (WIDE, SQUARE))),
    Covered("log", "log(a)", room.log, values="at least 0"),
    Covered("logistic", "1 ./ (1 + exp(-a))", room.logistic, FLOATS),
    Covered("max_", "max(a)", lambda a: room.max_(a)[0], FLOATS, (NUMBER, WIDE, STACK)),
    Covered("mean", "mean(a, 2)", lambda a: room.mean(a, 2)),
    Covered("mrdivide", "a / b", room.mrdivide, FLOATS, ((WIDE, NUMBER), (NUMBER, NUMBER))),
    Covered("numel", "numel(a)", room.numel),
    Covered("ones", "ones(a)", room.ones, FLOATS, (NUMBER, (1, 2)), "whole"),
    Covered("prod", "prod(a)", room.prod),
    Covered("rem", "rem(a, b)", room.rem, ALL, ((WIDE, NUMBER), (NUMBER, NUMBER)), "whole"),
    Covered("repmat", "repmat(a, 2, 3)", lambda a: room.repmat(a, 2, 3)),
    Covered("reshape", "reshape(a, 1, 6)", lambda a: room.reshape(a, 1, 6), ALL, (WIDE, STACK)),
    Covered("sign", "sign(a)", room.sign),
    Covered("sqrt", "sqrt(a)", room.sqrt, values="at least 0"),
    Covered("squeeze", "squeeze(a)", room.squeeze, ALL, (NUMBER, WIDE, (2, 1, 3), (1, 1, 3))),
    Covered("sum_", "sum(a(:))", room.sum_),
    Covered("sum_", "sum(a, 2)", lambda a: room.sum_(a, 2)),
    Covered("zeros", "zeros(a)", room.zeros, DOUBLE, ((1, 2), (1, 3)), "whole"),
    Covered("a[i]", "a(2)", lambda a: a[1], ALL, (WIDE, STACK)),
    Covered("a[i, j]", "a(2, 1)", lambda a: a[1, 0], ALL, (WIDE, STACK)),
    Covered("a[p:q, :]", "a(1 : 2, :)", lambda a: a[0:2, :], ALL, (WIDE, STACK)),
    Covered("a[:, k]", "a(:, [2 1])", lambda a: a[:, np.array([1, 0])], ALL, (WIDE, STACK)),
    Covered("a[:, :, k]", "a(:, :, 1)", lambda a: a[:, :, 0], ALL, (WIDE, STACK)),
    Covered("a[::s, ::s, :]", "a(1 : 2 : end, 1 : 2 : end, :)", lambda a: a[::2, ::2, :]),
)

# Built-ins that are compared in the tests of their modules: of text, structs and random numbers.
ELSEWHERE = {
    "append": "`row(end + 1) = value`",
    "are_whole": "whether all numbers are whole, finite and at least 1",
    "cell": "`cell(1, n)`",
    "classname": "`class(x)`",
    "colon": "`1 : n` of a loop, from 0; fractions, NaN and what is too large as in Octave",
    "iscell": "`iscell(x)`",
    "isempty": "`isempty(x)`",
    "isfield": "`isfield(s, name)`",
    "isfloat": "`isfloat(x)`",
    "islogical": "`islogical(x)`",
    "isnumeric": "`isnumeric(x)`",
    "mat2str": "`mat2str(x)`",
    "num2str": "`num2str(x)`",
    "rand": "`rand(rows, cols)`: the bits of Octave's stream, of any object with `rand`",
    "randperm": "`randperm(n)`, from 0: the bits of Octave's stream",
    "rmfield": "`rmfield(s, names)`",
    "size": "`size(x)`, `size(x, dim)`",
    "size_of": "`size(x)` of any value",
    "sprintf_g": "`sprintf('%g', x)`",
    "strings": "`['text' num2str(x)]`",
    "true": "`true(rows, cols)`",
}


def page():
    """Return the page's text."""
    lines = [
        "# What `dltcnn.matlab` covers",
        "",
        "Made from the tests by `python -m matlab.covered` (in `parity_tests`): do not edit.",
        "",
        "`from dltcnn.matlab import ...` gives MATLAB's operators and built-ins with Octave's",
        "bits, for a port of your own `.m` files: `Array` has the operators and the subscripts,",
        "functions have the rest. numpy's own arithmetic refuses an `Array`.",
        "",
        f"Each row was compared with GNU Octave {OCTAVE} on the reference BLAS, for every class",
        "(of two operands, every pair of classes) and every size that it names: **the same bits**,",
        "or a refusal in the same words. NaN, Inf and signed zeros are among the values unless the",
        "row names others. `parity_tests/matlab` has many more cases of each.",
        "",
        "| Python | MATLAB | classes | sizes | values | promise | Octave |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in ROWS:
        names, code = each.names.replace("|", "\\|"), each.matlab
        cells = [
            f"`{names}`",
            f"`{code}`",
            _classes(each),
            _sizes(each),
            each.values,
            "bits",
            OCTAVE,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "`mrdivide` by several numbers is a least-squares solution with LAPACK's rounding, perhaps",
        "not Octave's. `exp` has Octave's bits for arguments up to 0, `log` and `sqrt` from 0 on.",
        "",
        "These are compared in the tests of their modules, on texts, structs and random numbers:",
        "",
        "| Python | MATLAB |",
        "|---|---|",
        *(f"| `{name}` | {code} |" for name, code in ELSEWHERE.items()),
        "",
        "`Struct` and `Cell` are MATLAB's structs and cell arrays of one dimension, `OctaveRandom`",
        "is the stream of `rand` and `randperm`; `MatlabError` and `MissingFieldError` have",
        "Octave's words.",
        "",
    ]
    return "\n".join(lines)


def _classes(each):
    if each.classes == ALL:
        return "double, single, logical, int8, uint16, int32"
    names = {np.float64: "double", np.float32: "single", bool: "logical"}
    return ", ".join(names[cls] for cls in each.classes)


def _sizes(each):
    return ", ".join(_size(shape) for shape in each.shapes)


def _size(shape):
    if isinstance(shape[0], tuple):
        return f"{_size(shape[0])} with {_size(shape[1])}"
    return "x".join(map(str, shape))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
