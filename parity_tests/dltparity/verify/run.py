"""A user's net -> what is to be reported of it."""

import hashlib
from itertools import pairwise
from pathlib import Path

from dltcnn import OctaveRandom, functions

from .. import machine
from ..octave.errors import OctaveDied, OctaveError
from ..octave.session import Octave
from ..original.cache import octave_paths, original
from ..traces.references import acnn_folder
from ..traces.trace import net_fields
from . import altered, read
from .stages import Stages, chosen, judge_port, judge_saved

_BACK = (
    *("e", "L", "od", "fvd", "d", "dk", "db", "dffW", "dffb"),
    *("dA", "dc", "dbeta", "dW"),  # of acnn's layers
)
_OF_OUTPUTS = ("e", "L", "od", "dffW", "dffb")  # no weight is in these
_FORWARD = ("a", "fv", "o", "A", "p", "pool")
_SECONDS = 120
_ACNN = "what a file holds of a batch is judged for nets of the cnn functions"
_TARGETS = """
    y = net.o - net.e; r = round(y); same = (net.o - r) == net.e; y(same) = r(same);
"""
_UNDO = """
    before = net;
    for l = 2 : numel(net.layers)
        if isfield(net.layers{l}, 'dk')
            for i = 1 : numel(net.layers{l}.dk)
                for j = 1 : numel(net.layers{l}.dk{i})
                    old = net.layers{l}.k{i}{j} + alpha * net.layers{l}.dk{i}{j};
                    before.layers{l}.k{i}{j} = old;
                end
            end
            for j = 1 : numel(net.layers{l}.db)
                before.layers{l}.b{j} = net.layers{l}.b{j} + alpha * net.layers{l}.db{j};
            end
        end
    end
    before.ffW = net.ffW + alpha * net.dffW;
    before.ffb = net.ffb + alpha * net.dffb;
"""


def run(path, name=None, data=None, opts=None):
    """Verify a net.

    Parameters
    ----------
    path, data, opts : Path
        The net's file, and those of data and options where there are any.
    name : str, optional
        The net's variable.

    Returns
    -------
    dict
        JSON types only.

    Raises
    ------
    RequestError
        If a file does not hold what it should.
    """
    given = read.read(path, name, data, opts)
    source = original()
    family = "acnn" if source is None or _needs_acnn(given.net) else "cnn"
    folders = [acnn_folder()] if family == "acnn" else octave_paths(source)
    stages = Stages()
    with Octave(paths=folders, timeout=_SECONDS) as session:
        about = session.info()
        for stage in (_evidence, _forward, _data):
            try:
                stage(session, given, family, stages)
            except (OctaveError, OctaveDied) as error:
                stages.skip(stage.__name__.strip("_"), f"Octave: {error}")
    broken = any(each["verdict"] == "fail" for each in stages.judged)
    verdict = "fail" if broken else "pass" if stages.judged else "not measured"
    return {
        "schema": 1,
        "file": str(path),
        "verdict": verdict,
        "writer": given.writer,
        "family": family,
        "stages": stages.judged,
        "not_judged": stages.not_judged,
        "notes": given.notes,
        "provenance": {**machine.describe(), "octave": about["version"], "blas": about["blas"]},
        "files": [
            {"path": str(each), "sha256": hashlib.sha256(Path(each).read_bytes()).hexdigest()}
            for each in (path, data, opts, *_sources(folders))
            if each is not None
        ],
    }


def _sources(folders):
    return sorted(file for folder in folders for file in folder.glob("*.m"))


def _needs_acnn(net):
    """Whether only the acnn functions take a net."""
    kinds = [layer.type for layer in net.layers]
    own = {"activation", "normalize"} & vars(net).keys()
    in_a_row = any(a == b == "c" for a, b in pairwise(kinds))
    return bool(own or in_a_row or set(kinds) - {"i", "c", "s"})


def _evidence(session, given, family, stages):
    """Recompute what the file holds of its last backward pass.

    Deltas and kernels' gradients went through the weights before the last update: they need it
    undone.
    """
    name = "backward pass of the last batch"
    if family == "acnn":
        stages.skip(name, _ACNN)
        return
    if not {"o", "e"} <= vars(given.net).keys():
        stages.skip(name, "the file holds no o and e of a batch")
        return
    names, before, undo = _BACK, given.net, "before = net;"
    if _alpha(given) is None:
        stages.skip(f"{name}: fvd, d, dk and db", "give --opts with the learning rate alpha")
        names = _OF_OUTPUTS
    elif "dffW" in vars(given.net):
        before, undo = _undone(given.net, _alpha(given)), _UNDO
        session.give("alpha", float(_alpha(given)))
    session.give("net", given.net)
    session.eval(f"{undo} {_TARGETS} back = {family}bp(before, y);")
    saved = chosen(net_fields(given.net), names)
    theirs = chosen(session.fields("back"), names)
    again = f"back = {family}bp(dlt_perturb(before, %d), y);"
    judge_saved(session, stages, name, saved, theirs, again, "back", names)
    net = getattr(functions, f"{family}bp")(before, session.pull("y"))
    judge_port(stages, name, theirs, chosen(net_fields(net), names))


