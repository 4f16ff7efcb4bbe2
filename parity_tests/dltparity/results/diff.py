"""Two results -> what is new, gone, better and worse, and whether a promise was lost."""

from collections import Counter

from ..errors import RequestError
from .items import FAIL, NOT_JUDGED, NOT_MEASURED, PASS
from .one_line import on_one_line
from .places import relative

SCHEMA = 1
KINDS = ("gone", "worse", "new", "better")  # in the order in which they are shown
_KEPT = ("pass", "right", "right for another loss")
_RANK = {PASS: 0, NOT_JUDGED: 1, NOT_MEASURED: 2, FAIL: 3}
_SHOWN = 20  # of each kind that break nothing; what breaks is all shown


def diff(old, new):
    """Compare two results.

    An item that is gone, that was judged and is no longer, that failed not and does, that is held
    to less or that covers less breaks the comparison; so does a new one that is not as promised.

    Parameters
    ----------
    old, new : Result
        Of one command.

    Returns
    -------
    dict
        JSON types only; 'lost' lists what breaks.

    Raises
    ------
    RequestError
        If they are of two commands, or the earlier one has nothing.
    """
    if old.kind != new.kind:
        raise RequestError(
            f"the first is a result of dltparity {old.kind}, the second of {new.kind}: give two "
            "of one command"
        )
    if not old.items:
        raise RequestError("the first result has no cases: there is nothing that could be lost")
    before, after = ({each.key: each for each in side.items} for side in (old, new))
    pairs = _pairs(before, after)
    found = [_entry(*pair) for pair in pairs]
    changed = [each for each in found if each["change"] != "same"]
    counts = Counter(each["change"] for each in found)
    lost = [each for each in changed if each["breaks"]]
    overall = old.verdict in _KEPT and new.verdict not in _KEPT
    return {
        "schema": SCHEMA,
        "diff_of": new.kind,
        "verdict": "fail" if lost or overall else "pass",
        "old_verdict": old.verdict,
        "new_verdict": new.verdict,
        "counts": {kind: counts[kind] for kind in (*KINDS, "same")},
        "lost": len(lost),
        "changes": sorted(changed, key=lambda e: (KINDS.index(e["change"]), not e["breaks"])),
    }


def _pairs(before, after):
    """Yield the item before and after; None where there is none.

    One that is not judged has no variant: it answers for all variants of its name.
    """
    names, answered = {key[:2] for key in after}, set()
    for key, old in before.items():
        plain = (*key[:2], "")
        if key in after:
            yield old, after[key]
        elif key != plain or key[:2] not in names:  # else its variants are judged now
            answered.add(plain)
            yield old, after.get(plain)
    for key, new in after.items():
        if key not in before and key not in answered:
            yield before.get((*key[:2], "")), new


def _entry(old, new):
    change, why, breaks = _change(old, new)
    item = new or old
    return {
        "change": change,
        "name": item.name,
        "compared": item.group,
        "variant": item.variant or old.variant if old else item.variant,
        "old": old and old.state,
        "new": new and new.state,
        "why": why,
        "breaks": breaks,
        "file": new and relative(new.place),
        "line": new.place.line if new and relative(new.place) else None,
    }


def _change(old, new):
    """Say what has become of an item, in which way, and whether a promise was lost."""
    if new is None:
        return "gone", f"it was: {old.state}", old.state != NOT_JUDGED
    if old is None:
        return "new", _state(new), new.is_broken
    if old.state != new.state:
        worse = _RANK[new.state] > _RANK[old.state]
        # What failed and is judged no longer has lost its judge, not its fault.
        unjudged = new.state in (NOT_JUDGED, NOT_MEASURED) and old.state == FAIL
        why = f"{old.state} before, now {_state(new)}"
        return "worse" if worse or unjudged else "better", why, worse or unjudged
    if old.promise != new.promise and "bit" in (old.promise, new.promise):
        lost = old.promise == "bit"
        why = f"held to {new.promise or 'nothing'}, before to {old.promise or 'nothing'}"
        return "worse" if lost else "better", why, lost
    if None not in (old.amount, new.amount) and old.amount != new.amount:
        less = new.amount < old.amount
        why = f"{new.amount:,} {new.unit} compared, {old.amount:,} before"
        return "worse" if less else "better", why, less
    if None not in (old.worst, new.worst) and old.worst != new.worst:
        why = f"{_figure(new)}, {_figure(old)} before"
        return "worse" if new.worst > old.worst else "better", why, False
    return "same", "", False


def _state(item):
    return f"{item.state}: {item.wording}" if item.wording and item.state != PASS else item.state


def _figure(item):
    if item.promise == "bit":
        return f"{item.worst:,.0f} different"
    if item.promise in ("bound", "noise"):
        return f"{item.worst:.3g} of what the {item.promise} allows"
    return item.wording or item.state


def render(content):
    """Write a comparison for people.

    Parameters
    ----------
    content : dict
        From `diff`.

    Returns
    -------
    str
        A line for each change, grouped.
    """
    lines = []
    for kind in KINDS:
        entries = [each for each in content["changes"] if each["change"] == kind]
        quiet = [each for each in entries if not each["breaks"]]
        shown = [each for each in entries if each["breaks"]] + quiet[:_SHOWN]
        if entries:
            lines += [f"{kind} ({len(entries)})", *map(_line, shown)]
        if len(quiet) > _SHOWN:
            lines.append(f"    and {len(quiet) - _SHOWN} more that break nothing (--json has all)")
    return "\n".join(lines)


def _line(entry):
    return f"  {'!' if entry['breaks'] else ' '} {title(entry)}: {on_one_line(entry['why'])}"


def title(entry):
    """Name an entry, in one line."""
    inside = ", ".join(filter(None, (entry["compared"], entry["variant"])))
    return on_one_line(f"{entry['name']} ({inside})")
