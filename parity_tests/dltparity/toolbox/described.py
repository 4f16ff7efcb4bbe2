"""What differs in each of a copy's functions, summed up over the cases."""

from . import source
from .compare import ORDER
from .copy import functions


def described(copy, original, names, compared):
    """Describe each of the toolbox's functions.

    Parameters
    ----------
    copy : Copy
        The copy.
    original : Path
        The original's folder.
    names : list of str
        The functions whose code is not the original's.
    compared : dict of str to list of Outcome
        What came of running these on the cases.

    Returns
    -------
    list of dict
        One for each function; JSON types.
    """
    found = []
    for name, path in functions().items():
        entry = {"name": name, "status": "the original's", "changes": [], "cases": 0}
        found.append(entry)
        if name not in copy.files:
            continue
        ours, theirs = copy.text(name), source.read(original / path)
        entry["status"] = "same" if ours == theirs else "layout"
        if name in names:
            entry["changes"] = [
                {"place": hunk.place, "code": [source.shown(line) for line in hunk.code]}
                for hunk in source.hunks(f"{name}.m", ours, theirs)
            ]
            entry |= _summed(compared[name])
    return found


def _summed(outcomes):
    """Sum a function's outcomes up: the worst one counts."""
    judged = [each for each in outcomes if each.status != "not judged"]
    status = max((each.status for each in judged), key=ORDER.index, default="not judged")
    fields, stops, notes = {}, {}, {}
    for outcome in outcomes:
        for each in outcome.fields:
            name = _general(each.path)
            entry = fields.setdefault(name, _field(name))
            entry["arrays"] += 1
            entry["different"] += each.different
            entry["max_abs"] = max(entry["max_abs"], each.max_abs)
            relative = each.max_abs / each.scale if each.scale else None
            entry["max_relative"] = max(entry["max_relative"] or 0, relative or 0) or None
            entry["problem"] = entry["problem"] or each.problem
            entry["rounding"] = entry["rounding"] and each.rounding
        if outcome.stop:
            stops.setdefault(str(outcome.stop), []).append(outcome.case)
        if outcome.note:
            notes.setdefault(outcome.note, []).append(outcome.case)
    return {
        "status": status,
        "cases": len(judged),
        "fields": list(fields.values()),
        "stops": [{"at": at, "cases": cases} for at, cases in stops.items()],
        "notes": [{"note": note, "cases": cases} for note, cases in notes.items()],
    }


def _field(name):
    return {
        **{"field": name, "problem": "", "arrays": 0, "different": 0},
        **{"max_abs": 0.0, "max_relative": None, "rounding": True},
    }


def _general(path):
    """Name a field without the numbers of its cells: all layers and maps together."""
    name, depth = [], 0
    for character in path:
        depth += (character in "{(") - (character in "})")
        if depth == 0 and character not in "})":
            name.append(character)
        elif character in "{" and depth == 1:
            name.append("{}")
    return "".join(name) or "the result"
