"""A whole training in extended precision, and how far from it reference and port have come."""

from functools import lru_cache

import numpy as np

from .bound import Error, beginning, evaluated, step_errors, tested, trained_field
from .error_analysis import Running
from .step_bounds import forward

LONGEST = 40  # batches: each takes up to seconds


def errors(case, name, reference, port):
    """Measure the errors of trained nets, losses and misclassified images.

    No largest error is promised here, because training amplifies rounding errors.

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
    dict of str to bound.Error
        By field; those of 'test.er' and 'test.bad' are counted in images. Empty for special
        values, and for trainings of more than `LONGEST` batches.
    """
    fields, weights = _evaluated(case)
    found = step_errors(fields, case.class_name, reference, port)
    tests = [side.get(field) for side in (reference, port) for field in ("test.bad", "test.er")]
    if fields and all(isinstance(test, np.ndarray) for test in tests):
        found |= _test_errors(case, name, weights, reference, port)
    return found


def _test_errors(case, name, weights, *sides):
    """Count the images in which each test is wrong; empty where an output is not finite."""
    o = forward(case.spec, weights, case.test_x, case.class_name)["ff.o"]
    if not np.isfinite(o.value).all():
        return {}
    o, y = tested(o, case.test_y, name)
    bad = np.flatnonzero(np.argmax(o.value, axis=0) != np.argmax(y, axis=0)) + 1
    images = case.test_y.shape[1]
    sets = (float(np.setxor1d(side["test.bad"], bad).size) for side in sides)
    shares = (float(abs(side["test.er"].item() * images - bad.size)) for side in sides)
    return {"test.bad": Error(*sets, 1.0), "test.er": Error(*shares, 1.0)}


@lru_cache(maxsize=2)
def _evaluated(case):
    """Train in extended precision; return the fields and the weights, or nothing and None."""
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
