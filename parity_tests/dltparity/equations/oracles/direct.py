"""Every step of a net after acnnbp, summed directly from the step's own operands."""

import numpy as np

from . import printed
from .model import entropy_terms


def steps(case, fields):
    """Evaluate each step as its formula is printed, in extended precision.

    Parameters
    ----------
    case : AcnnCase
        Its layers, images and targets.
    fields : dict of str to numpy.ndarray
        The net's fields after acnnbp: the operands.

    Returns
    -------
    dict of str to numpy.ndarray
        Path -> value.
    """
    return _Steps(case, fields).all()


class _Steps:
    def __init__(self, case, fields):
        self.case, self.layers, self.fields = case, case.layers, fields
        self.count = fields["o"].shape[1]
        self.found = {}

    def all(self):
        self._input()
        for number, layer in enumerate(self.layers[1:], 2):
            getattr(self, f"_{layer['type']}")(number, layer)
            self._below(number, layer)
        self._output()
        return self.found

    def _get(self, number, name, *index):
        value = self.fields[f"layers{{{number}}}.{name}" + "".join(f"{{{i}}}" for i in index)]
        return value.astype(np.longdouble)

    def _maps(self, number, name):
        """The maps of a layer with their third dimension; units are rows x N."""
        found, j = [], 1
        while f"layers{{{number}}}.{name}{{{j}}}" in self.fields:
            found.append(self._get(number, name, j))
            j += 1
        if self.layers[number - 1]["type"] == "f":
            return found
        return [m.reshape((*m.shape, 1)[:3]) for m in found]

    def _set(self, number, name, value, *index):
        path = f"layers{{{number}}}.{name}" + "".join(f"{{{i}}}" for i in index)
        self.found[path] = value

    def _input(self):
        if "mu" not in self.fields:
            return
        x = self.case.x.astype(np.longdouble)
        channels = self.layers[0].get("channels", 1)
        x = x.reshape((*x.shape, 1)[: 3 + (channels > 1)])
        mu, sigma = printed.moments(x, self.case.net["normalize"] == "pixel")
        self.found |= {"mu": mu, "sigma": sigma}
        x = (x - mu) / sigma
        for i in range(channels):
            self._set(1, "a", x[:, :, i] if channels > 1 else x, i + 1)

    def _c(self, number, layer):
        below, d = self._maps(number - 1, "a"), self._maps(number, "d")
        for j in range(1, len(d) + 1):
            u = self._get(number, "b", j)[0, 0]
            for i, x in enumerate(below, 1):
                k = self._get(number, "k", i, j)
                if k.size:
                    u = u + printed.convolved(x, k)
                    dk = printed.kernel_gradient(x, d[j - 1], k.shape) / self.count
                    self._set(number, "dk", dk, i, j)
            self._set(number, "a", activation(layer, u), j)
            self._set(number, "db", d[j - 1].sum() / self.count, j)

    def _a(self, number, layer):
        below, d = self._maps(number - 1, "a"), self._maps(number, "d")
        c, one = self._get(number, "c"), layer.get("shared", True)
        mix = np.exp(c - c.max(0)) / np.exp(c - c.max(0)).sum(0)
        self._set(number, "A", mix)
        d_mix = np.zeros(mix.shape, np.longdouble)
        for i, x in enumerate(below, 1):
            for q in [1] if one else range(1, len(d) + 1):
                k = self._get(number, "k", i, q)
                self._set(number, "p", printed.convolved(x, k), i, q)
                feeds = range(1, len(d) + 1) if one else [q]
                dk = sum(
                    mix[i - 1, j - 1] * printed.kernel_gradient(x, d[j - 1], k.shape) for j in feeds
                )
                self._set(number, "dk", dk / self.count, i, q)
        for j in range(1, len(d) + 1):
            u = self._get(number, "b", j)[0, 0]
            for i in range(1, len(below) + 1):
                p = self.found[f"layers{{{number}}}.p{{{i}}}{{{1 if one else j}}}"]
                u = u + mix[i - 1, j - 1] * p
                d_mix[i - 1, j - 1] = (d[j - 1] * p).sum() / self.count
            self._set(number, "a", activation(layer, u), j)
            self._set(number, "db", d[j - 1].sum() / self.count, j)
        d_mix += layer.get("lam", 0) * penalty_slope(layer, mix)
        self._set(number, "dA", d_mix)
        # A map without a weight stays without: its infinite slope of the entropy moves nothing.
        columns = zip(mix.T, np.where(mix == 0, 0, d_mix).T, strict=True)
        dc = [printed.softmax_jacobian(a) @ g for a, g in columns]
        self._set(number, "dc", np.stack(dc, axis=1))

    def _s(self, number, layer):
        below, d = self._maps(number - 1, "a"), self._maps(number, "d")
        rows, cols = np.broadcast_to(layer["scale"], 2)
        for j, x in enumerate(below, 1):
            pool = printed.down(x, rows, cols)
            if layer.get("trainable"):
                self._set(number, "pool", pool, j)
                u = self._get(number, "beta", j)[0, 0] * pool + self._get(number, "b", j)[0, 0]
                self._set(number, "a", activation(layer, u), j)
                self._set(number, "dbeta", (d[j - 1] * pool).sum() / self.count, j)
                self._set(number, "db", d[j - 1].sum() / self.count, j)
            else:
                self._set(number, "a", pool / (rows * cols), j)

    def _f(self, number, layer):
        fv, d = self._get(number, "fv"), self._maps(number, "d")[0]
        self._set(
            number, "a", activation(layer, self._get(number, "W") @ fv + self._get(number, "b")), 1
        )
        self._set(number, "dW", d @ fv.T / self.count)
        self._set(number, "db", d.sum(1, keepdims=True) / self.count)

    def _below(self, number, above):
        """The sensitivities of the layer below, from those of this one."""
        if number < 3:
            return
        layer, a = self.layers[number - 2], self._maps(number - 1, "a")
        d = self._maps(number, "d")
        if above["type"] == "f":
            g = self._get(number, "W").T @ d[0]
            g = cut(g, a)
        elif above["type"] == "s":
            rows, cols = np.broadcast_to(above["scale"], 2)
            g = [printed.up(part, rows, cols) for part in d]
            if above.get("trainable"):
                g = [self._get(number, "beta", i)[0, 0] * part for i, part in enumerate(g, 1)]
            else:
                g = [part / (rows * cols) for part in g]
        else:
            g = [self._spread(number, above, d, i) for i in range(1, len(a) + 1)]
        for i, part in enumerate(g, 1):
            self._set(number - 1, "d", slope(layer, a[i - 1]) * part, i)

    def _spread(self, number, above, d, i):
        total = 0
        for j, part in enumerate(d, 1):
            if above["type"] == "a":
                k = self._get(number, "k", i, 1 if above.get("shared", True) else j)
                total = total + self._get(number, "A")[i - 1, j - 1] * printed.spread_back(part, k)
            elif (k := self._get(number, "k", i, j)).size:
                total = total + printed.spread_back(part, k)
        return total if not np.isscalar(total) else 0 * self._maps(number - 1, "a")[i - 1]

    def _output(self):
        wide = {name: value.astype(np.longdouble) for name, value in self.fields.items()}
        o, od = wide["o"], wide["od"]
        e = o - np.reshape(self.case.y, o.shape)
        self.found["o"] = activation(self.case.net, wide["ffW"] @ wide["fv"] + wide["ffb"])
        self.found["e"] = e
        self.found["od"] = slope(self.case.net, o) * e
        penalties = (
            layer.get("lam", 0) * penalty(layer, self._get(number, "A"))
            for number, layer in enumerate(self.layers, 1)
            if layer["type"] == "a"
        )
        self.found["L"] = (e * e).sum() / 2 / self.count + sum(penalties)
        self.found["fvd"] = slope(self.layers[-1], wide["fv"]) * (wide["ffW"].T @ od)
        last = len(self.layers)
        for i, part in enumerate(cut(self.found["fvd"], self._maps(last, "a")), 1):
            self._set(last, "d", part, i)
        self.found["dffW"] = od @ wide["fv"].T / self.count
        self.found["dffb"] = od.sum(1, keepdims=True) / self.count


