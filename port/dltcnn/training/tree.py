"""Structs and cell arrays as JSON beside arrays, and back: nothing in it is ever executed."""

import numpy as np

from ..matlab.struct import Cell, Scalar, Struct
from ..net import Layer, Net, Opts

_STRUCTS = {kind.__name__: kind for kind in (Net, Layer, Opts, Struct)}


def flatten(value, arrays, path="net"):
    """Take a value apart.

    Parameters
    ----------
    value : object
        Structs, cell arrays, lists, tuples, arrays, numbers, texts, logicals, None.
    arrays : list
        Gets its arrays.
    path : str
        Of the value, for the message.

    Returns
    -------
    object
        The rest, for JSON.

    Raises
    ------
    TypeError
        If something in it is of another kind: where, and what.
    """
    kind = type(value).__name__
    if isinstance(value, Struct) and _STRUCTS.get(kind) is type(value):
        fields = vars(value).items()
        return {kind: {name: flatten(item, arrays, f"{path}.{name}") for name, item in fields}}
    if type(value) in (list, tuple, Cell):
        items = [flatten(item, arrays, f"{path}[{i}]") for i, item in enumerate(value)]
        named = {"of": [value.name, value.depth]} if kind == "Cell" else {}
        return {kind: items, **named}
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        arrays.append(value)
        return {"array" if isinstance(value, np.ndarray) else "number": len(arrays) - 1}
    if type(value) is Scalar:
        return {"Scalar": float(value)}
    if value is None or type(value) in (bool, int, float, str):
        return value
    raise TypeError(f"{path} is of type {kind}, which a checkpoint cannot keep: remove that field")


def restore(told, arrays):
    """Put together what `flatten` took apart."""
    if not isinstance(told, dict):
        return told
    (kind, content), *_ = told.items()
    if kind in _STRUCTS:
        struct = object.__new__(_STRUCTS[kind])
        vars(struct).update({name: restore(item, arrays) for name, item in content.items()})
        return struct
    if kind in ("array", "number"):
        return arrays[content] if kind == "array" else arrays[content][()]
    if kind == "Scalar":
        return Scalar(content)
    items = [restore(item, arrays) for item in content]
    if kind == "Cell":
        return Cell(*told["of"], items)
    return tuple(items) if kind == "tuple" else items
