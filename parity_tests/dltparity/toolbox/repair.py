"""Which of the original's lines, put back into a copy, make its gradients right."""

from dataclasses import dataclass
from itertools import combinations

from ..octave.errors import OctaveDied
from . import source
from .copy import functions
from .gradient import NotMeasured, gradients

_MOST_TRIALS = 80
_PAIRS_OF = 8  # places of which all pairs are tried


@dataclass(frozen=True)
class Repair:
    """What came of putting lines back.

    Attributes
    ----------
    sets : tuple of tuple of source.Hunk
        The smallest sets of places that make the gradients right; empty where none does.
    places : int
        In how many places the passes differ from the original.
    trials : int
        Mixtures that were tried.
    smallest : bool
        Whether no smaller set does it; False where only this is known: none of its places can be
        left out.
    note : str
        What stood in the way.
    """

    sets: tuple
    places: int
    trials: int
    smallest: bool = True
    note: str = ""


class _Trials:
    """Mixtures of the copy and the original, each tried once."""

    def __init__(self, session, staged, cases, setup):
        self._session, self._staged = session, staged
        self._cases, self._setup = cases, setup
        self._original = staged.originals(["cnnsetup"])
        self.count = 0

    def right(self, hunks):
        """Whether the gradients are right with the original's lines in these places."""
        self.count += 1
        folder = self._staged.mixed(self.count, hunks)
        return self._holds(folder, trial=True) and self._holds(folder, trial=False)

    def _holds(self, folder, trial):
        self._session.give("dlt_front", str(folder))
        self._session.eval("addpath(dlt_front);")
        try:
            for case in self._cases:
                if not gradients(self._session, case, self._setup, self._original, trial).loss:
                    return False
        except (NotMeasured, OctaveDied):
            return False
        finally:
            self._session.give("dlt_front", str(folder))
            self._session.eval("rmpath(dlt_front);")
        return True


def places(copy, original):
    """List where the copy's passes, and what they call of the toolbox, differ from the original.

    Parameters
    ----------
    copy : Copy
        The copy.
    original : Path
        The original's folder.

    Returns
    -------
    list of source.Hunk
        The places, those of the backward pass first.
    """
    found = []
    for name in ("cnnbp", "cnnff", "sigm", "expand", "flipall"):
        if name in copy.files:
            theirs = source.read(original / functions()[name])
            found += source.hunks(f"{name}.m", copy.text(name), theirs)
    return found


def repair(session, staged, cases, setup=""):
    """Put the original's lines back one place at a time, then two, then as few as needed.

    Parameters
    ----------
    session : Octave
        A session with the staged copy on its path.
    staged : Staged
        The copy's folders.
    cases : list of Case
        Nets on which the gradients are wrong.
    setup : str
        The user's program.

    Returns
    -------
    Repair
        What was found.
    """
    found = places(staged.copy, staged.original)
    trials = _Trials(session, staged, cases, setup)
    if not found:
        return Repair((), 0, 0, note="the passes have the original's code: the fault is elsewhere")
    if not trials.right(found):
        note = "even with all of them put back the gradients are not right, or the copy stops"
        return Repair((), len(found), trials.count, note=note)
    for size in (1, 2) if len(found) <= _PAIRS_OF else (1,):
        if size >= len(found):
            break
        good = [each for each in combinations(found, size) if trials.right(each)]
        if good:
            return Repair(tuple(good), len(found), trials.count)
    least, certain = _shrunk(found, trials)
    return Repair((least,), len(found), trials.count, smallest=certain and len(least) <= 3)


def _shrunk(hunks, trials):
    """Leave places out, one after the other, as long as the gradients stay right."""
    kept = list(hunks)
    for hunk in hunks:
        if trials.count >= _MOST_TRIALS:
            return tuple(kept), False
        fewer = [each for each in kept if each != hunk]
        if fewer and trials.right(fewer):
            kept = fewer
    return tuple(kept), True
