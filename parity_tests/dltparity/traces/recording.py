"""A trace on disk: what the original returned, kept small.

Fields of up to `WHOLE` values are kept whole, and so are those that the promise `bound` is computed
from. Of the others a digest and a sample are kept: one differing bit anywhere still shows, and the
sample shows values.
"""

import json
import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ..errors import RequestError
from . import npz
from .trace import digest, field_name

WHOLE = 512
SAMPLE = 24
_META = "__meta__"


@dataclass(frozen=True)
class Digest:
    """What is kept of a large field.

    Attributes
    ----------
    dtype, shape : str, tuple of int
        Class and size.
    sha256 : str
        Hash of the bytes, column by column, with every NaN the same.
    places : numpy.ndarray
        Where the sample was taken (column-major, 0-based, rising).
    sample : numpy.ndarray
        The values there.
    """

    dtype: str
    shape: tuple
    sha256: str
    places: np.ndarray
    sample: np.ndarray


def save(path, trace, provenance):
    """Write a trace.

    Parameters
    ----------
    path : Path
        A file ending in .npz.
    trace : dict of str to numpy.ndarray
        The trace.
    provenance : dict
        Where it comes from; JSON types.

    Raises
    ------
    RequestError
        If it cannot be written.
    """
    table, kept = [], defaultdict(list)  # one array per class: a file entry per field is large
    for field, value in trace.items():
        whole = value.size <= WHOLE or _starts_bounds(field)
        flat = value.ravel(order="F")
        kept[str(value.dtype)].append(flat if whole else flat[_places(field, value.shape)])
        sha256 = None if whole else sha256_of(value)
        table.append([field, str(value.dtype), list(value.shape), sha256])
    meta = json.dumps({"provenance": provenance, "fields": table}, sort_keys=True)
    arrays = {name: np.concatenate(parts) for name, parts in kept.items()}
    npz.save(path, {**arrays, _META: np.array(meta)}, "--out", compress=True)


def load(path):
    """Read a trace and its provenance.

    Parameters
    ----------
    path : Path
        A file that `save` wrote.

    Returns
    -------
    trace : dict of str to (numpy.ndarray or Digest)
        The trace.
    provenance : dict
        Where it comes from.

    Raises
    ------
    RequestError
        If the file is not a recording.
    """
    try:
        arrays = npz.load(path)
        meta = json.loads(str(arrays.pop(_META)))
        return dict(_fields(meta["fields"], arrays)), meta["provenance"]
    except Exception as error:  # damage shows in errors of many kinds
        raise RequestError(
            f"{path} cannot be read as a recording ({error}): "
            "restore it from version control, or make it anew with dltparity record"
        ) from None


def _fields(table, arrays):
    """Yield the fields of a recording, taking their values off the arrays one after the other."""
    start = dict.fromkeys(arrays, 0)
    for field, dtype, shape, sha256 in table:
        places = None if sha256 is None else _places(field, shape)
        stop = start[dtype] + (math.prod(shape) if places is None else len(places))
        values, start[dtype] = arrays[dtype][start[dtype] : stop], stop
        if places is None:
            yield field, values.reshape(shape, order="F")
        else:
            yield field, Digest(dtype, tuple(shape), sha256, places, values)


def _starts_bounds(field):
    """Tell whether bounds are computed from this field: losses, results, trained weights."""
    return field.startswith("test.") or (
        field.startswith("trained.") and field_name(field) in {"rL", "k", "b", "ffW", "ffb"}
    )


def _places(field, shape):
    """Choose the sample: evenly spaced, and all weights before the last batch of a training."""
    size = math.prod(shape)
    places = np.linspace(0, size - 1, min(SAMPLE, size)).astype(np.intp)
    if field.startswith("train.") and len(shape) == 3:
        places = np.union1d(places, np.arange(size - math.prod(shape[:2]), size))
    return places


def sha256_of(value):
    """Hash the class, the size and the bytes of one value, every NaN the same."""
    return digest({"": value})
