"""The port's training once more, batch by batch, each step from the weights kept before it."""

import numpy as np

from dltcnn import Net, Opts
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff
from dltcnn.matlab.operators import plus, times

from ..cases.shorthand import build
from ..octave.values import matlab_array
from ..traces.port import assign
from ..traces.trace import net_fields, parameters
from .fields import different_bits


def differences(case, trace, start, batches):
    """Find the fields whose bits are not those of a step from the weights before the batch.

    Parameters
    ----------
    case : Case
        The case.
    trace : dict of str to numpy.ndarray
        The port's trace.
    start : dict of str to numpy.ndarray
        The net's fields at the start.
    batches : list of numpy.ndarray
        The images of every batch.

    Returns
    -------
    set of str
        Fields of the training that differ anywhere.
    """
    found, paths = set(), parameters(start)
    photos = {path: _pages(trace, path, start) for path in paths}
    rL = trace["trained.rL"].reshape(-1)
    for number, images in enumerate(batches):
        net = _net(case, trace, start, photos, number)
        net = cnnff(net, case.x[:, :, images])
        net = cnnbp(net, case.y[:, images])
        fields = net_fields(cnnapplygrads(net, Opts(alpha=case.alpha)))
        for path in paths:
            if number + 1 < len(batches):
                field, there = f"train.{path}", photos[path][..., number + 1]
            else:
                field, there = f"trained.{path}", trace[f"trained.{path}"]
            if different_bits(fields[path].astype(float), there.astype(float)).any():
                found.add(field)
        smoothed = plus(times(0.99, rL[number]), times(0.01, net.L))
        if different_bits(matlab_array(smoothed), matlab_array(rL[number + 1])).any():
            found.add("trained.rL")
    return found


def _pages(trace, path, start):
    return trace[f"train.{path}"].reshape((*start[path].shape, -1))


def _net(case, trace, start, photos, number):
    """Make the net as it was before a batch; a trace keeps single weights as doubles."""
    net = Net(build(case.spec))
    for path, value in start.items():
        if path in photos:
            cls = value.dtype if number == 0 else trace[f"trained.{path}"].dtype
            value = np.ascontiguousarray(photos[path][..., number].astype(cls))
        kernels, whole = ".k{" in path, path in ("ffW", "ffb")
        if kernels or whole or ".b{" in path:
            assign(net, path, value if kernels or whole else value[0, 0])
    return net
