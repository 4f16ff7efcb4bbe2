"""Both traces of an acnn case: setup, three steps field by field, a training and a test."""

import re

import numpy as np

from dltcnn import Net, OctaveRandom, Opts
from dltcnn.acnn.acnntrain import acnntrain as acnntrain_as_ported
from dltcnn.fields import FIELDS
from dltcnn.functions import acnnapplygrads, acnnbp, acnnff, acnnsetup, acnntest, acnntrain

from ..cases.shorthand import build
from ..octave.values import matlab_array
from .port import assign
from .trace import field_name, net_fields

STEPS = 3
EPOCHS = 2
_NORMALIZED = {"normalize": "set"}  # the earlier net

# What Octave runs; a case travels as the struct variable `in`, what comes back as `out`.
_RUN = """
    if isfield(in, 'earlier')
        old = acnnbp(acnnff(acnnsetup(in.earlier, in.x, in.y), in.x), in.y);
        for l = 1 : numel(old.layers)
            names = setdiff(fieldnames(old.layers{l}), fieldnames(in.earlier.layers{l}));
            for n = 1 : numel(names)
                in.net.layers{l}.(names{n}) = old.layers{l}.(names{n});
            end
        end
        in.net.mu = old.mu;
        in.net.sigma = old.sigma;
    end
    rand('state', in.seed);
    out.setup = acnnsetup(in.net, in.x, in.y);
    net = out.setup;
    for l = 1 : numel(in.put.layers)
        names = fieldnames(in.put.layers{l});
        for n = 1 : numel(names)
            net.layers{l}.(names{n}) = in.put.layers{l}.(names{n});
        end
    end
    if isfield(in.put, 'ffb')
        net.ffb = in.put.ffb;
    end
    out.step1 = acnnapplygrads(acnnbp(acnnff(net, in.x), in.y), in.opts);
    out.step2 = acnnapplygrads(acnnbp(acnnff(out.step1, in.x), in.y), in.opts);
    out.step3 = acnnapplygrads(acnnbp(acnnff(out.step2, in.x), in.y), in.opts);
    out.trained = acnntrain(net, in.x, in.y, in.opts);
    [out.test.er, out.test.bad] = acnntest(out.trained, in.x, in.y);
"""


def octave_trace(session, case):
    """Run an acnn case in Octave.

    Parameters
    ----------
    session : Octave
        A session with the acnn folder on its path.
    case : AcnnCase
        The case.

    Returns
    -------
    dict of str to numpy.ndarray
        Its trace; the stages are setup, step1 to step3, trained and test.
    """
    # Only names and sizes of the port's weights count here.
    fields = net_fields(_setup(case, OctaveRandom(case.seed)))
    found = rates(case, fields)
    alpha = found[""] if "" in found else {path[1:]: rate for path, rate in found.items()}
    poked = pokes(case, fields).items()
    given = {
        "net": {"layers": list(case.layers), **case.net},
        "x": case.x,
        "y": case.y,
        "seed": case.seed,
        "opts": {"alpha": alpha, "batchsize": case.batchsize, "numepochs": EPOCHS},
        "put": {"layers": [{} for _ in case.layers]},
        **{f"put.{path}": value for path, value in poked},
    }
    if case.earlier:
        given["earlier"] = {"layers": list(case.earlier), **_NORMALIZED}
    session.eval("clear('out', 'net');")
    session.give("in", given)
    session.eval(_RUN)
    return session.fields("out")


def port_trace(case, engine="lines"):
    """Run an acnn case in the port.

    Parameters
    ----------
    case : AcnnCase
        The case.
    engine : {'lines', 'auto', 'compiled'}
        Who computes.

    Returns
    -------
    dict of str to numpy.ndarray
        Its trace, with the stages of `octave_trace`.
    """
    net, fields, rng = prepared(case)
    found = {f"setup.{path}": value for path, value in fields.items()}
    opts = Opts(alpha=_struct(net, rates(case, fields)), batchsize=case.batchsize, numepochs=EPOCHS)
    step = net
    for number in range(1, STEPS + 1):
        step = acnnff(step, case.x, engine=engine)
        step = acnnapplygrads(acnnbp(step, case.y, engine=engine), opts)
        found |= {f"step{number}.{path}": value for path, value in net_fields(step).items()}
    if engine == "lines":  # the ported file itself, which the library's loop stands for
        trained = acnntrain_as_ported(net, case.x, case.y, opts, rng)
    else:
        trained = acnntrain(net, case.x, case.y, opts, rng, False, engine=engine)
    found |= {f"trained.{path}": value for path, value in net_fields(trained).items()}
    er, bad = acnntest(trained, case.x, case.y, engine=engine)
    return found | {"test.er": matlab_array(er), "test.bad": matlab_array(bad + 1.0)}


