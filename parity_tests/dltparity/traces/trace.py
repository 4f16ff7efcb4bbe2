"""A trace: what the reference or the port has computed for a case, as field path -> array.

A path is the stage that set the field and its name in MATLAB's terms, for example
``bp.layers{2}.dk{1}{3}``. Arrays have MATLAB's size: two dimensions at least, no trailing 1.
"""

import hashlib
import re

import numpy as np

from dltcnn.matlab.foreign import Foreign
from dltcnn.matlab.struct import Cell, Struct, StructArray

from ..octave.values import matlab_array

STAGES = ("setup", "ff", "bp", "apply", "train", "trained", "test")

_FF = {"a", "fv", "o", "A", "p", "pool"}
_BP = {"e", "L", "od", "fvd", "d", "dk", "db", "dffW", "dffb", "dA", "dc", "dbeta", "dW"}


def net_fields(net):
    """Flatten a `Net` into field path -> array, as Octave shows the same struct."""
    fields = {}
    for path, value in held_fields(net):
        _flatten(path, value, fields)
    return fields


def held_fields(net):
    """Yield path and value of each field of a `Net`: the layers' first, as they are held."""
    for number, layer in enumerate(net.layers, 1):
        for name, value in vars(layer).items():
            yield f"layers{{{number}}}.{name}", value
    yield from ((name, value) for name, value in vars(net).items() if name != "layers")


def _flatten(path, value, fields):
    if isinstance(value, Cell):
        for number, item in enumerate(value, 1):
            _flatten(f"{path}{{{number}}}", item, fields)
    elif isinstance(value, Struct):
        for name, item in vars(value).items():
            _flatten(f"{path}.{name}", item, fields)
    elif isinstance(value, StructArray):
        for number, item in enumerate(value, 1):
            _flatten(f"{path}({number})", item, fields)
    elif not isinstance(value, str | Foreign):  # these compute nothing here
        fields[path] = matlab_array(value)


def staged(fields):
    """Put the stage that set it in front of each path of an updated net."""
    return {f"{_stage(path)}.{path}": value for path, value in fields.items()}


def _stage(path):
    name = field_name(path)
    return "ff" if name in _FF else "bp" if name in _BP else "apply"


def field_name(path):
    """Return the last name of a path: ``bp.layers{2}.dk{1}{3}`` -> ``dk``."""
    return re.sub(r"\{\d+\}", "", path).rsplit(".", 1)[-1]


def flow_order(path):
    """Sort key: the order in which a step computes its fields."""
    stage, rest = path.split(".", 1)
    layer = int(found[1]) if (found := re.match(r"layers\{(\d+)\}", rest)) else None
    name = field_name(path)
    numbers = tuple(int(n) for n in re.findall(r"\{(\d+)\}", rest.split(".", 1)[-1]))
    if name in {"e", "L", "od", "fvd"}:
        rank = (0, ("e", "L", "od", "fvd").index(name))
    elif name == "d":
        rank = (1, -layer)
    elif layer is None and name in {"fv", "o", "dffW", "dffb", "ffW", "ffb", "rL", "er", "bad"}:
        rank = (3, ("fv", "o", "dffW", "dffb", "ffb", "ffW", "rL", "er", "bad").index(name))
    else:
        rank = (2, layer or 0)
    part = ("ff", "bp", "apply").index(_stage(rest)) if stage == "trained" else 0
    return (STAGES.index(stage), part, rank, name, numbers)


def parameters(fields):
    """List the paths of a net's weights: each layer's k and b, then ffW and ffb."""
    layered = [path for path in fields if re.match(r"layers\{\d+\}\.(k|b)\b", path)]
    return [*sorted(layered, key=_parameter_order), "ffW", "ffb"]


def _parameter_order(path):
    layer, *rest = (int(n) for n in re.findall(r"\{(\d+)\}", path))
    return (layer, ".k" not in path, rest)


def flat_parameters(fields):
    """Return all weights in one column of doubles, which hold single values exactly."""
    return np.concatenate(
        [np.ravel(fields[path], order="F").astype(float) for path in parameters(fields)]
    )


def unstack(columns, fields):
    """Split weights kept before each batch into fields with time as their third dimension.

    Parameters
    ----------
    columns : numpy.ndarray
        (weights, batches): one column of `flat_parameters` before each batch.
    fields : dict of str to numpy.ndarray
        The net's fields, for paths and sizes.

    Returns
    -------
    dict of str to numpy.ndarray
        ``train.<path>`` -> (rows, cols, batches), double.
    """
    found, start = {}, 0
    for path in parameters(fields):
        shape = fields[path].shape
        stop = start + fields[path].size
        stacked = columns[start:stop].reshape((*shape, -1), order="F")
        found[f"train.{path}"] = matlab_array(stacked)
        start = stop
    return found


def digest(trace):
    """Hash every path, class, size and bit of a trace (every NaN the same)."""
    total = hashlib.sha256()
    for path in sorted(trace):
        value = np.asfortranarray(trace[path]).astype(trace[path].dtype)
        if value.dtype.kind == "f":
            value[np.isnan(value)] = np.nan
        total.update(f"{path} {value.dtype} {value.shape}".encode())
        total.update(value.tobytes(order="F"))
    return total.hexdigest()
