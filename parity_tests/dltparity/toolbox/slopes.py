"""Losses along a line -> its slope, how well it is known, and whether a gradient has it. Pure."""

from dataclasses import dataclass, field, replace

import numpy as np

# Moves of a parameter, up and down: the slope is taken where two neighbours agree best.
STEPS = 2.0 ** -np.array([7, 9, 11, 13, 15])
LOSSES = ("L", "the squared error", "the cross-entropy", "the two-sided cross-entropy")

# The estimate of a slope's error is good to about one digit.
ALLOWED = 2.0**-26  # relative error of a gradient: the square root of eps
_SAFETY = 10
_WORSE = 1000  # times the usual error of a group: such a slope tells nothing
_ROUNDINGS = 4  # of a loss: what is lost in one evaluation, in units of its last place


@dataclass(frozen=True)
class Slope:
    """A slope by numerical differences.

    Attributes
    ----------
    value, error : float
        The slope, and about how far off it may be.
    kink : bool
        Whether the loss bends there, so that it has no slope.
    """

    value: float
    error: float
    kink: bool = False


def slope(here, up, down, eps):
    """Take the slope of a loss from its values at `STEPS` up and down.

    Parameters
    ----------
    here : float
        The loss without a move.
    up, down : numpy.ndarray
        The loss after the moves, (steps,).
    eps : float
        The relative spacing of the loss's class.

    Returns
    -------
    Slope
        From the two neighbouring steps that agree best; NaN where nothing is finite.
    """
    with np.errstate(all="ignore"):
        central = (up - down) / (2 * STEPS)
        bend = (up - 2 * here + down) / STEPS  # shrinks with the step, but for a kink
        noise = _ROUNDINGS * eps * np.maximum(np.abs(up), np.abs(down)) / STEPS
    best = Slope(np.nan, np.inf)
    for wide, narrow in zip(range(len(STEPS) - 1), range(1, len(STEPS)), strict=True):
        value = central[narrow] + (central[narrow] - central[wide]) / 15
        error = abs(central[narrow] - central[wide]) / 15 + noise[narrow]
        if np.isfinite(error) and error < best.error:
            level = 2 * (noise[narrow] + noise[wide])
            kink = abs(bend[narrow]) > max(abs(bend[wide]) / 2, level)
            best = Slope(float(value), float(error), bool(kink))
    return best


@dataclass
class Group:
    """A group of parameters and its gradient.

    Attributes
    ----------
    name : str
        Such as ``layers{2}.k`` or ``ffW``.
    gradient : str
        The field that holds its gradient, such as ``layers{2}.dk``.
    checked, kinks : int
        Numbers held against numerical differences; numbers left out because the loss bends there.
    verdicts : dict of str to str
        Loss to 'right', 'wrong' or 'not judged'.
    errors : dict of str to float
        Loss to the relative error of the gradient, in the Euclidean norm.
    factor : float or None
        What the gradient is of the slope of L throughout, where it is a multiple of it.
    note : str
        Why it is not judged, or what else is wrong.
    """

    name: str
    gradient: str
    checked: int = 0
    kinks: int = 0
    verdicts: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    factor: float | None = None
    note: str = ""


def judge(group, gradients, losses_here, losses_along, eps):
    """Hold gradients against slopes, for each loss.

    Parameters
    ----------
    group : Group
        Filled in.
    gradients : numpy.ndarray
        The copy's, (numbers,).
    losses_here : numpy.ndarray
        The losses without a move, (len(LOSSES),).
    losses_along : numpy.ndarray
        After the moves, (numbers, steps, up and down, len(LOSSES)).
    eps : float
        The relative spacing of the class that the loss is computed in.
    """
    for kind, name in enumerate(LOSSES):
        slopes = [
            slope(losses_here[kind], along[:, 0, kind], along[:, 1, kind], eps)
            for along in losses_along
        ]
        slopes = _away_from_kinks(slopes)
        known = np.array([np.isfinite(each.value) and not each.kink for each in slopes])
        if kind == 0:
            group.checked = int(known.sum())
            group.kinks = sum(each.kink for each in slopes)
        if not known.any():
            group.verdicts[name] = "not judged"
            continue
        values = np.array([each.value for each in slopes])[known]
        errors = np.array([each.error for each in slopes])[known]
        given = gradients[known]
        group.errors[name] = _relative(given, values)
        right = _agrees(given, values, errors)
        group.verdicts[name] = "right" if right else "wrong"
        if kind == 0:
            group.factor = _factor(given, values, errors)


def _away_from_kinks(slopes):
    """Mark the slopes that are known far worse than the others: the loss bends close by."""
    usual = np.median([each.error for each in slopes])
    return [
        replace(each, kink=bool(each.kink or each.error > _WORSE * usual))
        if np.isfinite(usual)
        else each
        for each in slopes
    ]


def _relative(given, values):
    distance, size = np.linalg.norm(given - values), np.linalg.norm(values)
    if not np.isfinite(distance):
        return float("inf")
    return float(distance / size) if size else float(distance > 0)


def _agrees(given, values, errors):
    """Whether gradients are the slopes, as far as these are known.

    Below the square root of eps, relative to the whole group, a difference is taken for a small
    constant such as that of ``log(o + 1e-12)``, and no fault.
    """
    distance = np.linalg.norm(given - values)
    allowed = max(_SAFETY * np.linalg.norm(errors), ALLOWED * np.linalg.norm(values))
    return bool(np.isfinite(distance) and distance <= allowed)


def _factor(given, values, errors):
    """Return c where the gradients are c times the slopes and c is neither 0 nor 1."""
    size = np.dot(values, values)
    if len(values) < 3 or not size or not np.isfinite(given).all():
        return None
    c = float(np.dot(given, values) / size)
    if abs(c) < 1e-3 or not _agrees(given / c, values, errors / min(1, abs(c))):
        return None
    return None if abs(c - 1) < 1e-6 else c
