"""A trace on disk: what the original returned, kept small.

Fields of up to `WHOLE` values are kept whole, and so are those that the promise `bound` starts
from; of others the digest of all bytes and a sample, so that one differing bit still shows, with
the values at the sampled places.
"""

import hashlib
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import expit

from ..compare.rows import Row, class_or_size, compare_field
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
        Of the bytes, columns first, every NaN the same.
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

    def row(self, field, port):
        """Compare with the port's value, as `compare.compare_field` does.

        Where the digests differ but the sample does not, one value is counted as different, by an
        unknown amount.
        """
        problem = class_or_size(np.empty(self.shape, self.dtype), port)
        if problem:
            return Row(field, problem=problem)
        size = math.prod(self.shape)
        if _sha256(port) == self.sha256:
            return Row(field, size)
        sample = port.ravel(order="F")[self.places]
        sampled = compare_field(field, self.sample, sample, np.dtype(self.dtype))
        if sampled.same:
            return Row(field, size, 1, math.inf, math.inf)  # somewhere outside the sample
        place = self.places[sampled.index[0] - 1]
        index = tuple(int(n) + 1 for n in np.unravel_index(place, self.shape, order="F"))
        return Row(
            field,
            size,
            sampled.different,
            sampled.max_abs,
            sampled.max_ulp_of_scale,
            index=index,
            reference=sampled.reference,
            port=sampled.port,
        )


def save(path, trace, provenance):
    """Write a trace.

    Parameters
    ----------
    path : Path
        A file ending in .npz; written beside and renamed.
    trace : dict of str to numpy.ndarray
        The trace.
    provenance : dict
        Where it comes from; JSON types.
    """
    table, kept = [], defaultdict(list)  # one array per class: a file entry per field is large
    for field, value in trace.items():
        whole = value.size <= WHOLE or _starts_bounds(field)
        flat = value.ravel(order="F")
        kept[str(value.dtype)].append(flat if whole else flat[_places(field, value.shape)])
        digest = None if whole else _sha256(value)
        table.append([field, str(value.dtype), list(value.shape), digest])
    meta = json.dumps({"provenance": provenance, "fields": table}, sort_keys=True)
    arrays = {name: np.concatenate(parts) for name, parts in kept.items()}
    part = Path(path).with_suffix(".part")
    with part.open("wb") as file:
        np.savez_compressed(file, **arrays, **{_META: np.array(meta)})
    part.replace(path)


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
    except (OSError, ValueError, KeyError) as error:
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


def libm_fingerprint():
    """Hash the bits of this machine's exp and logistic function over a fixed vector.

    Returns
    -------
    str
        Sixteen hexadecimal digits. Where it differs, a recording made elsewhere may differ too.
    """
    x = np.linspace(-40, 40, 8001)
    exp = np.array([math.exp(v) for v in x])
    values = [exp, expit(x), np.exp(x.astype(np.complex64)).real, expit(x.astype(np.float32))]
    return hashlib.sha256(b"".join(v.tobytes() for v in values)).hexdigest()[:16]


def _starts_bounds(field):
    """Whether bounds are worked out from this field: losses, results, trained weights."""
    return field.startswith("test.") or (
        field.startswith("trained.") and field_name(field) in {"rL", "k", "b", "ffW", "ffb"}
    )


def _places(field, shape):
    """Choose the sample: evenly spaced, and of a training all weights before the last batch."""
    size = math.prod(shape)
    places = np.linspace(0, size - 1, min(SAMPLE, size)).astype(np.intp)
    if field.startswith("train.") and len(shape) == 3:
        places = np.union1d(places, np.arange(size - math.prod(shape[:2]), size))
    return places


def _sha256(value):
    return digest({"": value})
