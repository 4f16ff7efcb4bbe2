"""The quick engine's error on one step, against the equations in higher precision."""

from itertools import groupby

import numpy as np
import pytest

import dltcnn
from dltcnn import Opts, fast
from test_fast import EXAMPLE, U, Unshuffled, case, fields


def random_case(seed, dtype, shift):
    """Build a net from its last layer up, so that every map size divides by its scale."""
    rng = np.random.default_rng([seed, 2])
    rows, cols = rng.integers(1, 4, 2)
    layers = []
    for number in range(rng.integers(1, 4)):
        scale, K = int(rng.integers(1, 5)), int(rng.integers(1, 7))
        if number or rng.random() < 0.7:
            layers.insert(0, f"{scale}s")
            rows, cols = rows * scale, cols * scale
        layers.insert(0, f"{rng.integers(1, 7)}c{K}")
        rows, cols = rows + K - 1, cols + K - 1
    if rng.random() < 0.3:
        layers.insert(0, "2s")
        rows, cols = rows * 2, cols * 2
    classes, images = int(rng.integers(1, 11)), int(rng.integers(2, 30))
    return case("-".join(layers), int(rows), int(cols), classes, dtype, images, shift, seed)


def slid(a, K):
    """The K * K shifted views of a that a valid convolution multiplies, by kernel entry."""
    rows, cols = a.shape[0] - K + 1, a.shape[1] - K + 1
    for u, v in np.ndindex(K, K):
        yield (u, v), a[K - 1 - u :, K - 1 - v :][:rows, :cols]


def forward(net, x, T):
    """Evaluate the equations of cnnff in class T; return the activations of each layer."""
    a = [[x.astype(T)]]
    for each in net.layers[1:]:
        if each.type == "s":
            s = each.scale
            a.append([m.reshape(len(m) // s, s, -1, s, x.shape[2]).mean((1, 3)) for m in a[-1]])
            continue
        maps = []
        for j in range(each.outputmaps):
            z = sum(
                T(each.k[i][j][uv]) * part
                for i, m in enumerate(a[-1])
                for uv, part in slid(m, each.kernelsize)
            )
            maps.append(1 / (1 + np.exp(-(z + T(each.b[j])))))
        a.append(maps)
    return a


def backward(net, a, d, T):
    """Evaluate the sensitivities of the layers below the last, whose are given."""
    deltas = [d]
    for maps, above in reversed(list(zip(a[1:-1], net.layers[2:], strict=True))):
        if above.type == "s":
            spread = [d.repeat(above.scale, 0).repeat(above.scale, 1) for d in deltas[0]]
            new = [m * (1 - m) * d / T(above.scale**2) for m, d in zip(maps, spread, strict=True)]
        else:
            new = [np.zeros_like(m) for m in maps]
            for i, j in np.ndindex(len(new), above.outputmaps):
                for uv, part in slid(new[i], above.kernelsize):
                    part += T(above.k[i][j][uv]) * deltas[0][j]
        deltas.insert(0, new)
    return [[], *deltas]


def step(net, x, y, T):
    """Evaluate the equations of one step with alpha = 1 in class T.

    Returns the fields, and for those that are sums of many terms the sum of their absolute values.
    """
    a, N = forward(net, x, T), x.shape[2]
    fv = np.concatenate([m.transpose(1, 0, 2).reshape(-1, N) for m in a[-1]])
    W, b = net.ffW.astype(T), net.ffb.astype(T)
    o = 1 / (1 + np.exp(-(W @ fv + b)))
    e = o - y
    od = e * o * (1 - o)
    fvd = W.T @ od * (fv * (1 - fv) if net.layers[-1].type == "c" else 1)
    rows, cols, _ = a[-1][0].shape
    last = [v.reshape(cols, rows, N).transpose(1, 0, 2) for v in np.split(fvd, len(a[-1]))]
    d = backward(net, a, last, T)
    out = {"fv": fv, "o": o, "e": e, "od": od, "fvd": fvd, "L": (e * e).sum() / (2 * N)}
    out |= {"dffW": od @ fv.T / N, "dffb": od.mean(1, keepdims=True)}
    out |= {"ffW": W - out["dffW"], "ffb": b - out["dffb"]}
    terms = {"dffW": abs(od) @ fv.T / N, "dffb": abs(od).mean(1, keepdims=True)}
    for n, each in enumerate(net.layers[1:], 1):
        for j in range(len(a[n])):
            out |= {f"{n}.a{j}": a[n][j], f"{n}.d{j}": d[n][j]}
        for j in range(len(a[n]) if each.type == "c" else 0):
            out[f"{n}.db{j}"], terms[f"{n}.db{j}"] = d[n][j].sum() / N, abs(d[n][j]).sum() / N
            out[f"{n}.b{j}"] = each.b[j] - out[f"{n}.db{j}"]
            for i, below in enumerate(a[n - 1]):
                dk, total = (np.zeros((each.kernelsize,) * 2, T) for _ in range(2))
                for uv, part in slid(below, each.kernelsize):
                    dk[uv], total[uv] = (part * d[n][j]).sum() / N, (part * abs(d[n][j])).sum() / N
                out[f"{n}.dk{i},{j}"], terms[f"{n}.dk{i},{j}"] = dk, total
                out[f"{n}.k{i},{j}"] = each.k[i][j] - dk
    for name in [name for name in terms if name.lstrip("0123456789.")[0] == "d"]:
        terms[name.replace("d", "", 1)] = terms[name]  # an update has its gradient's error
    return out, terms


def largest(values, names):
    """The max norm over some fields."""
    return max(
        (np.max(abs(np.asarray(values[name]))) for name in names if name in values), default=0
    )


def assert_as_accurate(net, x, y, dtype):
    """Hold each field's error in max norm to four times the line-by-line port's."""
    opts = Opts(alpha=1.0, batchsize=x.shape[2], numepochs=1)
    truth, terms = step(net, x, y, np.longdouble if dtype is np.float64 else np.float64)
    errors = []
    for module in (dltcnn, fast):
        found = fields(module.cnntrain(net, x, y, opts, Unshuffled(), False))
        errors.append({name: np.asarray(found[name]) - truth[name] for name in truth})
    for field, names in groupby(sorted(truth), key=lambda name: name.rstrip("0123456789,")):
        names = list(names)
        unit = U[dtype] * max(largest(truth, names), largest(terms, names))
        exact, quick = (largest(error, names) for error in errors)
        assert quick <= 4 * max(exact, unit), (
            f"{field}: error {quick:.3g}, the line-by-line port's {exact:.3g}, unit {unit:.3g}"
        )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shift", [0.0, -8.0])
@pytest.mark.parametrize("number", range(21))
def test_a_step_is_as_accurate_as_the_line_by_line_port(number, shift, dtype):
    if dtype is np.float64 and np.finfo(np.longdouble).eps >= np.finfo(np.float64).eps:
        pytest.skip("this machine has no class of higher precision than double")
    if number:
        net, x, y = random_case(number, dtype, shift)
    else:
        net, x, y = case(EXAMPLE, 28, 28, 10, dtype, 50, shift)
    assert_as_accurate(net, x, y, dtype)
