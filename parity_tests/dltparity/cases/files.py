"""A case in a file, so that it can be run again elsewhere."""

import json
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from ..errors import RequestError
from ..files import check_ends, write_json
from .standard import Case

SCHEMA = 1
_LONGEST = 100_000  # characters of a file; the longest layers take some hundred
_MOST_VALUES = 20_000_000  # weights, and activations of a batch
_MOST_STEPS = 100_000


def save(path, case):
    """Write a case.

    Parameters
    ----------
    path : Path
        Where to.
    case : Case
        The case.
    """
    write_json(path, as_dict(case), "--out")


def as_dict(case):
    """Return a case as JSON has it; a learning rate that is not finite becomes text."""
    content = asdict(case)
    if not np.isfinite(case.alpha):
        content["alpha"] = str(case.alpha)
    return {"schema": SCHEMA, **content}


def load(path):
    """Read a case.

    Parameters
    ----------
    path : Path or str
        A file that `save` wrote.

    Returns
    -------
    Case
        The case.

    Raises
    ------
    RequestError
        If the file is not a case; the error says what is wrong.
    """
    try:
        check_ends(path)
        with Path(path).open(encoding="utf-8") as file:
            text = file.read(_LONGEST + 1)
        if len(text) > _LONGEST:
            raise ValueError(f"it is longer than {_LONGEST:,} characters")
        content = json.loads(text)
    except OSError as error:
        raise RequestError(f"{path} cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise RequestError(f"{path} cannot be read as a case file: {error}") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise RequestError(
            f'{path} is no case file: expected an object with "schema": {SCHEMA}, '
            "as dltparity sweep writes it"
        )
    return from_dict({k: v for k, v in content.items() if k != "schema"}, path)


def from_dict(content, path):
    """Return the case that `as_dict` described; `path` is named where it is wrong."""
    types = {field.name: field.type for field in fields(Case)}
    unknown = sorted(content.keys() - types.keys())
    missing = sorted({"name", "layers"} - content.keys())
    if unknown or missing:
        wrong = f"unknown: {', '.join(unknown)}" if unknown else f"missing: {', '.join(missing)}"
        raise RequestError(f"{path}: {wrong}; the fields of a case are {', '.join(types)}")
    if content.get("alpha") in ("inf", "-inf", "nan"):
        content = content | {"alpha": float(content["alpha"])}
    for name, value in content.items():
        wanted = types[name]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (isinstance(value, wanted) if wanted is not float else number):
            raise RequestError(f"{path}: {name} is {value!r}, expected {wanted.__name__}")
    return _checked(Case(**content), path)


def _checked(case, path):
    """Refuse what cannot be drawn; what the toolbox refuses is compared like everything else."""
    try:
        case.spec  # noqa: B018 - refuses layers that are none
        classes = [np.dtype(name) for name in (case.x_class, case.y_class)]
    except (RequestError, TypeError) as error:
        raise RequestError(f"{path}: {error}") from None
    counts = {name: getattr(case, name) for name in ("rows", "cols", "classes", "batchsize")}
    if min(counts.values()) < 1 or case.seed < 0 or any(c.kind not in "fiub" for c in classes):
        raise RequestError(
            f"{path}: rows, cols, classes and batchsize must be at least 1, seed at least 0, "
            f"x_class and y_class numeric; got {counts}, {case.seed}, {classes[0]}, {classes[1]}"
        )
    values, steps = _size(case)
    if values > _MOST_VALUES or steps > _MOST_STEPS:
        raise RequestError(
            f"{path}: its images, weights and maps are {values:,} values and its training is "
            f"{steps:,} steps: expected at most {_MOST_VALUES:,} values and {_MOST_STEPS:,} steps"
        )
    return case


def _size(case):
    """Count what a case computes: values of images, weights and maps, and steps."""
    rows, cols, maps = case.rows, case.cols, 1
    values = rows * cols * (case.images + case.tests)
    for layer in case.spec[1:]:
        if layer["type"] == "s":
            rows, cols = (side // max(layer["scale"], 1) for side in (rows, cols))
        else:
            kernel, outputs = layer["kernelsize"], layer["outputmaps"]
            rows, cols = (max(side - kernel + 1, 0) for side in (rows, cols))
            values += kernel * kernel * maps * outputs
            maps = outputs
        values += rows * cols * maps * case.batchsize
    values += rows * cols * maps * case.classes + case.classes * case.images
    return values, case.epochs * -(-case.images // case.batchsize)
