"""What may differ, and why: the rounding bound of every assignment of a training step.

The step (cnnff, cnnbp, cnnapplygrads) is evaluated once in extended precision with the running
error analysis of `error_analysis`. Layers are kept as stacks (maps, rows, cols, N).
"""

from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .error_analysis import Arithmetic, Running, extended, ratio

__all__ = ["Running", "analyse", "extended", "forward", "ratio"]


def analyse(layers, params, x, y, alpha, cls, feed=None):
    """Bound every field that one training step sets.

    Parameters
    ----------
    layers : sequence of mapping
        ``{"type": "i"}``, ``{"type": "c", "outputmaps": 6, "kernelsize": 5}`` or
        ``{"type": "s", "scale": 2}``.
    params : mapping of str to array
        The weights before the step: ``layers{2}.k{1}{3}``, ``layers{2}.b{1}``, ffW, ffb; `Running`
        where they are known to within a bound only.
    x : numpy.ndarray
        Images (rows, cols, N), N >= 2.
    y : numpy.ndarray or Running
        Targets (classes, N).
    alpha : float
        Learning rate.
    cls : {'double', 'single'}
        The class of the arithmetic; with 'single', double operands may be rounded to it.
    feed : mapping of str to array, optional
        The fields of the computation under test. Each field is then bounded from its values of
        the fields before (one assignment); without, errors run through the whole step.

    Returns
    -------
    dict of str to Running
        Stage and path -> value and bound: ``ff.layers{2}.a{1}``, ``bp.dffW``, ``apply.ffb``.

    Raises
    ------
    ValueError
        If `cls` is unknown, the toolbox does not take this order of layers, or an array is
        missing or does not fit the net.
    """
    _check(layers, x)
    step = _Step(layers, params, Arithmetic(cls), feed)
    with np.errstate(all="ignore"):
        step.forward(x)
        step.backward(y)
        step.update(alpha)
    return step.found


def forward(layers, params, x, cls):
    """Bound every field that cnnff sets: `analyse` without targets; it raises the same errors.

    Returns
    -------
    dict of str to Running
        Stage and path -> value and bound: ``ff.o``.
    """
    _check(layers, x)
    step = _Step(layers, params, Arithmetic(cls), None)
    with np.errstate(all="ignore"):
        step.forward(x)
    return step.found


def _check(layers, x):
    types = [layer["type"] for layer in layers]
    if np.ndim(x) != 3:
        raise ValueError(f"x has the size {np.shape(x)}: expected rows x cols x N, N >= 2")
    if not set(types[1:]) <= {"c", "s"} or any(a == b for a, b in pairwise(types)):
        raise ValueError(
            f"layers of types {types}: expected 'i', then 'c' and 's' in turn, as the toolbox's "
            "cnnbp takes them"
        )


