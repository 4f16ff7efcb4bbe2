"""A whole training in extended precision, and how far rounding has led either side from it."""

from functools import lru_cache

import numpy as np

from dltcnn import Net, OctaveRandom, Opts, cnnsetup, cnntest, cnntrain

from .bounds import forward
from .layers import build
from .promise import Error, beginning, evaluated, step_errors, tested, trained_field
from .running import Running
from .trace import matlab_array, net_fields

LONGEST = 40  # batches: each takes up to seconds


def errors(case, name, reference, port):
    """Hold both sides' trained nets, losses and misclassified images against the true ones.

    Nothing is promised of these errors: training amplifies what rounding begins.

    Parameters
    ----------
    case : Case
        The case.
    name : str
        The reference: 'original', 'acnn' or 'recorded'.
    reference, port : dict of str to numpy.ndarray
        The traces. Fields that a recording has not kept whole are left out.

    Returns
    -------
    dict of str to promise.Error
        By field; those of 'test.er' and 'test.bad' are counted in images. Empty for special
        values, and for trainings of more than `LONGEST` batches.
    """
    fields, weights = _evaluated(case)
    found = step_errors(fields, case.class_name, reference, port)
    sides = [side.get("test.bad") for side in (reference, port)]
    if fields and all(isinstance(side, np.ndarray) for side in sides):
        bad = _misclassified(case, name, weights)
        found["test.bad"] = Error(*(_otherwise(side, bad) for side in sides), 1.0)
        found["test.er"] = Error(*(float(abs(side.size - bad.size)) for side in sides), 1.0)
    return found


def quick(case):
    """Train with the quick engine, tested as by the original; no fields where it refuses."""
    rng = OctaveRandom(case.seed)
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, rng)
    opts = Opts(alpha=case.alpha, batchsize=case.batchsize, numepochs=case.epochs)
    try:
        net = cnntrain(net, case.x, case.y, opts, rng, verbose=False, engine="fast")
        _, bad = cnntest(net, case.test_x, case.test_y, engine="fast")
    except ValueError:
        return {}
    fields = {f"trained.{path}": value for path, value in net_fields(net).items()}
    return fields | {"test.bad": matlab_array(bad + 1.0)}


@lru_cache(maxsize=2)
def _evaluated(case):
    """Train in extended precision; return the fields and the weights."""
    start, batches = beginning(case)
    if case.special or len(batches) > LONGEST:
        return {}, None
    weights, losses = dict(start), []
    for images in batches:
        step = evaluated(case, weights, images)
        weights |= {
            key.removeprefix("apply."): running.value
            for key, running in step.items()
            if key.startswith("apply.")
        }
        losses.append(step["bp.L"])
    fields = {trained_field(key): running for key, running in step.items()}
    return fields | {"trained.rL": _smoothed(losses)}, weights


def _smoothed(losses):
    """Return rL as cnntrain smooths the losses."""
    parts = []
    for part in ("value", "err", "size"):
        rL = [getattr(losses[0], part)]
        for loss in losses:
            rL.append(0.99 * rL[-1] + 0.01 * getattr(loss, part))
        parts.append(np.concatenate(rL, axis=1))
    return Running(*parts)


def _misclassified(case, name, weights):
    """Return the test images that the outputs assign to a wrong class, 0-based."""
    o = forward(case.spec, weights, case.test_x, case.class_name)["ff.o"]
    o, y = tested(o, case.test_y, name)
    return np.flatnonzero(np.argmax(o.value, axis=0) != np.argmax(y, axis=0))


def _otherwise(side, bad):
    """Count the images that a side classifies otherwise."""
    return float(np.setxor1d(side.ravel() - 1, bad).size)
