"""How two trainings part: the largest difference of the weights before each batch."""

import numpy as np

_POINTS = 100  # of a curve that is kept


def drift(reference, port):
    """Measure how far the weights are apart before each batch.

    Parameters
    ----------
    reference, port : dict of str to numpy.ndarray
        The traces. What a recording keeps a digest of is left out.

    Returns
    -------
    dict
        'batches': how many there were; 'ulp': the largest difference before them in units of the
        last place of the field's largest value, the largest of each bin where there are many
        batches; empty where no weight differs. JSON types.
    """
    batches, worst = 0, np.zeros(0)
    for path, theirs in reference.items():
        ours = port.get(path)
        if not path.startswith("train.") or not isinstance(theirs, np.ndarray):
            continue
        count = theirs.shape[2] if theirs.ndim > 2 else 1
        if count > batches:
            batches, worst = count, np.pad(worst, (0, count - batches))
        if ours is None or ours.shape != theirs.shape:
            continue
        far = _distances(theirs, ours, reference.get(f"trained{path[5:]}", theirs).dtype)
        worst[:count] = np.maximum(worst[:count], far)
    return {"batches": int(batches), "ulp": _thinned(worst) if worst.any() else []}


def _distances(theirs, ours, cls):
    with np.errstate(all="ignore"):
        far = np.abs(theirs - ours)
    far[~np.isfinite(far)] = 0
    if not far.any():
        return 0.0
    scale = np.abs(theirs[np.isfinite(theirs)]).max(initial=0)
    unit = float(np.spacing(np.dtype(cls).type(scale)))
    axes = (0, 1) if theirs.ndim > 2 else None
    return far.max(axis=axes) / unit


def _thinned(worst):
    bins = np.array_split(worst, min(len(worst), _POINTS))
    return [float(f"{each.max():.6g}") for each in bins]
