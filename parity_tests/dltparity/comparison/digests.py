"""A field of which a recording has kept a digest and a sample -> a row."""

import math

import numpy as np

from ..traces.recording import sha256_of
from .fields import Row, class_or_size, compare_field, nans


def compare_digest(field, digest, port):
    """Compare the port's value of a field with a recording's digest of it.

    Parameters
    ----------
    field : str
        Its path.
    digest : recording.Digest
        What the recording has kept.
    port : numpy.ndarray
        The port's value.

    Returns
    -------
    Row
        As `fields.compare_field` gives it. Where the digests differ but the samples do not, one
        value is counted as different, by an unknown amount.
    """
    problem = class_or_size(np.empty(digest.shape, digest.dtype), port)
    if problem:
        return Row(field, problem=problem)
    size = math.prod(digest.shape)
    if sha256_of(port) == digest.sha256:
        return Row(field, size, nan=nans(port, port))
    sample = port.ravel(order="F")[digest.places]
    sampled = compare_field(field, digest.sample, sample, np.dtype(digest.dtype))
    if sampled.same:
        return Row(field, size, 1, math.inf, math.inf)  # somewhere outside the sample
    place = digest.places[sampled.index[0] - 1]
    index = tuple(int(n) + 1 for n in np.unravel_index(place, digest.shape, order="F"))
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