class _Step:
    def __init__(self, layers, params, arithmetic, feed):
        self.layers = layers
        self.params = params
        self.do = arithmetic
        self.feed = feed
        self.found = {}
        self.a, self.d, self.k = {}, {}, {}

    def forward(self, x):
        do = self.do
        images = np.asarray(x)[None]
        self.count = images.shape[3]
        self.a[1] = self._keep_maps("ff.layers{1}.a", do.given(images))
        for number, layer in enumerate(self.layers[1:], 2):
            make = self._convolved if layer["type"] == "c" else self._pooled
            below = self.a[number - 1]
            self.a[number] = self._keep_maps(f"ff.layers{{{number}}}.a", make(number, layer, below))
        self.fv = self._keep("ff.fv", self.a[len(self.layers)].arranged(_columns))
        self.ffb = self._given(self.params, "ffb").arranged(lambda b: b.reshape(-1, 1))
        shape = (self.ffb.value.size, self.fv.value.shape[0])
        self.ffW = self._given(self.params, "ffW", shape)
        self.o = self._keep(
            "ff.o", do.sigmoid(do.add(do.contract("kf,fn->kn", self.ffW, self.fv), self.ffb))
        )

    def _convolved(self, number, layer, below):
        self.k[number] = self._kernels(number, len(below.value), layer)
        z = self.do.contract(
            "iuvnpq,ijpq->juvn",
            _windows(below, layer["kernelsize"], layer["kernelsize"]),
            self.k[number].arranged(_rot180),
        )
        b = [self._given(self.params, path, (1, 1, 1)) for path in self._biases(number)]
        return self.do.sigmoid(self.do.add(z, _stack(b)))

    def _pooled(self, number, layer, below):
        scale = layer["scale"]
        weights = self.do.divide(self.do.given(np.ones((scale, scale))), scale**2)
        blocks = below.arranged(lambda a: _blocks(a, scale))
        return self.do.contract("iupvqn,pq->iuvn", blocks, weights)

    def backward(self, y):
        do, last = self.do, len(self.layers)
        e = self._keep("bp.e", do.subtract(self.o, self._given({"y": y}, "y", self.o.value.shape)))
        halved = do.multiply(do.given(0.5), do.contract("kn,kn->", e, e))
        self._keep("bp.L", do.divide(halved, self.count).arranged(lambda v: v.reshape(1, 1)))
        od = self._keep("bp.od", do.multiply(e, self._slope(self.o)))
        fvd = do.contract("kf,kn->fn", self.ffW, od)
        if self.layers[-1]["type"] == "c":
            fvd = do.multiply(fvd, self._slope(self.fv))
        fvd = self._keep("bp.fvd", fvd)
        shape = self.a[last].value.shape
        d = fvd.arranged(lambda columns: _maps(columns, shape))
        self.d[last] = self._keep_maps(f"bp.layers{{{last}}}.d", d)
        for number in range(last - 1, 0, -1):
            if (kind := self.layers[number - 1]["type"]) != "i":
                make = self._above_pooled if kind == "c" else self._above_convolved
                self.d[number] = self._keep_maps(f"bp.layers{{{number}}}.d", make(number))
        self._gradients(od)

    def _slope(self, a):
        return self.do.multiply(a, self.do.subtract(self.do.given(1), a))

    def _above_pooled(self, number):
        scale = self.layers[number]["scale"]
        expanded = self.d[number + 1].arranged(lambda d: d.repeat(scale, 1).repeat(scale, 2))
        expanded = self.do.divide(expanded, scale**2)
        return self.do.multiply(self._slope(self.a[number]), expanded)

    def _above_convolved(self, number):
        size = self.layers[number]["kernelsize"]
        edge = ((0, 0), (size - 1, size - 1), (size - 1, size - 1), (0, 0))
        padded = self.d[number + 1].arranged(lambda d: np.pad(d, edge))
        # Convolving with the rotated kernel is correlating with the kernel itself.
        return self.do.contract(
            "juvnpq,ijpq->iuvn", _windows(padded, size, size), self.k[number + 1]
        )

    def _gradients(self, od):
        do = self.do
        self.dk, self.db = {}, {}
        for number in self.k:
            d, below = self.d[number], self.a[number - 1]
            windows = _windows(below, *d.value.shape[1:3])
            sums = do.contract("iuvnpq,jpqn->ijuv", windows, d).arranged(_rot180)
            dk = do.divide(sums, self.count)
            self.dk[number] = self._keep_kernels(f"bp.layers{{{number}}}.dk", dk)
            db = do.divide(do.total(d, (1, 2, 3)), self.count)
            self.db[number] = self._keep_maps(f"bp.layers{{{number}}}.db", db)
        dffW = do.contract("kn,fn->kf", od, self.fv)
        self.dffW = self._keep("bp.dffW", do.divide(dffW, self.count))
        dffb = do.divide(do.total(od, 1), self.count)
        self.dffb = self._keep("bp.dffb", dffb.arranged(lambda b: b[:, None]))

    def update(self, alpha):
        alpha = self.do.given(alpha)

        def updated(weight, gradient):
            return self.do.subtract(weight, self.do.multiply(alpha, gradient))

        for number, k in self.k.items():
            self._keep_kernels(f"apply.layers{{{number}}}.k", updated(k, self.dk[number]))
            b = _stack([self._given(self.params, path, ()) for path in self._biases(number)])
            self._keep_maps(f"apply.layers{{{number}}}.b", updated(b, self.db[number]))
        self._keep("apply.ffW", updated(self.ffW, self.dffW))
        self._keep("apply.ffb", updated(self.ffb, self.dffb))

    def _keep(self, key, running):
        """Record a field; hand on what later assignments start from."""
        self.found[key] = running
        if self.feed is None:
            return running
        return self._given(self.feed, key, running.value.shape)

    def _keep_maps(self, path, stack):
        maps = [stack.arranged(lambda a, j=j: a[j]) for j in range(len(stack.value))]
        return _stack([self._keep(f"{path}{{{j}}}", one) for j, one in enumerate(maps, 1)])

    def _keep_kernels(self, path, stack):
        rows = [stack.arranged(lambda k, i=i: k[i]) for i in range(len(stack.value))]
        return _stack([self._keep_maps(f"{path}{{{i}}}", row) for i, row in enumerate(rows, 1)])

    def _kernels(self, number, inputs, layer):
        shape = (layer["kernelsize"],) * 2
        paths = [
            [f"layers{{{number}}}.k{{{i}}}{{{j}}}" for j in range(1, layer["outputmaps"] + 1)]
            for i in range(1, inputs + 1)
        ]
        return _stack([_stack([self._given(self.params, p, shape) for p in row]) for row in paths])

    def _biases(self, number):
        maps = self.layers[number - 1]["outputmaps"]
        return [f"layers{{{number}}}.b{{{j}}}" for j in range(1, maps + 1)]

    def _given(self, source, path, shape=None):
        if path not in source:
            raise ValueError(f"{path} is missing: the bounds of a step need every field of the net")
        given = source[path]
        if not isinstance(given, Running):
            given = self.do.given(given)
        if shape is not None and given.value.size != np.prod(shape):
            raise ValueError(f"{path} has the size {given.value.shape}: this net needs {shape}")
        return given if shape is None else given.arranged(lambda part: part.reshape(shape))


def _stack(pairs):
    parts = ([getattr(p, part) for p in pairs] for part in ("value", "err", "size"))
    return Running(*map(np.stack, parts))


def _windows(a, rows, cols):
    """View all windows of a stack: (maps, places, places, N, rows, cols)."""
    return a.arranged(lambda stack: sliding_window_view(stack, (rows, cols), (1, 2)))


def _blocks(a, scale):
    maps, rows, cols, count = a.shape
    return a.reshape(maps, rows // scale, scale, cols // scale, scale, count)


def _rot180(k):
    return k[..., ::-1, ::-1]


def _columns(a):
    """Put the maps of each image below each other, each column by column."""
    return a.transpose(0, 2, 1, 3).reshape(-1, a.shape[3])


def _maps(columns, shape):
    maps, rows, cols, count = shape
    return columns.reshape(maps, cols, rows, count).transpose(0, 2, 1, 3)
