"""Timing in turns, so that what disturbs one contestant disturbs the others too."""

import statistics
import time

import numpy as np

_SHORTEST = 0.02  # seconds that one measurement is to last at least
_ROUNDS = (3, 100)  # at least, at most


def timed(step, clock=time.perf_counter):
    """Make a contestant of a function: it takes a number of steps and returns their seconds."""

    def run(steps):
        began = clock()
        for _ in range(steps):
            step()
        return clock() - began

    return run


def alternate(contestants, seconds, clock=time.perf_counter):
    """Time contestants in turn, round by round.

    Parameters
    ----------
    contestants : dict of str to callable
        Name -> a function that takes so many steps and returns their seconds.
    seconds : float
        When to stop; a few rounds are made in any case.

    Returns
    -------
    dict of str to list of float
        Seconds per step, one number per round.
    """
    steps = {name: _steps(run) for name, run in contestants.items()}
    names, found = list(contestants), {name: [] for name in contestants}
    end, (least, most) = clock() + seconds, _ROUNDS
    for number in range(most):
        if number >= least and clock() >= end:
            break
        for name in names if number % 2 else reversed(names):
            contestants[name](steps[name])  # the others have been through the caches
            found[name].append(contestants[name](steps[name]) / steps[name])
    return found


def _steps(run):
    """Warm a contestant up; choose how many steps make a measurement long enough."""
    seconds = run(1)
    if seconds < _SHORTEST:
        seconds = run(1)
    return max(1, round(_SHORTEST / max(seconds, 1e-9)))


def median(values):
    """Return the median of some numbers."""
    return statistics.median(values)


def ratio(numerators, denominators):
    """Return the median of the ratios of two contestants, round by round, and its quartiles."""
    ratios = [a / b for a, b in zip(numerators, denominators, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return {"median": middle, "quartiles": [low, high]}


def slope(x, y):
    """Return the slope of a straight line through log x and log y, by least squares."""
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])
