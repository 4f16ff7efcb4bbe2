"""Two nets field by field: every bit, the class, the shape, and what kind of object holds it."""

import numpy as np

from dltcnn.matlab.struct import Struct

from ..comparison.fields import different_bits


def differences(expected, found):
    """Compare two nets, or two values of any kind that a net holds.

    Returns
    -------
    list of str
        The paths of the fields that differ, and how; empty where nothing does.
    """
    return list(_differences("net", expected, found))


def _differences(path, a, b):
    if isinstance(a, Struct):
        if type(a) is not type(b):
            yield f"{path}: {type(b).__name__}"
            return
        for name in sorted({*vars(a), *vars(b)}):
            if name not in vars(a) or name not in vars(b):
                yield f"{path}.{name}: only one side has it"
            else:
                yield from _differences(f"{path}.{name}", vars(a)[name], vars(b)[name])
    elif isinstance(a, list):
        if not isinstance(b, list) or len(a) != len(b):
            yield f"{path}: {len(a)} cells, and {len(b) if isinstance(b, list) else type(b)}"
            return
        for number, (one, other) in enumerate(zip(a, b, strict=True)):
            yield from _differences(f"{path}[{number}]", one, other)
    elif isinstance(a, str):
        if a != b:
            yield f"{path}: {a} and {b}"
    else:
        yield from _of_arrays(path, a, b)


def _of_arrays(path, a, b):
    if isinstance(a, np.ndarray) is not isinstance(b, np.ndarray):
        yield f"{path}: {type(a).__name__} and {type(b).__name__}"
        return
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype != b.dtype or a.shape != b.shape:
        yield f"{path}: {a.dtype} {a.shape} and {b.dtype} {b.shape}"
    elif count := int(np.sum(different_bits(a, b))):
        yield f"{path}: {count} of {a.size} values"
