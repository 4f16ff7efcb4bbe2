"""The values of one field of a case on both sides, around the place where they differ most."""

import re
from contextlib import ExitStack
from difflib import get_close_matches
from itertools import product

import numpy as np

from . import run
from .comparison.by_stage import number
from .comparison.fields import class_or_size, different_bits, hexadecimal
from .comparison.set_by import set_by
from .errors import RequestError
from .octave.errors import OctaveDied, OctaveError
from .traces.port import port_trace
from .traces.recording import Digest
from .traces.references import open_reference
from .traces.trace import field_name

SCHEMA = 1
# What is a number or has one dimension in Python, and two in MATLAB.
_NUMBERS = {"L", "b", "db", "er", "outputmaps", "kernelsize", "scale"}
_VECTORS = {"rL", "bad"}


def values(case, field, plan, engine, around):
    """Run a case, and take the values of a field around the worst place.

    Parameters
    ----------
    case : Case
        The case.
    field : str
        The field's path, as reports name it.
    plan : run.Plan
        The references; the first one is asked.
    engine : {'lines', 'compiled'}
        Who computes the port's side.
    around : int
        How far around the worst place, in rows and columns.

    Returns
    -------
    dict
        JSON types only.

    Raises
    ------
    RequestError
        If there is no such field, or the reference has kept no values of it.
    """
    with ExitStack() as stack:
        reference = open_reference(plan.names[0], plan.blas, plan.original, stack)
        try:
            theirs = reference.trace(case)
        except (OctaveError, OctaveDied) as error:
            raise RequestError(f"{case.name} has no values: the reference stops: {error}") from None
        if isinstance(theirs.get(field), Digest):
            raise RequestError(
                f"of {field} only the digest was recorded: its values can be shown with Octave "
                "only (--reference acnn or original)"
            )
        try:
            ours = port_trace(case, run.test_for(reference, case), engine)
        except Exception as error:  # whatever it is, it is the port's own
            wording = f"{type(error).__name__}: {error}"
            raise RequestError(f"{case.name} has no values: the port raises {wording}") from None
        _check(case, field, theirs, ours)
        result = run.against(reference, case, ours, figures=False)
    broken = {row.field for row in result.broken}
    about = {
        "schema": SCHEMA,
        "case": case.name,
        "field": field,
        "reference": reference.name,
        "blas": reference.blas,
        "engine": engine,
        "promise": result.promise,
        "ratio": number(result.ratios.get(field)),
        "verdict": "fail" if field in broken else "pass",
        "line": set_by(field, case.spec),
    }
    sides = [side.get(field) for side in (theirs, ours)]
    return about | _compared(field, *sides, around)


def _check(case, field, theirs, ours):
    """Refuse a field that neither side has."""
    if field not in theirs and field not in ours:
        known = {**theirs, **ours}
        named = [each for each in known if field_name(each) == field_name(field)]
        close = (named or get_close_matches(field, list(known), n=3, cutoff=0))[:3]
        raise RequestError(f"{case.name} has no field {field!r}: it has {', '.join(close)}, ...")


def _compared(field, theirs, ours, around):
    if theirs is None or ours is None:
        side = "reference" if theirs is None else "port"
        return _nothing(f"the {side} does not set this field")
    problem = class_or_size(theirs, ours)
    if problem:
        return _nothing(problem)
    marked = different_bits(theirs, ours)
    distance = _distance(theirs, ours, marked)
    if not theirs.size:
        return _nothing("it is empty on both sides") | {"size": list(theirs.shape)}
    rank = distance if marked.any() else np.nan_to_num(np.abs(theirs.astype(float)), posinf=0)
    worst = np.unravel_index(np.argmax(rank.ravel(order="F")), theirs.shape, order="F")
    return {
        "problem": None,
        "class": str(theirs.dtype),
        "size": list(theirs.shape),
        "different": int(marked.sum()),
        "values": [
            _value(field, index, theirs, ours, distance, index == tuple(map(int, worst)))
            for index in _near(tuple(map(int, worst)), theirs.shape, around)
        ],
    }


