"""Values judged by noise: where no bound of the functions is known."""

import numpy as np

from ..noise import MULTIPLE, PERTURBATIONS


def ratios(session, ours, theirs, again, variable):
    """Measure differences in units of what is allowed as noise.

    Parameters
    ----------
    session : Octave
        A session.
    ours, theirs : dict of str to numpy.ndarray
        What is judged, and what Octave gives.
    again : str
        A program that perturbs the input by the seed in `dlt_seed` and sets `variable`.
    variable : str
        A struct variable.

    Returns
    -------
    dict of str to float
        Field -> its largest difference over `MULTIPLE` times the noise; those of one class and size
        on both sides.
    """
    alike = [path for path in ours if path in theirs and _alike(ours[path], theirs[path])]
    level = dict.fromkeys(alike, 0.0)
    for seed in range(1, PERTURBATIONS + 1):
        session.give("dlt_seed", float(seed))
        session.eval(again)
        moved = session.fields(variable)
        for path in alike:
            if path in moved and _alike(theirs[path], moved[path]):
                far = _distance(theirs[path], moved[path])
                level[path] = max(level[path], far if np.isfinite(far) else 0.0)
    found = {}
    for path in alike:
        far, allowed = _distance(ours[path], theirs[path]), MULTIPLE * level[path]
        found[path] = far / allowed if allowed else np.inf if far else 0.0
    return found


def _alike(a, b):
    return a.dtype == b.dtype and a.shape == b.shape


def _distance(a, b):
    """Return the largest difference; infinite where a value is finite on one side only."""
    same = (a == b) | ((a != a) & (b != b))
    with np.errstate(all="ignore"):
        far = np.where(same, 0, np.abs(a.astype(np.longdouble) - b.astype(np.longdouble)))
    return float(np.nan_to_num(far, nan=np.inf).max(initial=0))
