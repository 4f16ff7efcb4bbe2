"""The contestant in JAX: the same mathematics by autograd, a step compiled as one function.

Arrays have the channels last, as XLA's convolutions on processors do; the full layers take their
features in the toolbox's order.
"""

from functools import partial

import jax
import numpy as np
from jax import lax
from jax import numpy as jnp

from .python_steps import ALPHA
from .timing import timed

jax.config.update("jax_enable_x64", True)  # else doubles become singles
jax.config.update("jax_platforms", "cpu")

_ACTIVATIONS = {"sigm": jax.nn.sigmoid, "tanh": jnp.tanh, "linear": lambda u: u}
_AXES = ("NHWC", "HWIO", "NHWC")


class Jit:
    """A step in JAX.

    Parameters
    ----------
    size : Size or Big
        What a step works on.
    """

    def __init__(self, size):
        net, x, y = size.start()
        x = x[:, :, None] if x.ndim == 3 else x
        self._x, self._y = jnp.asarray(x.transpose(3, 0, 1, 2)), jnp.asarray(y.T)
        last = _full(net.ffW, net.ffb, x.dtype, vars(net).get("activation", "sigm"))
        made = [*(_LAYERS[layer.type](layer, x.dtype) for layer in net.layers[1:]), last]
        forward = [layer for layer, *_ in made]
        self._parameters = [parameters for _, *parameters in made]
        self._compiled = jax.jit(partial(_step, forward), donate_argnums=0)
        self.run = timed(self._once)

    def _once(self):
        # Without the wait two steps would be under way, on two threads.
        step = self._compiled(self._parameters, self._x, self._y)
        self._parameters = jax.block_until_ready(step)

    def weights(self):
        """Return weights by path: those of the first layer and of the output."""
        k = np.asarray(self._parameters[0][0])
        return {
            "ffW": np.asarray(self._parameters[-1][0]),
            "layers{2}.k{1}{1}": k[::-1, ::-1, 0, 0],
        }

    def close(self):
        """Let go of everything."""


def _step(forward, parameters, x, y):
    """Feed forward and back; return the parameters after the update."""
    gradients = jax.grad(partial(_loss, forward))(parameters, x, y)
    return jax.tree.map(lambda p, g: p - ALPHA * g, parameters, gradients)


def _loss(forward, parameters, x, y):
    for layer, own in zip(forward, parameters, strict=True):
        x = layer(x, *own)
    e = x - y
    return (e * e).sum() / (2 * len(e))


def _convolution(layer, dtype):
    """Return a 'c' layer and its parameters; kernels that a table leaves out are zeros."""
    present = np.array([[k is not None and np.size(k) > 0 for k in row] for row in layer.k])
    shape = next(k.shape for row in layer.k for k in row if np.size(k))
    k = np.array([[k if np.size(k) else np.zeros(shape) for k in row] for row in layer.k], dtype)
    active, mask = _active(layer), None if present.all() else jnp.asarray(present.astype(dtype))

    def forward(x, k, b):
        k = k if mask is None else k * mask
        return active(lax.conv_general_dilated(x, k, (1, 1), "VALID", dimension_numbers=_AXES) + b)

    return forward, _kernels(k), _biases(layer, dtype)


def _combination(layer, dtype):
    """Return an 'a' layer with one kernel for each map below."""
    active, below = _active(layer), len(layer.k)
    depthwise = partial(
        lax.conv_general_dilated,
        window_strides=(1, 1),
        padding="VALID",
        dimension_numbers=_AXES,
        feature_group_count=below,
    )

    def forward(x, k, b, c):
        return active(depthwise(x, k) @ jax.nn.softmax(c, 0) + b)

    k = np.array([[row[0] for row in layer.k]], dtype)
    return forward, _kernels(k), _biases(layer, dtype), jnp.asarray(layer.c.astype(dtype))


def _subsampling(layer, dtype):
    scale, active = int(layer.scale), _active(layer)

    def total(x):
        n, rows, cols, maps = x.shape
        return x.reshape(n, rows // scale, scale, cols // scale, scale, maps).sum((2, 4))

    if not vars(layer).get("trainable"):
        return (lambda x: total(x) / scale**2,)

    def forward(x, beta, b):
        return active(total(x) * beta + b)

    beta = jnp.asarray(np.array(layer.beta, dtype).ravel())
    return forward, beta, _biases(layer, dtype)


def _hidden(layer, dtype):
    return _full(layer.W, layer.b, dtype, vars(layer).get("activation", "sigm"))


def _full(W, b, dtype, activation):
    active = _ACTIVATIONS[activation]

    def forward(x, W, b):
        features = x.transpose(0, 3, 2, 1).reshape(len(x), -1) if x.ndim == 4 else x
        return active(features @ W.T + b)

    return forward, jnp.asarray(W.astype(dtype)), jnp.asarray(b[:, 0].astype(dtype))


_LAYERS = {"c": _convolution, "a": _combination, "s": _subsampling, "f": _hidden}


def _active(layer):
    return _ACTIVATIONS[vars(layer).get("activation", "sigm")]


def _kernels(k):
    """Return kernels (maps below, maps, rows, cols) as XLA has them, turned, the maps last."""
    return jnp.asarray(k.transpose(2, 3, 0, 1)[::-1, ::-1])


def _biases(layer, dtype):
    return jnp.asarray(np.array(layer.b, dtype).ravel())
