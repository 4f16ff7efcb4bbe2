"""A net of the notes in any of numpy's number types, written from the formulas."""

from dataclasses import dataclass, field

import numpy as np

from ...traces.acnn import is_weight


@dataclass
class Values:
    """What a forward pass computes: one entry per layer, the input first.

    Attributes
    ----------
    maps : list
        Per layer its maps (rows, cols, N), or for 'f' and the output an array (units, N).
    pools, convolved, mixes, features : dict
        Layer number -> sums over windows; convolved maps below; weights A; feature vectors.
    losses : numpy.ndarray
        The loss of each image, without penalties.
    penalty : number
        The penalties.
    """

    maps: list = field(default_factory=list)
    pools: dict = field(default_factory=dict)
    convolved: dict = field(default_factory=dict)
    mixes: dict = field(default_factory=dict)
    features: dict = field(default_factory=dict)
    losses: object = None
    penalty: object = 0


class Model:
    """A net whose weights are given by their paths.

    Parameters
    ----------
    layers : sequence of dict
        The layers' fields.
    options : dict
        The net's activation.
    fields : dict of str to numpy.ndarray
        The net's weights, and mu and sigma where it has them; other fields are not read.
    dtype : type
        The numbers to compute with, real or complex.
    """

    def __init__(self, layers, options, fields, dtype):
        self.layers, self.options, self.dtype = layers, options, dtype
        self.weights = {
            path: np.array(value, dtype)
            for path, value in fields.items()
            if is_weight(path) or path in ("mu", "sigma")
        }

    def run(self, x, y, bump=None):
        """Feed images forward.

        Parameters
        ----------
        x, y : numpy.ndarray
            Images and targets.
        bump : tuple, optional
            What to add where: (layer number, map or None, array) to the argument of that layer's
            activation (the output's number is one more than the last layer's), or
            (layer number, 'A', array) to its weights A.

        Returns
        -------
        Values
            Everything.
        """
        self._bump = bump or (None, None, 0)
        values = Values([self._inputs(x)])
        for number, layer in enumerate(self.layers[1:], 2):
            values.maps.append(getattr(self, f"_{layer['type']}")(number, layer, values))
        number = len(self.layers) + 1
        values.features[number] = features_of(values.maps[-1])
        u = self.weights["ffW"] @ values.features[number] + self.weights["ffb"]
        o = self._activated(number, None, u, self.options)
        values.maps.append(o)
        error = o - y
        values.losses = (error * error).sum(0) / 2
        return values

    def loss(self, x, y, bump=None):
        """Return the loss of a batch, penalties included."""
        values = self.run(x, y, bump)
        return values.losses.sum() / len(values.losses) + values.penalty

    def _w(self, number, name, *index):
        return self.weights[f"layers{{{number}}}.{name}" + "".join(f"{{{i}}}" for i in index)]

    def _inputs(self, x):
        x = np.array(x, self.dtype)
        channels = self.layers[0].get("channels", 1)
        if channels > 1 and x.ndim == 3:
            x = x[..., None]
        if "mu" in self.weights:
            mu, sigma = self.weights["mu"], self.weights["sigma"]
            if mu.size > 1:
                mu, sigma = (m.reshape((*x.shape[:-1], 1)) for m in (mu, sigma))
            x = (x - mu) / sigma
        one = channels == 1
        maps = [x.reshape((*x.shape[:2], -1))] if one else [x[:, :, i] for i in range(channels)]
        plain = {"activation": "linear"}
        return [self._activated(1, j, u, plain) for j, u in enumerate(maps, 1)]

    def _c(self, number, layer, values):
        outputs = []
        for j in range(1, layer["outputmaps"] + 1):
            u = self._w(number, "b", j)[0, 0]
            for i, below in enumerate(values.maps[-1], 1):
                k = self._w(number, "k", i, j)
                u = u + convolve(below, k) if k.size else u
            outputs.append(self._activated(number, j, u, layer))
        return outputs

    def _a(self, number, layer, values):
        c = self._w(number, "c")
        grown = np.exp(c - c.real.max(0))
        mix = grown / grown.sum(0)
        if self._bump[:2] == (number, "A"):
            mix = mix + self._bump[2]
        values.mixes[number] = mix
        values.penalty = values.penalty + _penalty(layer, mix)
        one = layer.get("shared", True)
        outputs, convolved = [], {}
        for j in range(1, layer["outputmaps"] + 1):
            u = self._w(number, "b", j)[0, 0]
            for i, below in enumerate(values.maps[-1], 1):
                q = 1 if one else j
                if (i, q) not in convolved:
                    convolved[i, q] = convolve(below, self._w(number, "k", i, q))
                u = u + mix[i - 1, j - 1] * convolved[i, q]
            outputs.append(self._activated(number, j, u, layer))
        values.convolved[number] = convolved
        return outputs

    def _s(self, number, layer, values):
        rows, cols = np.broadcast_to(layer["scale"], 2)
        pools = [block_sums(below, rows, cols) for below in values.maps[-1]]
        if not layer.get("trainable"):
            plain = {"activation": "linear"}
            averages = [pool / (rows * cols) for pool in pools]
            return [self._activated(number, j, u, plain) for j, u in enumerate(averages, 1)]
        values.pools[number] = pools
        return [
            self._activated(
                number,
                j,
                self._w(number, "beta", j)[0, 0] * pool + self._w(number, "b", j)[0, 0],
                layer,
            )
            for j, pool in enumerate(pools, 1)
        ]

    def _f(self, number, layer, values):
        values.features[number] = features_of(values.maps[-1])
        u = self._w(number, "W") @ values.features[number] + self._w(number, "b")
        return self._activated(number, None, u, layer)

    def _activated(self, number, j, u, owner):
        if self._bump[:2] == (number, j):
            u = u + self._bump[2]
        name = owner.get("activation", "sigm")
        if name == "sigm":
            return 1 / (1 + np.exp(-u))
        return np.tanh(u) if name == "tanh" else u


def convolve(x, k):
    """Convolve each image of (rows, cols, N) with a kernel, valid part."""
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape, (0, 1))
    return np.einsum("rcnuv,uv->rcn", windows, k[::-1, ::-1])


def block_sums(x, rows, cols):
    """Sum each block of rows x cols."""
    m, n, count = x.shape
    return x.reshape(m // rows, rows, n // cols, cols, count).sum((1, 3))


def features_of(maps):
    """Put an image's maps below each other, column by column."""
    if not isinstance(maps, list):
        return maps
    return np.concatenate([m.transpose(1, 0, 2).reshape(-1, m.shape[2]) for m in maps])


def _penalty(layer, mix):
    """Return the penalty; the sum of |A| is that of A, which is positive."""
    lam = layer.get("lam", 0)
    if not lam:
        return 0
    if layer.get("penalty", "l1") == "l1":
        return lam * mix.sum()
    return -lam * entropy_terms(mix).sum()


def entropy_terms(mix):
    """Return a ln(a) of each weight a; its limit at 0 is 0."""
    there = mix != 0
    return np.where(there, mix * np.log(np.where(there, mix, 1)), 0)