def _forward(session, given, family, stages):
    """Undo the last update and go forward: that must give the saved outputs."""
    name = "forward pass of the last batch, its update undone"
    if family == "acnn":
        stages.skip(name, _ACNN)
        return
    if not ({"o", "dffW"} <= vars(given.net).keys() and given.net.layers[0].a):
        stages.skip(name, "the file holds no batch, outputs and gradients")
        return
    if _alpha(given) is None:
        stages.skip(name, "give --opts with the learning rate alpha")
        return
    session.give("net", given.net)
    session.give("alpha", float(_alpha(given)))
    session.eval(f"{_UNDO} x = net.layers{{1}}.a{{1}}; step = {family}ff(before, x);")
    saved = chosen(net_fields(given.net), _FORWARD)
    theirs = chosen(session.fields("step"), _FORWARD)
    again = f"step = {family}ff(dlt_perturb(before, %d), x);"
    kept = judge_saved(session, stages, name, saved, theirs, again, "step", _FORWARD)
    before = _undone(given.net, _alpha(given))
    net = getattr(functions, f"{family}ff")(before, before.layers[0].a[0])
    judge_port(stages, name, theirs, chosen(net_fields(net), _FORWARD))
    if not kept:
        said = _explain(before, net, given.net)
        stages.judged[-2]["note"] = said or stages.judged[-2]["note"]


def _alpha(given):
    return None if given.opts is None else vars(given.opts).get("alpha")


def _undone(net, alpha):
    """Return a net as it was before its last update, as far as rounding lets it."""
    net = net.copy()
    for layer in net.layers[1:]:
        for i, row in enumerate(layer.dk):
            for j, gradient in enumerate(row):
                layer.k[i][j] = layer.k[i][j] + alpha * gradient
        for j, gradient in enumerate(layer.db):
            layer.b[j] = layer.b[j] + alpha * gradient
    net.ffW = net.ffW + alpha * net.dffW
    net.ffb = net.ffb + alpha * net.dffb
    return net


def _explain(before, net, saved):
    """Say which weight explains the first map that is not what was saved."""
    for number, layer in enumerate(net.layers[1:], 2):
        for j, each in enumerate(layer.a):
            far = abs(each - saved.layers[number - 1].a[j]).max()
            if far > 1e3 * 2.0**-52 and layer.type == "c":
                below = saved.layers[number - 2].a
                own = before.layers[number - 1]
                kernels = [own.k[i][j] for i in range(len(below))]
                wanted = saved.layers[number - 1].a[j]
                found = altered.altered(below, kernels, own.b[j], wanted)
                return "; ".join(_altered(number, j, *each, saved) for each in found)
    return ""


def _altered(layer, j, i, at, value, told, saved):
    if not i:
        return f"layers{{{layer}}}.b{{{j + 1}}} is off by {value - told:.6g}"
    place = ", ".join(str(n + 1) for n in at)
    held = float(saved.layers[layer - 1].k[i - 1][j][at])
    return (
        f"layers{{{layer}}}.k{{{i}}}{{{j + 1}}}({place}) is {held!r} in the file; its saved "
        f"activations tell {held - (value - told):.10g}"
    )


def _data(session, given, family, stages):
    """Go forward and back on the user's data, train and test, in Octave and in the port."""
    names = ("forward pass on the data", "backward pass on the data", "test on the data")
    if given.x is None:
        for each in names:
            stages.skip(each, "give --data")
        return
    ported = {stem: getattr(functions, f"{family}{stem}") for stem in ("ff", "bp", "test", "train")}
    session.give("net", given.net)
    session.give("x", given.x)
    session.give("y", given.y)
    session.eval(
        f"step = {family}bp({family}ff(net, x), y);"
        f"tested = struct(); [tested.er, tested.bad] = {family}test(net, x, y);"
    )
    net = ported["bp"](ported["ff"](given.net, given.x), given.y)
    theirs, ours = session.fields("step"), net_fields(net)
    judge_port(stages, names[0], chosen(theirs, _FORWARD), chosen(ours, _FORWARD))
    judge_port(stages, names[1], chosen(theirs, _BACK), chosen(ours, _BACK))
    er, bad = ported["test"](given.net, given.x, given.y)
    tested = session.fields("tested")
    judge_port(stages, names[2], tested, _tested(er, bad, tested))
    stages.judged[-1]["note"] = (
        f"er {float(er):.6g}; {len(bad)} wrong: "
        + ", ".join(str(int(each) + 1) for each in bad[:20])
        + ("" if len(bad) <= 20 else f" and {len(bad) - 20} more")
    )
    _train(session, given, family, stages, ported["train"])


def _tested(er, bad, like):
    return {"er": er, "bad": (bad + 1.0).reshape(like["bad"].shape)}


def _train(session, given, family, stages, train):
    needed = {"alpha", "batchsize", "numepochs"}
    if given.opts is None or not needed <= vars(given.opts).keys():
        stages.skip("training on the data", "give --opts with alpha, batchsize and numepochs")
        return
    session.give("opts", given.opts)
    session.eval(f"rand('state', 0); trained = {family}train(net, x, y, opts);")
    net = train(given.net, given.x, given.y, given.opts, OctaveRandom(0), verbose=False)
    judge_port(stages, "training on the data", session.fields("trained"), net_fields(net))
