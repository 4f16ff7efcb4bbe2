"""The list of equations: every formula, where it is computed, and how that is verified."""

import re
from dataclasses import dataclass
from pathlib import Path

from .. import port_state
from ..original.citations import citations
from ..paths import matlab_ref


@dataclass(frozen=True)
class Equation:
    """A formula of the notes.

    Attributes
    ----------
    id : str
        Such as "E13".
    kind : {'computed', 'oracle', 'constraint'}
        'computed': the .m files and the port compute it. 'oracle': a direct sum that checks
        others. 'constraint': it must hold for what others compute.
    formula : str
        The formula.
    fields : tuple of str
        What it computes: a field of the net such as ``"od"``, or ``"c.dk"``, ``"c.d<S"`` with the
        kind of its layer and of the layer above (S is a trainable subsampling).
    cases : tuple of str
        Names in `equations.cases.CASES`.
    checks : str
        What an oracle or a constraint is compared with.
    """

    id: str
    kind: str
    formula: str
    fields: tuple
    cases: tuple
    checks: str = ""


_NOTES = ("notes", "notes-tanh")
_MIXED = ("combination", "combination-pairs")
_SPARSE = ("combination-l1", "combination-entropy")
_WEIGHTS = ("c.k", "c.b", "a.k", "a.b", "a.c", "S.beta", "S.b", "f.W", "f.b", "ffW", "ffb")

EQUATIONS = (
    Equation("E1", "computed", "E^N = ½ Σ_n Σ_k (t_k^n − y_k^n)²", ("L", "e"), _NOTES),
    Equation("E2", "computed", "E^n = ½‖t^n − y^n‖²", ("L",), ("one-image",)),
    Equation("E3", "computed", "x^l = f(W^l x^(l−1) + b^l)", ("f.a", "o"), _NOTES),
    Equation("E4", "computed", "∂E/∂b = δ", ("f.db", "dffb"), _NOTES),
    Equation(
        "E5", "computed", "δ^l = (W^(l+1))ᵀ δ^(l+1) ∘ f'(u^l)", ("fvd", "f.d", "c.d<f"), _NOTES
    ),
    Equation("E6", "computed", "δ^L = f'(u^L) ∘ (y^n − t^n)", ("od",), _NOTES),
    Equation(
        "E7",
        "computed",
        "∂E/∂W^l = δ^l (x^(l−1))ᵀ, ΔW = −η ∂E/∂W",
        ("f.dW", "dffW", *_WEIGHTS),
        (*_NOTES, *_MIXED),
    ),
    Equation(
        "E8", "computed", "x_j = f(Σ_{i∈M_j} x_i * k_ij + b_j)", ("c.a",), (*_NOTES, "one-image")
    ),
    Equation("E9", "computed", "δ_j = β_j (f'(u_j) ∘ up(δ_j))", ("c.d<S",), _NOTES),
    Equation(
        "E10", "computed", "up(x) = x ⊗ 1_{n×n}", ("c.d<S", "c.d<s", "a.d<s"), (*_NOTES, *_MIXED)
    ),
    Equation(
        "E11",
        "computed",
        "∂E/∂b_j = Σ_{u,v} (δ_j)_uv",
        ("c.db", "S.db", "a.db"),
        (*_NOTES, *_MIXED),
    ),
    Equation(
        "E12",
        "oracle",
        "∂E/∂k_ij = Σ_{u,v} (δ_j)_uv (p_i)_uv",
        ("c.dk",),
        _NOTES,
        "E13, patch by patch",
    ),
    Equation(
        "E13",
        "computed",
        "∂E/∂k_ij = rot180(conv2(x_i, rot180(δ_j), 'valid'))",
        ("c.dk", "a.dk"),
        (*_NOTES, *_MIXED),
    ),
    Equation("E14", "computed", "x_j = f(β_j down(x_j) + b_j)", ("S.a", "S.pool"), _NOTES),
    Equation(
        "E15",
        "computed",
        "δ_j = f'(u_j) ∘ conv2(δ_j, rot180(k_j), 'full')",
        ("S.d<c", "s.d<c", "c.d<a", "s.d<a"),
        (*_NOTES, *_MIXED),
    ),
    Equation("E16", "computed", "∂E/∂β_j = Σ_{u,v} (δ_j ∘ d_j)_uv", ("S.dbeta",), _NOTES),
    Equation("E17", "computed", "x_j = f(Σ_i α_ij (x_i * k_i) + b_j)", ("a.a", "a.p"), _MIXED),
    Equation(
        "E18",
        "constraint",
        "Σ_i α_ij = 1, 0 ≤ α_ij ≤ 1",
        ("a.A",),
        (*_MIXED, *_SPARSE),
        "E19, each column of A",
    ),
    Equation("E19", "computed", "α_ij = exp(c_ij) / Σ_k exp(c_kj)", ("a.A",), _MIXED),
    Equation(
        "E20",
        "oracle",
        "∂α_k/∂c_i = δ_ki α_i − α_i α_k",
        ("a.dc",),
        (*_MIXED, *_SPARSE),
        "E22 and E26, as a matrix times ∂Ẽ/∂α",
    ),
    Equation("E21", "computed", "∂E/∂α_i = Σ_{u,v} (δ ∘ (x_i * k_i))_uv", ("a.dA",), _MIXED),
    Equation("E22", "computed", "∂E/∂c_i = α_i (∂E/∂α_i − Σ_k ∂E/∂α_k α_k)", ("a.dc",), _MIXED),
    Equation("E23", "computed", "Ẽ^n = E^n + λ Σ_{i,j} |α_ij|", ("L",), _SPARSE),
    Equation("E24", "computed", "∂Ω/∂α_i = λ sign(α_i)", ("a.dA",), ("combination-l1",)),
    Equation(
        "E25", "computed", "∂Ω/∂c_i = λ(|α_i| − α_i Σ_k |α_k|)", ("a.dc",), ("combination-l1",)
    ),
    Equation("E26", "computed", "∂Ẽ/∂c_i = ∂E/∂c_i + ∂Ω/∂c_i", ("a.dc",), _SPARSE),
    Equation(
        "E27",
        "computed",
        "down: convolve with ones(n), keep y = x(1:n:end, 1:n:end)",
        ("s.a", "S.pool"),
        _NOTES,
    ),
    Equation(
        "E28", "computed", "inputs of zero mean and unit variance", ("i.a", "mu", "sigma"), _NOTES
    ),
)

