"""The nets of `nets` in PyTorch: the same mathematics, by autograd, compiled or not."""

import numpy as np
import torch
from torch.nn import functional

from .python_steps import ALPHA
from .timing import timed

_ACTIVATIONS = {"sigm": torch.sigmoid, "tanh": torch.tanh, "linear": lambda u: u}


class Eager:
    """A step in PyTorch.

    Images are transposed, so that flattening puts the features in the toolbox's order.

    Parameters
    ----------
    big : nets.Big
        What a step works on.
    """

    def __init__(self, big):
        torch.set_num_threads(1)
        net, x, y = big.start()
        x = x[:, :, None] if x.ndim == 3 else x
        self._x, self._y = _tensor(x.transpose(3, 2, 1, 0)), _tensor(y.T)
        self._layers, self._parameters = [], []
        for layer in net.layers[1:]:
            made = _LAYERS[layer.type](layer, x.dtype, vars(net))
            self._layers.append((made[0], len(made) - 1))
            self._parameters += made[1:]
        last, *weights = _full(net.ffW, net.ffb, x.dtype, vars(net).get("activation", "sigm"))
        self._layers.append((last, len(weights)))
        self._parameters += weights
        for each in self._parameters:
            each.requires_grad_()
        self._loss = self._forward
        self.run = timed(self._step)

    def _forward(self, x, y, *parameters):
        """Return the loss."""
        parameters = list(parameters)
        for layer, count in self._layers:
            x = layer(x, *parameters[:count])
            parameters = parameters[count:]
        e = x - y
        return (e * e).sum() / (2 * len(e))

    def _step(self):
        loss = self._loss(self._x, self._y, *self._parameters)
        gradients = torch.autograd.grad(loss, self._parameters)
        with torch.no_grad():
            torch._foreach_add_(self._parameters, gradients, alpha=-ALPHA)

    def weights(self):
        """Return weights by path: those of the output."""
        return {"ffW": self._parameters[-2].detach().numpy()}

    def close(self):
        """Let go of everything."""


class Compiled(Eager):
    """The same with torch.compile."""

    def __init__(self, big):
        super().__init__(big)
        torch._dynamo.reset()
        self._loss = torch.compile(self._forward, dynamic=False)


def _convolution(layer, dtype, _):
    """Return a 'c' layer and its parameters; kernels that a table leaves out are zeros."""
    present = [[k is not None and np.size(k) > 0 for k in row] for row in layer.k]
    shape = next(k.shape for row in layer.k for k in row if np.size(k))
    k = np.array([[k if np.size(k) else np.zeros(shape) for k in row] for row in layer.k], dtype)
    mask = _tensor(np.array(present, dtype).T[:, :, None, None])
    active, whole = _active(layer), all(map(all, present))

    def forward(x, k, b):
        return active(functional.conv2d(x, k if whole else k * mask, b))

    return forward, _kernels(k), _biases(layer, dtype)


def _combination(layer, dtype, _):
    """Return an 'a' layer with one kernel for each map below."""
    k = np.array([row[0] for row in layer.k], dtype)[:, None]
    active, below = _active(layer), len(layer.k)

    def forward(x, k, b, c):
        p = functional.conv2d(x, k, groups=below)
        weights = torch.softmax(c, 0)
        return active(functional.conv2d(p, weights.T[:, :, None, None], b))

    kernels = _tensor(k[:, 0].transpose(0, 2, 1)[:, None, ::-1, ::-1])
    return forward, kernels, _biases(layer, dtype), _tensor(layer.c.astype(dtype))


def _subsampling(layer, dtype, _):
    scale, active = int(layer.scale), _active(layer)
    if not vars(layer).get("trainable"):
        return (lambda x: functional.avg_pool2d(x, scale),)

    def forward(x, beta, b):
        total = functional.avg_pool2d(x, scale, divisor_override=1)
        return active(total * beta[:, None, None] + b[:, None, None])

    beta = _tensor(np.array(layer.beta, dtype).ravel())
    return forward, beta, _biases(layer, dtype)


def _hidden(layer, dtype, _):
    return _full(layer.W, layer.b, dtype, vars(layer).get("activation", "sigm"))


def _full(W, b, dtype, activation):
    active = _ACTIVATIONS[activation]

    def forward(x, W, b):
        return active(functional.linear(x.flatten(1), W, b))

    return forward, _tensor(W.astype(dtype)), _tensor(b[:, 0].astype(dtype))


_LAYERS = {"c": _convolution, "a": _combination, "s": _subsampling, "f": _hidden}


def _active(layer):
    return _ACTIVATIONS[vars(layer).get("activation", "sigm")]


def _kernels(k):
    """Return kernels (maps below, maps, rows, cols) as PyTorch has them, turned and transposed."""
    return _tensor(k.transpose(1, 0, 3, 2)[:, :, ::-1, ::-1])


def _biases(layer, dtype):
    return _tensor(np.array(layer.b, dtype).ravel())


def _tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))