def _nothing(problem):
    return {"problem": problem, "class": None, "size": None, "different": None, "values": []}


def _distance(theirs, ours, marked):
    """Measure how far apart values are; where only one is finite, infinitely."""
    with np.errstate(all="ignore"):
        far = np.abs(theirs.astype(np.longdouble) - ours.astype(np.longdouble))
    return np.where(marked & ~np.isfinite(far), np.inf, np.where(marked, far, 0))


def _near(worst, shape, around):
    """List the places around one, in rows and columns, column by column."""
    rows, columns = (
        range(max(place - around, 0), min(place + around + 1, length))
        for place, length in zip(worst[:2], shape[:2], strict=True)
    )
    return [(row, column, *worst[2:]) for column, row in product(columns, rows)]


def _value(field, index, theirs, ours, distance, is_worst):
    a, b = theirs[index], ours[index]
    unit = float(np.spacing(np.abs(a))) if a.dtype.kind == "f" and np.isfinite(a) else None
    far = float(distance[index])
    return {
        "matlab": f"{field}({', '.join(str(n + 1) for n in index)})",
        "python": in_python(field, index),
        "reference": str(a),
        "reference_hex": hexadecimal(a),
        "port": str(b),
        "port_hex": hexadecimal(b),
        "difference": number(far),
        "ulps": number(far / unit) if unit else None,
        "worst": is_worst,
    }


def in_python(field, index):
    """Write a place of a field as Python does, counted from 0.

    Parameters
    ----------
    field : str
        Its path, such as ``bp.layers{2}.dk{1}{3}``.
    index : tuple of int
        From 0.

    Returns
    -------
    str
        Such as ``net.layers[1].dk[0][2][0, 4]``.
    """
    stage, _, rest = field.partition(".")
    name = re.sub(r"\{(\d+)\}", lambda found: f"[{int(found[1]) - 1}]", rest)
    if stage != "test":
        name = f"net.{name}"
    kind = field_name(field)
    place = (max(index),) if kind in _VECTORS else index[:2] if stage == "train" else index
    text = name if kind in _NUMBERS else f"{name}[{', '.join(map(str, place))}]"
    if stage == "train":  # the third dimension is time
        text += f" before batch {index[2] if len(index) > 2 else 0}"
    return text


def render(content):
    """Write the values for people.

    Parameters
    ----------
    content : dict
        From `values`.

    Returns
    -------
    str
        Some sentences, and two lines for each place.
    """
    line = f", set by {content['line']}" if content["line"] else ""
    head = [
        f"{content['field']} of {content['case']}{line}",
        f"{content['reference']} on the {content['blas']} BLAS against the port "
        f"({content['engine']}), by {content['promise']}",
    ]
    if content["problem"]:
        return "\n".join([*head, content["problem"]])
    size = "x".join(map(str, content["size"]))
    count = np.prod(content["size"], dtype=int)
    where = "the largest difference" if content["different"] else "the largest value"
    head.append(
        f"{size} {content['class']}: {content['different']:,} of {count:,} values differ; around "
        f"{where} (*):"
    )
    return "\n".join([*head, *(text for each in content["values"] for text in _lines(each))])


def _lines(value):
    mark = "*" if value["worst"] else " "
    ulps = f" ({value['ulps']:.3g} ulp)" if isinstance(value["ulps"], float) else ""
    far = f"  differ by {value['difference']}{ulps}" if value["difference"] else ""
    if value["reference_hex"] != value["port_hex"] and not far:
        far = "  differ in the sign of zero"
    yield f"{mark} {value['matlab']} = {value['python']}{far}"
    yield f"    reference {value['reference']:>25}  {value['reference_hex']}"
    yield f"    port      {value['port']:>25}  {value['port_hex']}"
