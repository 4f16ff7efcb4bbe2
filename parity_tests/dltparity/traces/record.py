"""Recordings of the original, for machines without it or without Octave."""

from contextlib import ExitStack

from .. import machine
from ..errors import ReferenceMissingError
from ..files import check_writable
from ..octave.blas import REFERENCE
from ..original import cache
from ..paths import matlab_ref
from . import recording
from .references import open_reference


def record(cases, folder, progress):
    """Record what the original returns.

    Parameters
    ----------
    cases : list of Case
        What to record.
    folder : Path or None
        Where to; None for the recordings of the checkout.
    progress : callable
        Yields from the list it is given.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    ReferenceMissingError
        If the original is not in the cache.
    """
    original = cache.original()
    if original is None:
        raise ReferenceMissingError(
            "recordings are made of the original, which is not in the cache: run dltparity fetch"
        )
    folder = folder or matlab_ref() / "recordings"
    check_writable(folder)
    written = []
    with ExitStack() as stack:
        reference = open_reference("original", REFERENCE, original, stack)
        where = {**machine.describe(), **reference.provenance(), "blas": reference.blas}
        for case in progress(cases):
            path = folder / f"{case.name}.npz"
            recording.save(path, reference.trace(case), where)
            written.append(path)
    return written
