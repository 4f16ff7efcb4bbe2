"""How trainings part, as curves."""

from .curves import curves

_MOST = 8  # pictures of one page


def drifts(cases):
    """Draw how the weights part over the trainings.

    Parameters
    ----------
    cases : list of dict
        Entries of parity.json's 'cases'.

    Returns
    -------
    dict
        'same' and 'batches': trainings without a difference before any batch, and their batches;
        'shown': those with one, the farthest first, with a curve on a log scale; 'more': how many
        are not shown.
    """
    known = [case for case in cases if case.get("drift") and case["drift"]["batches"]]
    apart = [case for case in known if case["drift"]["ulp"]]
    apart.sort(key=lambda case: -max(case["drift"]["ulp"]))
    same = [case for case in known if not case["drift"]["ulp"]]
    return {
        "same": len(same),
        "batches": sum(case["drift"]["batches"] for case in same),
        "shown": [_one(case) for case in apart[:_MOST]],
        "more": max(0, len(apart) - _MOST),
    }


def _one(case):
    ulp = case["drift"]["ulp"]
    return {
        "name": case["name"],
        "of": f"{case['reference']}, {case.get('engine', 'lines')}",
        "batches": case["drift"]["batches"],
        "most": max(ulp),
        "curves": curves({"difference": ulp}, log=True),
    }