# The functions of oracles/printed.py that compute E12 and E20 as direct sums.
DIRECT = {"E12": "kernel_gradient", "E20": "softmax_jacobian"}


def selects(equation, path, layers):
    """Tell whether a field of a net is what an equation computes.

    Parameters
    ----------
    equation : Equation
        The equation.
    path : str
        The field's path.
    layers : sequence of dict
        The net's layers.

    Returns
    -------
    bool
        Whether it is.
    """
    return any(_matches(field, path, layers) for field in equation.fields)


def _matches(field, path, layers):
    found = re.fullmatch(r"layers\{(\d+)\}\.(\w+)(\{\d+\})*", path)
    if "." not in field or not found:
        return field == path
    number, name = int(found[1]), found[2]
    own, _, rest = field.partition(".")
    wanted, _, above = rest.partition("<")
    if name != wanted or _kind(layers[number - 1]) != own:
        return False
    return not above or (number < len(layers) and _kind(layers[number]) == above)


def _kind(layer):
    return "S" if layer.get("trainable") else layer["type"]


def places(equation):
    """List where the .m files and the port compute an equation.

    Parameters
    ----------
    equation : Equation
        The equation; its lines in the .m files carry its id in a comment.

    Returns
    -------
    list of dict
        For each line 'm' and 'python', as "file:line (function)".
    """
    folder = matlab_ref() / "acnn"
    return [
        {
            "m": f"{file}:{line} ({_m_function(folder / file, line)})",
            "python": _python_place(file, line),
        }
        for file, line in tagged(folder, equation.id)
    ]


def tagged(folder, tag):
    """Find the lines whose comment names an equation.

    Parameters
    ----------
    folder : Path
        Where the .m files are.
    tag : str
        Such as ``"E13"``.

    Returns
    -------
    list of tuple of (str, int)
        File name and line, files in alphabetical order.
    """
    mark = re.compile(rf"%\s.*\b{tag}\b")
    return [
        (path.name, number)
        for path in sorted(Path(folder).glob("*.m"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if not line.lstrip().startswith("%") and mark.search(line)
    ]


def _m_function(path, line):
    """Name the function of a .m file that a line is in."""
    headers = [
        text
        for text in path.read_text(encoding="utf-8").splitlines()[:line]
        if text.startswith("function")
    ]
    return re.search(r"(\w+)\(", headers[-1])[1]


def _python_place(file, line):
    path = port_state.path_of(port_state.module_of(Path(file).stem))
    found = next(c for c in citations(path) if (c.file, c.line) == (file, line))
    return f"{path.name}:{found.first} ({found.function})"
