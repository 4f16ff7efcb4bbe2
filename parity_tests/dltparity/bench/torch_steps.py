"""The contestants in PyTorch: the same mathematics, manual gradient descent."""

import numpy as np
import torch
from torch.nn import functional

from .python_steps import ALPHA
from .timing import timed


class _Step:
    """A step in PyTorch.

    Images are transposed, so that flattening puts the features in the toolbox's order.

    Parameters
    ----------
    size : Size
        What a step works on.
    threads : int
        PyTorch's.
    """

    def __init__(self, size, threads):
        torch.set_num_threads(threads)
        net, x, y = size.start()
        self._x = _tensor(x.transpose(2, 1, 0))[:, None]
        self._y = _tensor(y.T)
        self._parameters = []
        for layer in (net.layers[1], net.layers[3]):
            k = np.array([list(row) for row in layer.k], x.dtype)  # (maps, outputmaps, rows, cols)
            self._parameters.append(_tensor(k.transpose(1, 0, 3, 2)[:, :, ::-1, ::-1]))
            self._parameters.append(_tensor(np.array(layer.b, x.dtype).ravel()))
        self._parameters += [
            _tensor(net.ffW.astype(x.dtype)),
            _tensor(net.ffb[:, 0].astype(x.dtype)),
        ]
        self.run = timed(self._step)

    def weights(self):
        """Return weights by path: those of the first layer and of the output."""
        k = self._parameters[0].detach().numpy()
        return {
            "ffW": self._parameters[4].detach().numpy(),
            "layers{2}.k{1}{1}": k[0, 0, ::-1, ::-1].T,
        }

    def close(self):
        """Let go of everything."""


class Eager(_Step):
    """Autograd."""

    def __init__(self, size, threads):
        super().__init__(size, threads)
        for each in self._parameters:
            each.requires_grad_()

    def _step(self):
        k1, b1, k2, b2, ffW, ffb = self._parameters
        a = self._x
        for k, b in ((k1, b1), (k2, b2)):
            a = functional.avg_pool2d(torch.sigmoid(functional.conv2d(a, k, b)), 2)
        e = torch.sigmoid(functional.linear(a.flatten(1), ffW, ffb)) - self._y
        loss = (e * e).sum() / (2 * len(e))
        gradients = torch.autograd.grad(loss, self._parameters)
        with torch.no_grad():
            torch._foreach_add_(self._parameters, gradients, alpha=-ALPHA)


class Manual(_Step):
    """The backward pass written out."""

    def __init__(self, size, threads):
        super().__init__(size, threads)
        self._gradients = _gradients

    def _step(self):
        with torch.no_grad():
            gradients = self._gradients(self._x, self._y, *self._parameters)
            torch._foreach_add_(self._parameters, gradients, alpha=-ALPHA)


class Compiled(Manual):
    """The manual step, compiled with torch.compile."""

    def __init__(self, size, threads):
        super().__init__(size, threads)
        torch._dynamo.reset()
        self._gradients = torch.compile(_gradients, dynamic=False)


def _gradients(x, y, k1, b1, k2, b2, ffW, ffb):
    """Feed forward and back; return the gradients in the order of the parameters."""
    a1 = torch.sigmoid(functional.conv2d(x, k1, b1))
    p1 = functional.avg_pool2d(a1, 2)
    a2 = torch.sigmoid(functional.conv2d(p1, k2, b2))
    p2 = functional.avg_pool2d(a2, 2)
    fv = p2.flatten(1)
    o = torch.sigmoid(functional.linear(fv, ffW, ffb))
    od = (o - y) * o * (1 - o) / len(y)
    d2 = _below((od @ ffW).view_as(p2), a2)
    dp1, dk2, db2 = _convolution_backward(d2, p1, k2, True)
    d1 = _below(dp1, a1)
    _, dk1, db1 = _convolution_backward(d1, x, k1, False)
    return dk1, db1, dk2, db2, od.T @ fv, od.sum(0)


def _below(d, a):
    """Take sensitivities through the subsampling and the sigmoid below it."""
    aten = torch.ops.aten
    spread = aten.avg_pool2d_backward(d, a, [2, 2], [2, 2], [0, 0], False, True, None)
    return aten.sigmoid_backward(spread, a)


def _convolution_backward(d, x, k, input_delta):
    return torch.ops.aten.convolution_backward(
        d, x, k, [len(k)], [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [input_delta, True, True]
    )


def _tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))