def activation(owner, u):
    """f(u)."""
    name = owner.get("activation", "sigm")
    if name == "sigm":
        return 1 / (1 + np.exp(-u))
    return np.tanh(u) if name == "tanh" else u


def slope(owner, x):
    """f'(u) where x = f(u); plain averages and inputs have no activation."""
    name = owner.get("activation", "sigm")
    plain = owner.get("type") == "i" or (owner.get("type") == "s" and not owner.get("trainable"))
    if plain or name == "linear":
        return np.ones_like(x)
    return x * (1 - x) if name == "sigm" else (1 - x) * (1 + x)


def penalty(layer, mix):
    """E23 without lam, or the entropy."""
    if layer.get("penalty", "l1") == "l1":
        return np.abs(mix).sum()
    return -entropy_terms(mix).sum()


def penalty_slope(layer, mix):
    """E24 without lam, or the entropy's."""
    if layer.get("penalty", "l1") == "l1":
        return np.sign(mix)
    with np.errstate(divide="ignore"):
        return -(np.log(mix) + 1)


def cut(g, a):
    """Cut feature vectors into the maps below."""
    if a[0].ndim == 2:
        return [g]
    rows, cols, count = a[0].shape
    parts = np.split(g, len(a))
    return [part.reshape(cols, rows, count).transpose(1, 0, 2) for part in parts]
