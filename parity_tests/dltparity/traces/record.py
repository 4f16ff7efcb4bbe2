"""Recordings of the original, for machines without it or without Octave."""

from contextlib import ExitStack

from .. import machine as provenance
from .. import report
from ..errors import ReferenceMissingError
from ..original import cache as upstream
from ..paths import matlab_ref
from . import recording
from .references import LiveSide


def record(cases, folder, progress):
    """Record what the original returns.

    Parameters
    ----------
    cases : list of Case
        What to record.
    folder : Path or None
        Where to; the recordings of the checkout by default.
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
    original = upstream.original()
    if original is None:
        raise ReferenceMissingError(
            "recordings are made of the original, which is not in the cache: run dltparity fetch"
        )
    folder = folder or matlab_ref() / "recordings"
    report.check_writable(folder)
    written = []
    with ExitStack() as stack:
        side = LiveSide.open("original", "reference", original, stack)
        where = {**provenance.machine(), **side.provenance(), "blas": side.blas}
        for case in progress(cases):
            path = folder / f"{case.name}.npz"
            recording.save(path, side.trace(case), where)
            written.append(path)
    return written
