"""The errors of the reference and of the port against extended precision."""

import re
from functools import lru_cache

import numpy as np

from dltcnn import Net, OctaveRandom
from dltcnn.functions import cnnsetup

from ..cases.shorthand import build
from ..comparison.error_analysis import extended, unit_roundoff
from ..traces.trace import net_fields

CLASSES = ("double", "single")


def gather(results):
    """Measure the errors.

    Parameters
    ----------
    results : list of CaseResult
        Cases with special values are left out: of them only the bits are promised.

    Returns
    -------
    dict
        'formats': class -> the format it is evaluated in. 'cases': an entry for each result; its
        'fields' are field -> the largest errors of the reference and of the port, all cells of a
        field together. An error is in unit roundoffs of the step on absolute values (of the last
        step, for a trained net; in images, for 'test'); it is None where there is none, and "Inf"
        where a value is not finite and should be. Empty without results.
    """
    cases = [_entry(result) for result in results if result.errors]
    return {"formats": {cls: _format(cls) for cls in CLASSES}, "cases": cases} if cases else {}


def _format(cls):
    dtype, unit = extended(cls)
    digits = np.finfo(dtype).nmant + 1
    return {
        "dtype": np.dtype(dtype).name,
        "significand": int(digits),
        "wider": bool(unit < unit_roundoff(cls)),
    }


def _entry(result):
    found = {}
    for field, error in (result.errors | result.trained_errors).items():
        _take(found, field, (error.reference, error.port), error.unit)
    rows = {row.field: row for row in result.rows}
    for field, (error, unit) in _setup_errors(result.case).items():
        same = field in rows and rows[field].same  # then its error is the port's
        _take(found, field, (error if same else None, error), unit)
    return {
        "name": result.case.name,
        "reference": result.reference,
        "blas": result.blas,
        "class": result.case.class_name,
        "fields": found,
    }


def _take(found, field, sides, unit):
    """Enter the errors of one cell into its field, "Inf" where a value is not finite."""
    if unit and np.isfinite(unit):
        name = re.sub(r"(\{\d+\})+$", "", field)
        before = found.get(name, [0.0] * len(sides))
        found[name] = [
            _larger(largest, error, unit) for largest, error in zip(before, sides, strict=True)
        ]


def _larger(largest, error, unit):
    """Return the larger of two errors; None where there is none, "Inf" where JSON has no number."""
    if largest is None or error is None:
        return None
    if largest == "Inf" or not np.isfinite(error):
        return "Inf"
    return max(largest, float(error / unit))


@lru_cache(maxsize=2)
def _setup_errors(case):
    """Return the port's error in the weights of cnnsetup, and its unit, by field."""
    port = net_fields(cnnsetup(Net(build(case.spec)), case.x, case.y, OctaveRandom(case.seed)))
    rng, found = OctaveRandom(case.seed), {}
    for path, fans, shape in _weights(case):
        exact, size = _uniform(rng.rand(*shape), fans)
        error = float(np.abs(port[path].astype(exact.dtype) - exact).max(initial=0))
        found[f"setup.{path}"] = error, unit_roundoff("double") * float(size.max(initial=0))
    return found


def _weights(case):
    """List the weights in the order in which cnnsetup draws them: path, fan in and out, size."""
    maps, side = 1, np.array([case.rows, case.cols])
    for number, layer in enumerate(case.spec, 1):
        if layer["type"] == "s":
            side = side // layer["scale"]
        elif layer["type"] == "c":
            size, outputs = layer["kernelsize"], layer["outputmaps"]
            for j in range(1, outputs + 1):
                for i in range(1, maps + 1):
                    fans = (maps + outputs) * size**2
                    yield f"layers{{{number}}}.k{{{i}}}{{{j}}}", fans, (size, size)
            side, maps = side - size + 1, outputs
    features = int(side.prod()) * maps
    yield "ffW", case.classes + features, (case.classes, features)


def _uniform(drawn, fans):
    """Evaluate cnnsetup's weights, and the same formula on absolute values."""
    wide = extended("double")[0]
    limit = 2 * np.sqrt(wide(6) / wide(fans))
    drawn = drawn.astype(wide)
    return (drawn - wide(0.5)) * limit, (drawn + wide(0.5)) * limit
