"""The whole forward pass in extended precision."""

import numpy as np

from .model import Model, features_of


def forward(case, fields):
    """Feed images forward.

    Parameters
    ----------
    case : AcnnCase
        Its layers, images and targets.
    fields : dict of str to numpy.ndarray
        The weights.

    Returns
    -------
    dict of str to numpy.ndarray
        Paths as acnnff and acnnbp set them: a, p, pool, A, fv, o, e and L.
    """
    values = Model(case.layers, case.net, fields, np.longdouble).run(case.x, case.y)
    found = {}
    for number, maps in enumerate(values.maps[:-1], 1):
        for j, value in enumerate(maps if isinstance(maps, list) else [maps], 1):
            found[f"layers{{{number}}}.a{{{j}}}"] = value
    for number, pools in values.pools.items():
        found |= {f"layers{{{number}}}.pool{{{j}}}": p for j, p in enumerate(pools, 1)}
    for number, convolved in values.convolved.items():
        found |= {f"layers{{{number}}}.p{{{i}}}{{{q}}}": p for (i, q), p in convolved.items()}
    found |= {f"layers{{{number}}}.A": mix for number, mix in values.mixes.items()}
    found |= {
        f"layers{{{number}}}.fv": fv
        for number, fv in values.features.items()
        if number <= len(case.layers)
    }
    found["fv"] = features_of(values.maps[-2])
    found["o"] = values.maps[-1]
    found["e"] = found["o"] - case.y
    found["L"] = values.losses.sum() / len(values.losses) + values.penalty
    return found
