"""What the port computes for a case."""

from importlib import import_module
from unittest.mock import patch

import numpy as np

from dltcnn import Net, OctaveRandom, Opts, functions
from dltcnn.cnn.cnnff import cnnff as cnnff_by_lines
from dltcnn.cnn.cnntrain import cnntrain
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff, cnnsetup, cnntest

from ..cases.shorthand import build
from ..octave.values import matlab_array
from .trace import flat_parameters, net_fields, staged, unstack


def port_trace(case, test=cnntest, engine="lines"):
    """Run the port on a case.

    Parameters
    ----------
    case : Case
        The case.
    test : callable
        What judges the trained net, `test` of the reference: cnntest or acnntest. They differ in
        nets with a single output only.
    engine : {'lines', 'auto', 'compiled'}
        Who computes.

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
    found |= step(net, case, engine)
    found |= training(net, case, rng, test, engine)
    return found


def step(net, case, engine="lines"):
    """Forward, backward and update with the first batch."""
    n = case.batchsize
    net = cnnff(net, case.x[:, :, :n], engine=engine)
    net = cnnbp(net, case.y[:, :n], engine=engine)
    return staged(net_fields(cnnapplygrads(net, Opts(alpha=case.alpha))))


def training(net, case, rng, test=cnntest, engine="lines"):
    """Train, keep the weights as they are before each batch, and test."""
    fields = net_fields(net)
    opts = Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    if engine == "lines":
        net, photos = _by_lines(net, case, opts, rng)
    else:
        net, photos = _by_engine(net, case, opts, rng, engine)
    er, bad = test(net, case.test_x, case.test_y, engine=engine)
    return unstack(np.stack(photos, axis=1), fields) | trained(net, er, bad)


def _by_lines(net, case, opts, rng):
    """Train with the ported file itself; return the net, and the weights before each batch."""
    photos, module = [], import_module(cnntrain.__module__)

    def photographed(net, batch_x):
        photos.append(flat_parameters(net_fields(net)))
        return cnnff_by_lines(net, batch_x)

    with patch.object(module, "cnnff", photographed):
        return cnntrain(net, case.x, case.y, opts, rng, verbose=False), photos


def _by_engine(net, case, opts, rng, engine):
    """Train with an engine; return as `_by_lines`."""
    photos = [flat_parameters(net_fields(net))]

    def photograph(net, *_):
        photos.append(flat_parameters(net_fields(net)))

    arguments = net, case.x, case.y, opts, rng, False
    net = functions.cnntrain(*arguments, callback=photograph, engine=engine)
    return net, photos[:-1]


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
