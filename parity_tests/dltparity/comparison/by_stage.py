"""Rows of a comparison, summed up stage by stage: setup, forward, backward, update, training."""

import math
import re
from collections import Counter

from ..traces.trace import STAGES, field_name


def by_stage(rows, broken, ratios):
    """Sum rows up by the stage that set their fields.

    Parameters
    ----------
    rows, broken : list of Row
        All fields, and those that break the promise.
    ratios : dict of str to float
        Field -> its difference in units of its bound, where that was measured.

    Returns
    -------
    list of dict
        One for each stage, in order: its figures, 'names' (name of a field -> arrays) and
        'differing': the fields whose bits differ, all arrays of a cell together. JSON types.
    """
    worse = {row.field for row in broken}
    found = []
    for stage in STAGES:
        chosen = [row for row in rows if row.field.startswith(f"{stage}.")]
        if not chosen:
            continue
        groups = {}
        for row in chosen:
            if not row.same:
                groups.setdefault(_group(row.field), []).append(row)
        found.append(
            {
                "stage": stage,
                **_figures(chosen, worse, ratios),
                "names": dict(Counter(field_name(row.field) for row in chosen)),
                "differing": [
                    {"field": name, **_figures(group, worse, ratios), "problem": _problem(group)}
                    for name, group in groups.items()
                ],
            }
        )
    return found


def _group(path):
    """Name all arrays of a cell: ``bp.layers{2}.dk{1}{3}`` -> ``layers{2}.dk``."""
    return re.sub(r"(\{\d+\})+$", "", path.split(".", 1)[1])


def _problem(rows):
    return next((row.problem for row in rows if row.problem), None)


def _figures(rows, worse, ratios):
    measured = [ratios[row.field] for row in rows if row.field in ratios]
    return {
        "fields": len(rows),
        "values": sum(row.values for row in rows),
        "different": sum(row.different for row in rows),
        "max_abs": number(max(row.max_abs for row in rows)),
        "max_ulp_of_scale": number(max(row.max_ulp_of_scale for row in rows)),
        "max_bound_ratio": number(max(measured)) if measured else None,
        "broken": sum(row.field in worse for row in rows),
    }


def number(x):
    """Return a float that JSON has."""
    return x if x is None else float(x) if math.isfinite(x) else str(x)
