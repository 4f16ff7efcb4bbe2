"""The compiled engine against Octave itself, without the line-by-line functions between them."""

from contextlib import ExitStack, contextmanager

from dltcnn import MatlabError

from ..comparison.acnn_rows import compare_acnn
from ..comparison.rows import compare
from ..octave.blas import REFERENCE
from ..octave.errors import OctaveError
from ..original import cache
from ..traces import acnn, octave, port
from ..traces.references import open_reference


@contextmanager
def sessions():
    """Start Octave for either family.

    Yields
    ------
    dict of bool to Octave
        Whether for the acnn functions -> the session.

    Raises
    ------
    RequestError, NoOctave, NoBlas
        If the original, Octave or the reference BLAS is not here.
    """
    original = cache.require_original()
    with ExitStack() as stack:
        yield {
            name == "acnn": open_reference(name, REFERENCE, original, stack).session
            for name in ("original", "acnn")
        }


def compared(case, session):
    """Run a case in Octave and in the compiled engine: steps, a training and a test.

    Parameters
    ----------
    case : cases.Both
        The case.
    session : Octave
        That of its family.

    Returns
    -------
    values : int
        How many were compared.
    different : list of str
        What differs; empty where nothing does.
    """
    drawn = case.drawn
    try:
        if case.acnn:
            theirs, ours = acnn.octave_trace(session, drawn), acnn.port_trace(drawn, "auto")
            rows = [*compare_acnn(theirs, ours).values()]
        else:
            theirs = octave.octave_trace(session, "cnn", drawn)
            rows = compare(theirs, port.port_trace(drawn, engine="auto"))
    except (MatlabError, OctaveError) as error:
        return 0, [f"refused: {error}"]
    different = [row.field for row in rows if not row.same]
    return sum(row.values for row in rows), different if rows else ["nothing was compared"]
