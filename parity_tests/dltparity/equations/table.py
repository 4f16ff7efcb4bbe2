"""The table of equations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Equation:
    """A formula of the notes.

    Attributes
    ----------
    id : str
        Such as "E13"; "P1" and on are what the notes leave open.
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
    stages : tuple of str
        Where the oracle of the whole course measures it: 'setup', 'step1', 'trained', 'test'.
    coded : str
        How the code says it, where it is not letter by letter as printed.
    """

    id: str
    kind: str
    formula: str
    fields: tuple
    cases: tuple
    checks: str = ""
    stages: tuple = ()
    coded: str = ""


_NOTES = ("notes", "notes-tanh", "channels")
_MIXED = ("combination", "combination-pairs", "one-output")
_MASKED = ("masked-l1", "masked-entropy", "one-map")
_SPARSE = ("combination-l1", "combination-entropy", *_MASKED)
_ALL = (*_NOTES, "one-image", *_MIXED, *_SPARSE, "only-input", "bytes", "set-up-again")
_FEW = (
    *("one-value", "two-values"),
    *("one-for-each-pixel", "two-for-each-pixel", "a-constant-pixel"),
)
_MIDDLE = ("middle-sigm", "middle-tanh", "middle-linear")
_L1 = ("combination-l1", "masked-l1", "one-map")
_MEAN = "the notes' formula is one image's; the code takes the mean over the batch, 1/N Σ_n"
_UNITS = "a column for each image"
_WEIGHTS = ("c.k", "c.b", "a.k", "a.b", "a.c", "S.beta", "S.b", "f.W", "f.b", "ffW", "ffb")

EQUATIONS = (
    Equation(
        "E1",
        "computed",
        "E^N = ½ Σ_n Σ_k (t_k^n − y_k^n)²",
        ("L", "e"),
        (*_NOTES, *_MIXED),
        coded="the code divides by N; e = y − t",
    ),
    Equation("E2", "computed", "E^n = ½‖t^n − y^n‖²", ("L",), ("one-image",)),
    Equation("E3", "computed", "x^l = f(W^l x^(l−1) + b^l)", ("f.a", "o"), _ALL, coded=_UNITS),
    Equation("E4", "computed", "∂E/∂b = δ", ("f.db", "dffb"), _ALL, coded=_MEAN),
    Equation(
        "E5",
        "computed",
        "δ^l = (W^(l+1))ᵀ δ^(l+1) ∘ f'(u^l)",
        ("fvd", "f.d", "c.d<f"),
        _ALL,
        coded=_UNITS,
    ),
    Equation("E6", "computed", "δ^L = f'(u^L) ∘ (y^n − t^n)", ("od",), _ALL, coded=_UNITS),
    Equation(
        "E7",
        "computed",
        "∂E/∂W^l = δ^l (x^(l−1))ᵀ, ΔW = −η ∂E/∂W",
        ("f.dW", "dffW", *_WEIGHTS),
        _ALL,
        stages=("step1",),
        coded=f"{_MEAN}; W is outputs x inputs, so that its gradient is δ xᵀ; η may be an array "
        "as large as W",
    ),
    Equation("E8", "computed", "x_j = f(Σ_{i∈M_j} x_i * k_ij + b_j)", ("c.a",), _ALL),
    Equation(
        "E9", "computed", "δ_j = β_j (f'(u_j) ∘ up(δ_j))", ("c.d<S", "a.d<S"), (*_NOTES, *_MIXED)
    ),
    Equation(
        "E10",
        "computed",
        "up(x) = x ⊗ 1_{n×n}",
        ("c.d<S", "c.d<s", "a.d<S", "a.d<s"),
        (*_NOTES, *_MIXED),
    ),
    Equation(
        "E11",
        "computed",
        "∂E/∂b_j = Σ_{u,v} (δ_j)_uv",
        ("c.db", "S.db", "a.db"),
        (*_NOTES, *_MIXED),
        coded=_MEAN,
    ),
    Equation(
        "E12",
        "oracle",
        "∂E/∂k_ij = Σ_{u,v} (δ_j)_uv (p_i)_uv",
        ("c.dk",),
        _NOTES,
        "E13, patch by patch",
        coded=_MEAN,
    ),
    Equation(
        "E13",
        "computed",
        "∂E/∂k_ij = rot180(conv2(x_i, rot180(δ_j), 'valid'))",
        ("c.dk", "a.dk"),
        (*_NOTES, *_MIXED),
        coded=f"{_MEAN}; x_i turned in place of δ_j, which is the same sum",
    ),
    Equation(
        "E14",
        "computed",
        "x_j = f(β_j down(x_j) + b_j)",
        ("S.a", "S.pool"),
        (*_NOTES, *_MIXED),
        coded="β_j starts at 1/n², the mean",
    ),
    Equation(
        "E15",
        "computed",
        "δ_j = f'(u_j) ∘ conv2(δ_j, rot180(k_j), 'full')",
        ("S.d<c", "s.d<c", "c.d<c", "c.d<a", "S.d<a", "s.d<a"),
        (*_NOTES, *_MIXED),
    ),
    Equation(
        "E16",
        "computed",
        "∂E/∂β_j = Σ_{u,v} (δ_j ∘ d_j)_uv",
        ("S.dbeta",),
        (*_NOTES, *_MIXED),
        coded=_MEAN,
    ),
    Equation("E17", "computed", "x_j = f(Σ_i α_ij (x_i * k_i) + b_j)", ("a.a", "a.p"), _MIXED),
    Equation(
        "E18",
        "constraint",
        "Σ_i α_ij = 1, 0 ≤ α_ij ≤ 1",
        ("a.A",),
        (*_MIXED, *_SPARSE),
        "E19, each column of A",
    ),
    Equation("E19", "computed", "α_ij = exp(c_ij) / Σ_k exp(c_kj)", ("a.A",), (*_MIXED, *_MASKED)),
    Equation(
        "E20",
        "oracle",
        "∂α_k/∂c_i = δ_ki α_i − α_i α_k",
        ("a.dc",),
        (*_MIXED, *_SPARSE),
        "E22 and E26, as a matrix times ∂Ẽ/∂α",
    ),
    Equation(
        "E21",
        "computed",
        "∂E/∂α_i = Σ_{u,v} (δ ∘ (x_i * k_i))_uv",
        ("a.dA",),
        _MIXED,
        coded=_MEAN,
    ),
    Equation("E22", "computed", "∂E/∂c_i = α_i (∂E/∂α_i − Σ_k ∂E/∂α_k α_k)", ("a.dc",), _MIXED),
    Equation(
        "E23",
        "computed",
        "Ẽ^n = E^n + λ Σ_{i,j} |α_ij|",
        ("L",),
        _SPARSE,
        coded="added once to the mean over the batch",
    ),
    Equation("E24", "computed", "∂Ω/∂α_i = λ sign(α_i)", ("a.dA",), _L1),
    Equation("E25", "computed", "∂Ω/∂c_i = λ(|α_i| − α_i Σ_k |α_k|)", ("a.dc",), _L1),
    Equation("E26", "computed", "∂Ẽ/∂c_i = ∂E/∂c_i + ∂Ω/∂c_i", ("a.dc",), _SPARSE),
    Equation(
        "E27",
        "computed",
        "down: convolve with ones(n), keep y = x(1:n:end, 1:n:end)",
        ("s.a", "S.pool"),
        (*_NOTES, *_MIXED),
    ),
    Equation(
        "E28",
        "computed",
        "inputs of zero mean and unit variance",
        ("i.a", "mu", "sigma"),
        (*_NOTES, "bytes", *_FEW),
        stages=("setup",),
    ),
    Equation(
        "P1",
        "computed",
        "w ~ U(±√(6 / (inputs + outputs))), b = 0, β_j = 1/n², c = 0",
        _WEIGHTS,
        _ALL,
        stages=("setup",),
    ),
    Equation(
        "P2",
        "computed",
        "batches in the order of randperm, the last one smaller; rL ← 0.99 rL + 0.01 E",
        (*_WEIGHTS, "rL"),
        _ALL,
        stages=("trained",),
    ),
    Equation(
        "P3",
        "computed",
        "the largest output's class; of one output, yes above the middle of its range",
        ("er", "bad"),
        (*_ALL, *_MIDDLE),
        stages=("test",),
    ),
    Equation(
        "P4",
        "computed",
        "Ω = −λ Σ α ln α, ∂Ω/∂α = −λ (ln α + 1), ∂Ω/∂c = −λ α (ln α − Σ_k α_k ln α_k)",
        ("L", "a.dA", "a.dc"),
        ("combination-entropy", "masked-entropy"),
    ),
)

# The functions of oracles/printed.py that compute E12 and E20 as direct sums.
DIRECT = {"E12": "kernel_gradient", "E20": "softmax_jacobian"}
