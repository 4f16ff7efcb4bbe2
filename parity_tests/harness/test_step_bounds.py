"""The rounding bounds hold for sums in any order and break where a formula is wrong."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dltparity.cases.shorthand import parse
from dltparity.comparison.error_analysis import CLASSES
from dltparity.comparison.step_bounds import analyse, ratio
from dltparity.octave.values import matlab_array
from dltparity.traces.trace import field_name, flow_order

NETS = {  # shorthand -> size of the images
    "2c3-2s-2c2-2s": (12, 12),
    "2c2-3s-3c2": (7, 10),
    "2s-2c3-1s": (10, 8),
    "3c1": (3, 2),
    "4s": (4, 8),
    "": (3, 4),
}


@dataclass
class Side:
    """The step as defined, sums in any order; each planted fault replaces one attribute."""

    dtype: type
    rng: np.random.Generator
    kernel_above: callable = lambda k, i, j: k[i, j]
    delta_above: callable = lambda d, i, j: d[j]
    rotate_above: callable = lambda k: k
    rotate_gradient: callable = lambda g: g[::-1, ::-1]
    slope: callable = lambda a: a * (1 - a)
    columns: callable = lambda a: np.concatenate([m.reshape(-1, m.shape[2], order="F") for m in a])
    mean: callable = lambda total, count: total / count
    pool: callable = lambda total, scale: total / scale**2
    loss: callable = lambda total, e: total / e.shape[1]
    upsample: callable = lambda d, s: np.kron(d, np.ones((s, s, 1), d.dtype)) / d.dtype.type(s * s)
    descend: callable = lambda w, g: w - g

    def total(self, terms):
        """Add arrays in a random order: one by one, in halves, or in a wider accumulator."""
        terms = np.asarray(terms)[self.rng.permutation(len(terms))]
        style = self.rng.integers(3)
        if style == 0:
            wide = np.longdouble if self.dtype is np.float64 else np.float64
            return terms.astype(wide).sum(0).astype(self.dtype)
        while len(terms) > 1 and style == 1:
            odd = terms[len(terms) // 2 * 2 :]
            terms = np.concatenate([terms[0:-1:2] + terms[1::2], odd])
        return np.add.accumulate(terms)[-1]

    def matrix(self, A, B):
        return self.total(A.T[:, :, None] * B[:, None, :])

    def sigm(self, z):
        return (1 / (1 + np.exp(-z.astype(np.longdouble)).astype(self.dtype))).astype(self.dtype)

    def __call__(self, layers, params, x, y, alpha):
        s = SimpleNamespace(trace={}, a=[None, [x]], d={}, k={}, layers=layers)
        p = {key: np.asarray(value, self.dtype) for key, value in params.items()}
        alpha, y = self.dtype(alpha), y.astype(self.dtype)
        s.trace["ff.layers{1}.a{1}"] = x
        for number, layer in enumerate(layers[1:], 2):
            made = self.convolve if layer["type"] == "c" else self.subsample
            s.a.append(made(s, p, number, layer))
            s.trace |= {f"ff.layers{{{number}}}.a{{{j}}}": a for j, a in enumerate(s.a[-1], 1)}
        fv = s.trace["ff.fv"] = self.columns(s.a[-1])
        o = s.trace["ff.o"] = self.sigm(self.matrix(p["ffW"], fv) + p["ffb"])
        with np.errstate(under="ignore"):
            self.backward(s, p, fv, o, y)
            for path, value in p.items():
                head, _, name = path.rpartition(".")
                g = s.trace[f"bp.{head}{'.' if head else ''}d{name}"]
                s.trace[f"apply.{path}"] = self.descend(value, alpha * g)
        return {path: matlab_array(value) for path, value in s.trace.items()}

    def convolve(self, s, p, number, layer):
        K, inputs = layer["kernelsize"], len(s.a[-1])
        k = s.k[number] = {
            (i, j): p[f"layers{{{number}}}.k{{{i + 1}}}{{{j + 1}}}"].reshape(K, K)
            for i in range(inputs)
            for j in range(layer["outputmaps"])
        }
        r, c = (n - K + 1 for n in s.a[-1][0].shape[:2])
        z = [
            self.total(
                [
                    s.a[-1][i][u : u + r, v : v + c] * k[i, j][K - 1 - u, K - 1 - v]
                    for i in range(inputs)
                    for u in range(K)
                    for v in range(K)
                ]
            )
            for j in range(layer["outputmaps"])
        ]
        return [self.sigm(z[j] + p[f"layers{{{number}}}.b{{{j + 1}}}"]) for j in range(len(z))]

    def subsample(self, s, p, number, layer):
        n = layer["scale"]
        parts = [[a[u::n, v::n] for u in range(n) for v in range(n)] for a in s.a[-1]]
        return [self.pool(self.total(part), n) for part in parts]

    def backward(self, s, p, fv, o, y):
        last, t = len(s.layers), s.trace
        e = t["bp.e"] = o - y
        t["bp.L"] = self.loss(self.total(np.ravel(e * e)) / 2, e)
        od = t["bp.od"] = e * self.slope(o)
        fvd = self.matrix(p["ffW"].T, od)
        if s.layers[-1]["type"] == "c":
            fvd = fvd * self.slope(fv)
        t["bp.fvd"] = fvd
        shape = s.a[last][0].shape
        s.d[last] = [part.reshape(shape, order="F") for part in np.split(fvd, len(s.a[last]))]
        for number in range(last - 1, 1, -1):
            made = self.below_s if s.layers[number - 1]["type"] == "c" else self.below_c
            s.d[number] = [made(s, number, i) for i in range(len(s.a[number]))]
        for number, maps in s.d.items():
            t |= {f"bp.layers{{{number}}}.d{{{i}}}": d for i, d in enumerate(maps, 1)}
        for number, k in s.k.items():
            for i, j in k:
                path = f"bp.layers{{{number}}}.dk{{{i + 1}}}{{{j + 1}}}"
                t[path] = self.gradient(s.a[number - 1][i], s.d[number][j])
            for j, d in enumerate(s.d[number], 1):
                t[f"bp.layers{{{number}}}.db{{{j}}}"] = self.mean(self.total(d.ravel()), d.shape[2])
        t["bp.dffW"] = self.matrix(od, fv.T) / self.dtype(od.shape[1])
        t["bp.dffb"] = (self.total(od.T) / self.dtype(od.shape[1]))[:, None]

    def below_s(self, s, number, i):
        up = self.upsample(s.d[number + 1][i], s.layers[number]["scale"])
        return self.slope(s.a[number][i]) * up

    def below_c(self, s, number, i):
        K, terms = s.layers[number]["kernelsize"], []
        for j in range(len(s.d[number + 1])):
            k = self.rotate_above(self.kernel_above(s.k[number + 1], i, j))
            d = self.delta_above(s.d[number + 1], i, j)
            r, c = d.shape[:2]
            for u in range(K):
                for v in range(K):
                    full = np.zeros(s.a[number][i].shape, self.dtype)
                    full[K - 1 - u :, K - 1 - v :][:r, :c] = d * k[u, v]
                    terms.append(full)
        return self.total(terms)

    def gradient(self, a, d):
        r, c = (m - n + 1 for m, n in zip(a.shape[:2], d.shape[:2], strict=True))
        g = np.empty((r, c), self.dtype)
        for u in range(r):
            for v in range(c):
                window = a[u : u + d.shape[0], v : v + d.shape[1]]
                g[u, v] = self.total(np.ravel(window * d)) / self.dtype(d.shape[2])
        return self.rotate_gradient(g)


def problem(text, cls, seed, scale=1.0):
    rng, dtype = np.random.default_rng(seed), CLASSES[cls]
    layers, shape, count = parse(text), NETS[text], int(rng.integers(2, 5))
    x = (rng.random((*shape, count)) * rng.choice([1, scale], (*shape, count))).astype(dtype)
    y = np.eye(3)[:, rng.integers(0, 3, count)]
    params, maps, size = {}, 1, np.array(shape)
    for number, layer in enumerate(layers[1:], 2):
        if layer["type"] == "s":
            size = size // layer["scale"]
            continue
        K, size = layer["kernelsize"], size - layer["kernelsize"] + 1
        for j in range(1, layer["outputmaps"] + 1):
            for i in range(1, maps + 1):
                params[f"layers{{{number}}}.k{{{i}}}{{{j}}}"] = rng.uniform(-1, 1, (K, K))
            params[f"layers{{{number}}}.b{{{j}}}"] = float(rng.normal()) * scale
        maps = layer["outputmaps"]
    params |= {
        "ffW": rng.normal(size=(3, maps * size.prod())) * scale,
        "ffb": rng.normal(size=(3, 1)),
    }
    return layers, params, x, y, 0.1


def ratios(trace, bounds):
    assert set(trace) == set(bounds)
    return {key: ratio(trace[key], bounds[key]) for key in sorted(bounds, key=flow_order)}


SCALES = {"double": [1.0, 1e-154, 1e-308, 1e100], "single": [1.0, 1e-19, 1e-38, 1e12]}


@settings(deadline=None, max_examples=60)
@given(
    text=st.sampled_from(sorted(NETS)),
    cls=st.sampled_from(sorted(CLASSES)),
    seed=st.integers(0, 2**32 - 1),
    magnitude=st.integers(0, 3),
)
def test_two_sides_in_any_order_stay_within_the_bounds(text, cls, seed, magnitude):
    given_net = problem(text, cls, seed, SCALES[cls][magnitude])
    with np.errstate(under="ignore", over="ignore"):
        one, other = (
            Side(CLASSES[cls], np.random.default_rng([seed, n]))(*given_net) for n in "12"
        )
    whole = analyse(*given_net, cls)
    assert all(np.isfinite(running.err).all() for running in whole.values())
    assert max(ratios(one, whole).values()) <= 1
    for key, running in whole.items():
        gap = np.abs(np.longdouble(one[key]) - other[key])
        assert (gap <= 2 * running.err.reshape(gap.shape)).all(), key
    assert max(ratios(other, analyse(*given_net, cls, feed=other)).values()) <= 1


@pytest.mark.parametrize("cls", CLASSES)
def test_the_bounds_are_not_vacuous(cls):
    seen = {}
    for seed in range(8):
        given_net = problem("2c3-2s-2c2-2s", cls, seed)
        side = Side(CLASSES[cls], np.random.default_rng(seed))(*given_net)
        for key, units in ratios(side, analyse(*given_net, cls, feed=side)).items():
            seen.setdefault(field_name(key), []).append(units)
    for name in set(seen) - {"fv"}:
        assert max(seen[name]) > 1e-3, name
    assert max(max(units) for units in seen.values()) > 0.5
    assert max(seen["fv"]) == 0


FAULTS = {  # what is wrong -> (its replacement, the fields that are computed wrongly from it)
    "kernel of {j}{i}": ({"kernel_above": lambda k, i, j: k[j, i]}, {"d"}),
    "delta of i, not j": ({"delta_above": lambda d, i, j: d[i]}, {"d"}),
    "kernel rotated in full": ({"rotate_above": lambda k: k[::-1, ::-1]}, {"d"}),
    "gradient not flipped": ({"rotate_gradient": lambda g: g}, {"dk"}),
    "slope a(1+a)": ({"slope": lambda a: a * (1 + a)}, {"od", "d"}),
    "rows first": (
        {"columns": lambda a: np.concatenate([m.reshape(-1, m.shape[2]) for m in a])},
        {"fv"},
    ),
    "db not divided": ({"mean": lambda total, count: total}, {"db"}),
    "pooling by n": ({"pool": lambda total, scale: total / scale}, {"a"}),
    "loss over outputs": ({"loss": lambda total, e: total / e.shape[0]}, {"L"}),
    "upsampling not divided": (
        {"upsample": lambda d, s: np.kron(d, np.ones((s, s, 1)))},
        {"d"},
    ),
    "uphill": ({"descend": lambda w, g: w + g}, {"k", "b", "ffW", "ffb"}),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_formula_is_millions_out_at_its_own_fields(name):
    replacement, expected = FAULTS[name]
    given_net = problem("2c3-2s-2c2-2s", "double", 4)
    side = Side(np.float64, np.random.default_rng(0), **replacement)(*given_net)
    units = ratios(side, analyse(*given_net, "double", feed=side))
    assert {field_name(key) for key in units if units[key] > 1} == expected
    assert all(u > 1e6 for u in units.values() if u > 1)
    whole = ratios(side, analyse(*given_net, "double"))
    first = next(key for key, u in whole.items() if u > 1)
    assert field_name(first) in expected
    assert whole[first] > 1e6


def test_double_weights_may_be_rounded_to_single_or_not():
    layers, params, x, y, alpha = problem("2c2-3s-3c2", "single", 1)
    whole = analyse(layers, params, x, y, alpha, "single")
    rounded = {key: np.float32(value) for key, value in params.items()}
    for weights in (params, rounded):
        side = Side(np.float64, np.random.default_rng(0))(
            layers, weights, x.astype(float), y, alpha
        )
        assert max(ratios(side, whole).values()) <= 1


def test_nothing_is_promised_after_non_finite_values():
    layers, params, x, y, alpha = problem("2c3-2s-2c2-2s", "double", 2)
    x[0, 0, 0], params["ffW"][0, 0] = np.nan, np.inf
    bounds = analyse(layers, params, x, y, alpha, "double")
    assert np.isinf(bounds["ff.layers{2}.a{1}"].err[0, 0, 0])
    assert np.isfinite(bounds["ff.layers{2}.a{1}"].err[..., 1]).all()
    assert np.isinf(bounds["apply.ffW"].err[0]).all()
    assert not any(np.isnan(running.err).any() for running in bounds.values())


def test_refusals_say_what_is_missing():
    layers, params, x, y, alpha = problem("3c1", "double", 3)
    with pytest.raises(ValueError, match="class 'int8': expected 'double' or 'single'"):
        analyse(layers, params, x, y, alpha, "int8")
    with pytest.raises(ValueError, match=r"\['i', 'c', 'c'\]: expected 'i', then 'c' and 's'"):
        analyse(parse("1c2-1c2"), params, x, y, alpha, "double")
    with pytest.raises(ValueError, match=r"layers\{2\}\.b\{2\} is missing"):
        analyse(layers, {k: v for k, v in params.items() if "b{2}" not in k}, x, y, 1, "double")
    with pytest.raises(ValueError, match=r"ff\.layers\{1\}\.a\{1\} is missing"):
        analyse(layers, params, x, y, alpha, "double", feed={})
    with pytest.raises(ValueError, match=r"ff\.layers\{1\}\.a\{1\} has the size"):
        analyse(layers, params, x, y, alpha, "double", feed={"ff.layers{1}.a{1}": x[:1]})
    with pytest.raises(ValueError, match=r"y has the size .*: this net needs \(3, "):
        analyse(layers, params, x, y[:1], alpha, "double")
    with pytest.raises(ValueError, match="expected rows x cols x N"):
        analyse(layers, params, x[0], y, alpha, "double")
