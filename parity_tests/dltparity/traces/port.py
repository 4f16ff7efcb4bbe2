"""What the port computes for a case."""

from importlib import import_module
from unittest.mock import patch

import numpy as np

from dltcnn import Net, OctaveRandom, Opts
from dltcnn.cnn.cnntrain import cnntrain
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff, cnnsetup, cnntest

from ..cases.shorthand import build
from ..octave.values import matlab_array
from .trace import flat_parameters, net_fields, staged, unstack


def port_trace(case, test=cnntest):
    """Run the port on a case.

    Parameters
    ----------
    case : Case
        The case.
    test : callable
        What judges the trained net, `test` of the reference: cnntest or acnntest. They differ in
        nets with a single output only.

    Returns
    -------
    dict of str to numpy.ndarray
        Its trace.
    """
    rng = OctaveRandom(case.seed)
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, rng)
    fields = net_fields(net)
    found = {f"setup.{path}": value for path, value in fields.items()}
    for path, value in case.pokes(fields).items():
        assign(net, path, value)
    found |= step(net, case)
    found |= training(net, case, rng, test)
    return found


def step(net, case):
    """Forward, backward and update with the first batch."""
    n = case.batchsize
    net = cnnff(net, case.x[:, :, :n])
    net = cnnbp(net, case.y[:, :n])
    return staged(net_fields(cnnapplygrads(net, Opts(alpha=case.alpha))))


def training(net, case, rng, test=cnntest):
    """Train, keep the weights as they are before each batch, and test."""
    photos, fields = [], net_fields(net)
    module = import_module(cnntrain.__module__)

    def photographed(net, batch_x):
        photos.append(flat_parameters(net_fields(net)))
        return cnnff(net, batch_x)

    opts = Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    with patch.object(module, "cnnff", photographed):
        net = cnntrain(net, case.x, case.y, opts, rng, verbose=False)
    er, bad = test(net, case.test_x, case.test_y)
    return unstack(np.stack(photos, axis=1), fields) | trained(net, er, bad)


def trained(net, er, bad):
    """Return the fields of a trained net and of its test, under their names in a trace."""
    return {
        **{f"trained.{path}": value for path, value in net_fields(net).items()},
        "test.er": matlab_array(er),
        "test.bad": matlab_array(bad + 1.0),
    }


def assign(net, path, value):
    """Set a weight by its path."""
    *parts, last = [int(p) - 1 if p.isdigit() else p for p in _parts(path)]
    target = net
    for part in parts:
        target = target[part] if isinstance(part, int) else getattr(target, part)
    if isinstance(last, int):
        target[last] = value
    else:
        setattr(target, last, value)


def _parts(path):
    """Split ``layers{2}.k{1}{3}`` into its names and numbers."""
    return path.replace("{", ".").replace("}", "").split(".")
