"""What differs, judged by the noise: one-ulp changes drawn until they show something."""

import math

from ..noise import PERTURBATIONS, PERTURBATIONS_OF_A_PAIR
from . import judge

_DRAWS = (range(1, PERTURBATIONS + 1), range(PERTURBATIONS + 1, PERTURBATIONS_OF_A_PAIR + 1))


def judged(functions, pair, lists, theirs, ours):
    """Judge argument lists by a pair's promise.

    Parameters
    ----------
    functions : Matlab
        Octave's side, which is called again where noise is to be measured.
    pair : Pair
        The pair.
    lists : list of list
        The arguments.
    theirs, ours : list of Outcome
        What both sides did.

    Returns
    -------
    list of Judged
        One for each.
    """
    found = [judge.judge(a, b) for a, b in zip(theirs, ours, strict=True)]
    due = [n for n, each in enumerate(found) if each.verdict == judge.FAIL]
    if pair.promise != "noise":
        return found
    plain, moved = list(found), {n: [] for n in due}
    for seeds in _DRAWS:
        for seed in seeds if due else ():
            outcomes = functions.call(pair, [lists[n] for n in due], seed)
            for n, outcome in zip(due, outcomes, strict=True):
                moved[n].append(outcome)
        for n in due:
            found[n] = judge.by_noise(plain[n], theirs[n], ours[n], moved[n])
        due = [n for n in due if math.isinf(found[n].noise_ratio)]
    return found
