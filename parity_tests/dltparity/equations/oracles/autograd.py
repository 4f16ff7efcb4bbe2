"""Derivatives of the loss by PyTorch's autograd, on the same net built from PyTorch's functions."""

import numpy as np

from ...traces.acnn import is_trained
from .complex_step import gradient_of


def available():
    """Tell whether PyTorch is installed (the extra `oracle`)."""
    try:
        import torch  # noqa: F401
    except ImportError:
        return False
    return True


def gradients(case, fields):
    """Differentiate the loss with respect to every weight, every A and every argument u.

    Parameters
    ----------
    case : AcnnCase
        Its layers, images and targets.
    fields : dict of str to numpy.ndarray
        The weights.

    Returns
    -------
    dict of str to numpy.ndarray
        Paths as acnnbp sets them, all but fvd.
    """
    return _Net(case, fields).gradients()


class _Net:
    """The net; maps are tensors (N, rows, cols), units (N, units)."""

    def __init__(self, case, fields):
        import torch

        self.torch, self.case = torch, case
        self.weights = {
            path: torch.tensor(np.array(value, float), requires_grad=True)
            for path, value in fields.items()
            if is_trained(path, case.layers)
        }
        self.moments = {
            name: torch.tensor(np.array(fields[name], float))
            for name in ("mu", "sigma")
            if name in fields
        }
        self.watched, self.without_slope = {}, set()
        self.penalty = 0

    def gradients(self):
        y = self.torch.tensor(np.array(self.case.y, float)).T
        count = len(y)
        o = self._forward()
        loss = ((o - y) ** 2).sum() / 2 + count * self.penalty  # of all images together
        loss.backward()
        found = {
            gradient_of(path): self._gradient(weight) / count
            for path, weight in self.weights.items()
        }
        for path, tensor in self.watched.items():
            if path in self.without_slope:
                continue
            if path.endswith("dA"):
                found[path] = self._gradient(tensor) / count
            else:
                found[path] = np.moveaxis(self._gradient(tensor), 0, -1)
        return found

    @staticmethod
    def _gradient(tensor):
        return np.zeros(tensor.shape) if tensor.grad is None else tensor.grad.numpy()

    def _watch(self, path, tensor):
        if not tensor.requires_grad:  # the input of a net that has nothing else
            tensor.requires_grad_()
        tensor.retain_grad()
        self.watched[path] = tensor
        return tensor

    def _w(self, number, name, *index):
        return self.weights[f"layers{{{number}}}.{name}" + "".join(f"{{{i}}}" for i in index)]

    def _forward(self):
        maps = self._inputs()
        for number, layer in enumerate(self.case.layers[1:], 2):
            maps = getattr(self, f"_{layer['type']}")(number, layer, maps)
        u = self._flat(maps) @ self.weights["ffW"].T + self.weights["ffb"].T
        return self._activated("od", u, self.case.net)

    def _inputs(self):
        channels = self.case.layers[0].get("channels", 1)
        x = np.array(self.case.x, float)
        x = self.torch.tensor(x.reshape((*x.shape, 1)[: 3 + (channels > 1)]))
        if self.moments:
            mu, sigma = self.moments["mu"], self.moments["sigma"]
            if mu.numel() > 1:
                mu, sigma = (m.reshape((*x.shape[:-1], 1)) for m in (mu, sigma))
            x = (x - mu) / sigma
        x = x.movedim(-1, 0)
        maps = [x] if channels == 1 else [x[..., i] for i in range(channels)]
        if len(self.case.layers) == 1:
            maps = [self._watch(f"layers{{1}}.d{{{j}}}", m) for j, m in enumerate(maps, 1)]
        return maps

    def _convolved(self, x, k):
        """PyTorch correlates: turn the kernel."""
        k = k.flip(0, 1)[None, None]
        return self.torch.nn.functional.conv2d(x[:, None], k)[:, 0]

    def _c(self, number, layer, below):
        outputs = []
        for j in range(1, layer["outputmaps"] + 1):
            u = self._w(number, "b", j)
            for i, x in enumerate(below, 1):
                k = self._w(number, "k", i, j)
                u = u + self._convolved(x, k) if k.numel() else u
            outputs.append(self._activated(f"layers{{{number}}}.d{{{j}}}", u, layer))
        return outputs

    def _a(self, number, layer, below):
        mix = self.torch.softmax(self._w(number, "c"), 0)
        mix = self._watch(f"layers{{{number}}}.dA", mix)
        if layer.get("lam", 0):
            there = mix[mix != 0]  # of a weight of 0 the slope of the entropy is infinite
            l1 = layer.get("penalty", "l1") == "l1"
            size = mix.abs().sum() if l1 else -(there * there.log()).sum()
            self.penalty = self.penalty + layer["lam"] * size
            if there.numel() < mix.numel() and not l1:
                self.without_slope.add(f"layers{{{number}}}.dA")
        outputs = []
        for j in range(1, layer["outputmaps"] + 1):
            u = self._w(number, "b", j)
            for i, x in enumerate(below, 1):
                q = 1 if layer.get("shared", True) else j
                u = u + mix[i - 1, j - 1] * self._convolved(x, self._w(number, "k", i, q))
            outputs.append(self._activated(f"layers{{{number}}}.d{{{j}}}", u, layer))
        return outputs

    def _s(self, number, layer, below):
        scale = [int(n) for n in np.broadcast_to(layer["scale"], 2)]
        outputs = []
        for j, x in enumerate(below, 1):
            u = self.torch.nn.functional.avg_pool2d(x[:, None], scale)[:, 0]
            owner = {"activation": "linear"}
            if layer.get("trainable"):
                owner = layer
                u = self._w(number, "beta", j) * u * (scale[0] * scale[1])
                u = u + self._w(number, "b", j)
            outputs.append(self._activated(f"layers{{{number}}}.d{{{j}}}", u, owner))
        return outputs

    def _f(self, number, layer, below):
        u = self._flat(below) @ self._w(number, "W").T + self._w(number, "b").T
        return self._activated(f"layers{{{number}}}.d{{1}}", u, layer)

    def _flat(self, maps):
        """An image's maps one after the other, column by column."""
        if not isinstance(maps, list):
            return maps
        return self.torch.cat([m.transpose(1, 2).flatten(1) for m in maps], 1)

    def _activated(self, path, u, owner):
        u = self._watch(path, u)
        name = owner.get("activation", "sigm")
        if name == "linear":
            return u
        return self.torch.sigmoid(u) if name == "sigm" else self.torch.tanh(u)
