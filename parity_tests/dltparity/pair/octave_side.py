"""The .m function: called in Octave on many argument lists at a time."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from ..lines import octave_side as lines
from ..octave.errors import OctaveDied, OctaveError
from ..octave.session import Octave
from .values import Outcome

_BATCH = 50
_SHARE = 0.5  # of a call's time, after which a batch ends: the last call has the whole of it
_UNDEFINED = "Octave:undefined-function"
_DEATHS = 3  # calls that may end Octave before the rest is given up


class Matlab:
    """The functions of a file of pairs in an Octave session.

    Parameters
    ----------
    session : Octave
        A session with the folders on its path.
    progress : Path
        A file of this session's own that tells which call is running.
    """

    def __init__(self, session, progress):
        self._session, self._progress = session, progress
        self._deaths = {}

    def info(self):
        """Return what the session says of itself, as `Octave.info`."""
        return self._session.info()

    def call(self, pair, lists, seed=0):
        """Call a pair's function on argument lists.

        Parameters
        ----------
        pair : Pair
            The pair.
        lists : list of list
            The arguments.
        seed : int
            Of one-ulp changes of the arguments; 0 for none.

        Returns
        -------
        list of Outcome
            One for each list.
        """
        found = []
        while len(found) < len(lists):
            if self._deaths.get(pair.name, 0) >= _DEATHS:
                why = f"is not called again: {_DEATHS} calls did not return"
                found += [Outcome(False, message=why, ended=True)] * (len(lists) - len(found))
                break
            found += self._some(pair, lists[len(found) : len(found) + _BATCH], seed)
        return found

    def watched(self, pair, arguments, file):
        """Call a pair's function once and return what the statements of its file did.

        Parameters
        ----------
        pair : Pair
            The pair.
        arguments : list
            The arguments.
        file : Path
            The function's .m file.

        Returns
        -------
        list of lines.steps.Event
            In order.

        Raises
        ------
        ValueError, TypeError, OctaveError, OctaveDied
            If the file cannot be watched.
        """
        with lines.watched(self._session, file) as kept:
            self._batch(pair, [arguments], 0)
            return kept()

    def _some(self, pair, lists, seed):
        try:
            return self._batch(pair, lists, seed)
        except OctaveDied as error:
            running = self._running()
            if running is None:  # it died before the first call
                raise
            self._deaths[pair.name] = self._deaths.get(pair.name, 0) + 1
            before = self._batch(pair, lists[: running - 1], seed) if running > 1 else []
            reason = str(error).split(";")[0].removeprefix("Octave ")
            if "did not answer" in reason:
                reason = f"did not return within {pair.seconds:g} s"
            if len(before) < running - 1:  # there was no time for all of them: they come again
                return before
            return [*before, Outcome(False, message=reason, ended=True)]

    def _running(self):
        try:
            number = int(self._progress.read_text() or 0)
        except (OSError, ValueError):
            return None
        return number or None

    def _batch(self, pair, lists, seed):
        session = self._session
        self._progress.write_text("")
        try:
            session.eval("clear('-all');")
            session.give("dlt_in", {"k": lists})
            session.give("dlt_name", pair.matlab)
            session.give("dlt_progress", str(self._progress))
            numbers = [float(pair.outputs), float(seed), pair.seconds * _SHARE]
            session.give("dlt_numbers", np.array([numbers]))
            session.eval("dlt_numbers = num2cell(dlt_numbers);")
            session.eval("dlt_pair(dlt_name, dlt_numbers{:}, dlt_progress);")
            heads = session.pull("dlt_heads")
            arrays = session.fields("dlt_leaves")
        except OctaveError as error:
            return [Outcome(False, message=str(error), ended=True)] * len(lists)
        return _outcomes(heads, arrays)


def _outcomes(heads, arrays):
    """Read what dlt_pair keeps: as many outcomes as there was time for."""
    found, number = [], 0
    for head in heads.split("\n"):
        k, kind, *rest = head.split("\t")
        if kind == "returns":
            found.append(Outcome(True))
        elif kind == "raises":
            place, identifier, message = rest
            wording = f"{place}: {message}" if place else message
            found.append(Outcome(False, message=wording, missing=identifier == _UNDEFINED))
        else:
            number += 1
            path, cls = rest
            found[int(k) - 1].arrays[path] = (cls, arrays[f"v{{{number}}}"])
    return found


@contextmanager
def matlab(folders, seconds):
    """Open a session for the functions of some folders.

    Parameters
    ----------
    folders : iterable of Path
        For Octave's path.
    seconds : float
        After which a call is ended.

    Yields
    ------
    Matlab
        Its functions.
    """
    with (
        TemporaryDirectory(prefix="dltparity-pair-") as scratch,
        Octave(paths=folders, timeout=(1 + _SHARE) * seconds) as session,
    ):
        yield Matlab(session, Path(scratch, "running"))