def prepared(case):
    """Set a net up and put logits and biases into it.

    Parameters
    ----------
    case : AcnnCase
        The case.

    Returns
    -------
    net : Net
        Ready for the first step.
    fields : dict of str to numpy.ndarray
        Its fields before these were put in.
    rng : OctaveRandom
        The generator after setup.
    """
    rng = OctaveRandom(case.seed)
    net = _setup(case, rng)
    fields = net_fields(net)
    for path, value in pokes(case, fields).items():
        assign(net, path, value)
    return net, fields, rng


def _setup(case, rng):
    net = Net(build(case.layers), **case.net)
    if case.earlier:
        _take_over(case, net)
    return acnnsetup(net, case.x, case.y, rng)


def _take_over(case, net):
    """Put what an earlier net holds after a step into one that is to be set up."""
    old = Net(build(case.earlier), **_NORMALIZED)
    old = acnnff(acnnsetup(old, case.x, case.y, OctaveRandom(0)), case.x, engine="lines")
    old = acnnbp(old, case.y, engine="lines")
    for layer, left, given in zip(net.layers, old.layers, case.earlier, strict=True):
        for name in vars(left).keys() - given.keys():
            setattr(layer, name, getattr(left, name))
    net.mu, net.sigma = old.mu, old.sigma


def pokes(case, fields):
    """Draw logits for the combination layers, whose own are all 0 after setup, and biases.

    With a spread of 800 most of the weights underflow.
    """
    rng = np.random.default_rng([case.seed, 11])
    poked = {}
    for path, value in sorted(fields.items()):
        if path.endswith(".c"):
            drawn = rng.standard_normal(value.shape) * rng.choice(case.logits)
            poked[path] = drawn + case.logits_at
    for path, value in sorted(fields.items()) if case.biases else ():
        if is_trained(path, case.layers) and field_name(path) in ("b", "ffb"):
            poked[path] = case.biases * rng.standard_normal(value.shape)
        elif field_name(path) == "beta":
            poked[path] = value * (1 + case.biases * rng.random(value.shape))
    return poked | case.put


def rates(case, fields):
    """Draw the learning rates: path below alpha (empty for a single rate) -> number or array.

    A field with rates of its own has an array as large as the weights, a number for them, or a
    number for a whole cell array.
    """
    if not case.per_weight:
        return {"": case.alpha}
    rng = np.random.default_rng([case.seed, 13])
    groups = {}
    for path in sorted(filter(is_weight, fields)):
        groups.setdefault("." + re.sub(r"(\{\d+\})+$", "", path), []).append(path)
    found = {}
    for whole, paths in groups.items():
        if rng.random() < 0.2:
            found[whole] = case.alpha * rng.random()
            continue
        for path in paths:
            shape = fields[path].shape if rng.random() < 0.7 else ()
            found[f".{path}"] = case.alpha * rng.random(shape)
    return found


def is_weight(path):
    """Tell whether a field of a net after setup is a weight."""
    name = field_name(path)
    return name in FIELDS and FIELDS[name].weight


def is_trained(path, layers):
    """Tell whether a field is a weight that training changes; the b of a plain average is not."""
    found = re.match(r"layers\{(\d+)\}", path)
    layer = layers[int(found[1]) - 1] if found else {}
    return is_weight(path) and (layer.get("type") != "s" or bool(layer.get("trainable")))


def _struct(net, found):
    """Put rates into a struct shaped like the net."""
    if "" in found:
        return found[""]
    alpha = net.copy()
    for path, rate in found.items():
        assign(alpha, path[1:], rate)
    return alpha
