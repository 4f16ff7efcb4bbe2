"""The quick engine's promise: the fields of the line-by-line port, with errors as small.

A step from the same weights is compared with its evaluation in extended precision, in two ways.
Each assignment must be within the rounding bound that follows from the engine's own earlier fields.
And the error of each field must be at most four times the line-by-line port's, or four unit
roundoffs of the step on absolute values.
"""

from collections import defaultdict
from dataclasses import replace
from itertools import count, islice

import numpy as np

from dltcnn import Net, OctaveRandom, Opts
from dltcnn.fast.batch import Crew
from dltcnn.fast.chain import read_chain
from dltcnn.fast.training import Training
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff, cnnsetup, cnntest, cnntrain
from dltcnn.value_semantics import unshared_copy

from ..cases.random_cnn import random_case
from ..cases.shorthand import build
from ..cases.standard import EXAMPLE, Case, standard
from ..compare.bound import step_errors
from ..compare.error_analysis import ratio
from ..compare.rows import compare
from ..compare.step_bounds import analyse
from ..traces.trace import field_name, net_fields, staged

ENGINES = ("exact", "fast")
_POINTS = 0.002  # by how much the test errors after an epoch may differ: 0.2 points


def gather(nets, source, progress):
    """Hold the quick engine to its promise.

    Parameters
    ----------
    nets : int
        How many random nets, besides the standard cases.
    source : str
        Real images for an epoch of training: 'digits' or the path of MNIST's files.
    progress : callable
        Called with a list of cases; yields from it.

    Returns
    -------
    dict
        "cases": an entry for each step; "fields": the largest ratios by class and field; "epoch":
        the results of an epoch of training with each engine; "verdict".
    """
    cases, worst = [], defaultdict(float)
    for case in progress([*_standard(), *random_nets(nets)]):
        entry, ratios = judge(case)
        cases.append(entry)
        for field, value in ratios.items():
            key = f"{case.class_name} {field_name(field)}"
            worst[key] = max(worst[key], value)
    after = epoch(source)
    kept = all(entry["verdict"] == "pass" for entry in (*cases, after))
    return {
        "cases": cases,
        "fields": dict(sorted(worst.items())),
        "epoch": after,
        "verdict": "pass" if kept else "fail",
    }


def _standard():
    """Return the standard cases with finite numbers; their first batches are used."""
    return [case for case in standard() if not case.special]


def random_nets(number):
    """Draw cases that the quick engine computes itself: with one class throughout."""
    drawn = (replace(random_case(seed), special=False) for seed in count())
    own = (
        case
        for case in drawn
        if case.x_class.startswith("float") and case.y_class == "float64" and "c" in case.layers
    )
    return list(islice(own, number))


def judge(case, shift=0.0):
    """Take the step of a case with both engines.

    Parameters
    ----------
    case : Case
        A case without special values.
    shift : float
        Added to the biases, to move the sigmoids away from zero.

    Returns
    -------
    entry : dict
        Its name, net, class, numbers of fields and values, largest ratios, verdict.
    ratios : dict of str to float
        Field -> error in units of what is promised for it.
    """
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, OctaveRandom(case.seed))
    for layer in (layer for layer in net.layers if layer.type == "c"):
        layer.b[:] = [b + shift for b in layer.b]
    x, y = case.x[:, :, : case.batchsize], case.y[:, : case.batchsize]
    return judge_step(case, net, x, y)


def judge_step(case, net, x, y):
    """Take a step from a net on some images with both engines; returns as `judge`."""
    exact, quick = (step(net, x, y, case.alpha, engine) for engine in ENGINES)
    weights = net_fields(net)
    arguments = case.spec, weights, x, y, case.alpha, case.class_name
    truth = analyse(*arguments)
    if trained := train_step(net, x, y, case.alpha):  # it leaves what cnnapplygrads leaves
        for side in (truth, exact):
            side |= {_training(field): side[field] for field in side if field.startswith("apply.")}
        quick |= {field: trained[field] for field in trained if field in exact}
    errors = step_errors(truth, case.class_name, exact, quick)
    ratios = {field: error.ratio for field, error in errors.items()}
    bounds = analyse(*arguments, feed=quick) if quick.keys() >= errors.keys() else {}
    assignments = [ratio(quick[field], running) for field, running in bounds.items()]
    problems = [f"{row.field}: {row.problem}" for row in compare(exact, quick) if row.problem]
    largest = max(ratios, key=ratios.get)
    kept = not problems and max(assignments) <= 1 and ratios[largest] <= 1
    entry = {
        "name": case.name,
        "layers": case.layers,
        "class": case.class_name,
        "fields": len(ratios),
        "values": sum(quick[field].size for field in ratios),
        "max_bound_ratio": max(assignments, default=None),
        "max_error_ratio": ratios[largest],
        "field": largest,
        "problems": problems,
        "verdict": "pass" if kept else "fail",
    }
    return entry, ratios


def step(net, x, y, alpha, engine):
    """Take one training step; return the fields by stage."""
    net = cnnbp(cnnff(net, x, engine=engine), y, engine=engine)
    return staged(net_fields(cnnapplygrads(net, Opts(alpha=alpha))))


def train_step(net, x, y, alpha):
    """Step as the quick cnntrain does between its first and its last batch.

    Returns
    -------
    dict of str to numpy.ndarray
        The weights; empty for a net that the quick engine leaves to the line-by-line port.
    """
    chain = read_chain(net, x)
    if chain is None:
        return {}
    with Crew(1) as crew:
        training = Training(unshared_copy(net), chain, x, y, Opts(alpha=alpha), crew)
        training.step(np.arange(x.shape[2]))
        return {f"train.{path}": value for path, value in net_fields(training.net).items()}


def _training(field):
    """Name the field of a training for a weight after a step."""
    return field.replace("apply.", "train.")


def epoch(source):
    """Train an epoch on real images with both engines, and step on from there.

    Parameters
    ----------
    source : str
        'digits' or the path of MNIST's files.

    Returns
    -------
    dict
        The entry of that step as in `judge`, and both test errors.
    """
    case = Case("after an epoch", EXAMPLE, source=source, images=0, batchsize=10, epochs=1)
    opts = Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    nets, er = {}, {}
    for engine in ENGINES:
        rng = OctaveRandom(case.seed)
        net = cnnsetup(Net(build(case.spec)), case.x, case.y, rng)
        nets[engine] = cnntrain(net, case.x, case.y, opts, rng, False, engine=engine)
        er[engine] = cnntest(nets[engine], case.test_x, case.test_y, engine=engine)[0]
    entry, _ = judge_step(case, nets["exact"], case.x[:, :, :50], case.y[:, :50])
    if abs(er["fast"] - er["exact"]) > _POINTS:
        entry["problems"].append("the test errors differ by more than 0.2 points")
        entry["verdict"] = "fail"
    images = {"train": case.x.shape[2], "test": np.shape(case.test_x)[2]}
    return entry | {"source": source, "images": images, "test_error": er}
