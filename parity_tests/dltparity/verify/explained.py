"""Which weight of a file explains that its saved outputs are others. Pure."""

import numpy as np

from .altered import altered, convolution


def explained(before, net):
    """Find the weight whose change gives the saved outputs, layer by layer.

    Parameters
    ----------
    before : Net
        The net before its last update.
    net : Net
        The saved one: a net of the toolbox's layers.

    Returns
    -------
    str
        The weight, its value in the file, and the one that the saved outputs tell; empty where a
        change of no single weight explains them.
    """
    for number, layer in enumerate(net.layers[1:], 2):
        for j, saved in enumerate(layer.a if layer.type == "c" else ()):
            own, below = before.layers[number - 1], net.layers[number - 2].a
            kernels = [own.k[i][j] for i in range(len(below))]
            inputs, weights = convolution(below, kernels, own.b[j])
            found = altered(inputs, weights, saved.ravel())
            if found:
                return _kernel(net, number, j, kernels[0].shape, found[0], found[1] - weights)
    inputs = np.vstack([net.fv, np.ones((1, net.fv.shape[1]))]).T
    for row, outputs in enumerate(net.o):
        weights = np.append(before.ffW[row], before.ffb[row])
        found = altered(inputs, weights, outputs)
        if found:
            return _output(net, row, found[0], found[1] - weights)
    return ""


def _kernel(net, number, j, shape, at, off):
    """Say it of a convolution layer's weight; the last one is the bias."""
    layer, size = net.layers[number - 1], shape[0] * shape[1]
    i, n = divmod(at, size)
    if at == len(off) - 1:
        return _wording(f"layers{{{number}}}.b{{{j + 1}}}", layer.b[j], off[at])
    u, v = np.unravel_index(n, shape, order="F")
    path = f"layers{{{number}}}.k{{{i + 1}}}{{{j + 1}}}({u + 1}, {v + 1})"
    return _wording(path, layer.k[i][j][u, v], off[at])


def _output(net, row, at, off):
    if at == len(off) - 1:
        return _wording(f"ffb({row + 1})", net.ffb[row, 0], off[at])
    return _wording(f"ffW({row + 1}, {at + 1})", net.ffW[row, at], off[at])


def _wording(place, held, off):
    held = float(np.ravel(held)[0])
    return f"{place} is {held!r} in the file; its saved outputs tell {held + off:.10g}"
