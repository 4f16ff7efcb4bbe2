"""Numbers -> the points of a curve, in the units of its picture."""

import math
from itertools import pairwise

WIDTH, HEIGHT = 560, 150


def curves(series, log=False):
    """Scale some curves to one picture.

    Parameters
    ----------
    series : dict of str to list
        Name -> values, None where there is none.
    log : bool
        Whether the scale is logarithmic, with 0 on the axis below all other values.

    Returns
    -------
    dict
        'lines': name -> runs of points as SVG has them; 'low' and 'high' of the scale; 'width' and
        'height'. None where there is no value.
    """
    values = [x for each in series.values() for x in each if x is not None]
    known = [x for x in values if x > 0] if log else values
    if not known:
        return None
    low, high = min(known), max(known)
    if log:
        low, high = 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))
        high = max(high, 10 * low)

    def y(x):
        if not log:
            share = (x - low) / ((high - low) or 1)
        else:
            share = math.log(x / low) / math.log(high / low) if x > 0 else -0.06
        return round(HEIGHT * (1 - share), 1)

    return {
        "lines": {name: _runs(each, y) for name, each in series.items()},
        **{"low": low, "high": high, "width": WIDTH, "height": HEIGHT},
    }


def _runs(values, y):
    """Split a curve where values are missing."""
    last = max(len(values) - 1, 1)
    points = [
        None if x is None else f"{round(WIDTH * n / last, 1)},{y(x)}" for n, x in enumerate(values)
    ]
    runs = [[]]
    for before, point in pairwise([None, *points]):
        if point is None:
            continue
        if before is None and runs[-1]:
            runs.append([])
        runs[-1].append(point)
    return [" ".join(run) for run in runs if run]
