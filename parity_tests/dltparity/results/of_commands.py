"""How each command writes its result: one function for each, named as the command."""

from pathlib import Path

from .. import sections
from ..errors import RequestError
from . import places
from .items import FAIL, NOT_JUDGED, NOT_MEASURED, PASS, Item

_STATES = (PASS, FAIL)
_SECTION = "sections of the report"
# A function of a copy -> how far from the original's it is; the original makes no promise of it.
_APART = ("same", "layout", "bits", "rounding", "different", "stops")
_HELD = {
    "same bits": PASS,
    "rounding": PASS,
    "different": FAIL,
    "stops": FAIL,
    "not judged": NOT_MEASURED,
}


def run(part):
    """Take the cases of a run, those that were not judged, and the sections."""
    found = [_case(each) for each in part.parts("cases")]
    reasons = {}
    for each in part.parts("not_judged") if "not_judged" in part.value else ():
        key = each.text("reference"), each.text("name")
        reasons.setdefault(key, []).append(each.text("reason"))
    found += [
        Item(name, reference, NOT_JUDGED, "; ".join(dict.fromkeys(wording)))
        for (reference, name), wording in reasons.items()
    ]
    return [*found, *_sections(part)]


def _case(case):
    promise = case.one_of("promise", ("bit", "bound"))
    first = case.part_or_none("first_divergence")
    ratio = case.figure("max_bound_ratio")
    return Item(
        case.text("name"),
        case.text("reference"),
        case.one_of("verdict", _STATES),
        _divergence(first) if first else "",
        # A report of earlier days was of the lines alone.
        f"{case.text('blas')} BLAS, {case.text_or_none('engine') or 'lines'}",
        promise,
        worst=ratio if promise == "bound" else float(case.count("different_values")),
        amount=case.count("fields"),
        place=places.of_port(first.text_or_none("line")) if first else None,
    )


def _divergence(first):
    """Say where the sides differ first, in one line."""
    field, line = first.text_or_none("field"), first.text_or_none("line")
    index, ratio = first.value.get("index"), first.figure("bound_ratio")
    wording = field or ""
    if isinstance(index, list):
        wording += f"({', '.join(map(str, index))})"
    if line:
        wording += f", set by {line}"
    if first.text_or_none("problem"):
        wording += f": {first.text('problem')}"
    elif first.text_or_none("reference"):
        wording += f": {first.text('reference')} in the reference, {first.text('port')} in the port"
    if ratio is not None:
        wording += f" ({ratio:.3g} of its bound)"
    return wording.removeprefix(": ")


def _sections(part):
    """Judge each section as the report does."""
    for name in sections.SECTIONS:
        content = part.value.get(name)
        if not content or name == "not_judged":
            continue
        try:
            broken = sections.broken({name: content})
        except (LookupError, TypeError, ValueError, AttributeError):
            raise RequestError(
                f"{part.where}.{name} is not as dltparity run writes it: write it anew"
            ) from None
        wording = f"broken: {', '.join(map(str, broken))}; see the report" if broken else ""
        yield Item(name, _SECTION, FAIL if broken else PASS, wording)


def verify(part):
    """Take the stages of a verification; several reasons for one are joined."""
    net, files = Path(part.text("file")), _files(part)
    own = files if part.text_or_none("port") else None
    found = [_stage(each, net, own) for each in part.parts("stages")]
    reasons = {}
    for each in part.parts("not_judged"):
        key = each.text("stage"), NOT_MEASURED if each.flag("lost") else NOT_JUDGED
        reasons.setdefault(key, []).append(each.text("reason"))
    return found + [
        Item(stage, "the net", state, "; ".join(dict.fromkeys(wording)))
        for (stage, state), wording in reasons.items()
    ]


def _stage(stage, net, own):
    """Take a stage of the net in file `net`; `own` are the files of a user's port."""
    first, ratio = stage.part_or_none("first"), stage.figure("ratio")
    line = first.text_or_none("line") if first else None
    wording = first.text("wording") if first else ""
    wording += f" (set by {line})" if line else ""
    wording = "; ".join(filter(None, (wording, stage.text("note"))))
    state, compared = stage.one_of("verdict", _STATES), stage.text("compared")
    if "port" not in compared:  # what the file holds is not the port's work
        place = places.Place(net, 1)
    else:
        place = places.of_port(line) if own is None else places.of_python(line, own)
    return Item(
        stage.text("stage"),
        compared,
        state,
        (wording or "nothing was compared") if state == FAIL else wording,
        promise="bit" if ratio is None else "bound",
        worst=float(stage.count("different")) if ratio is None else ratio,
        amount=stage.count("fields"),
        place=place if state == FAIL else None,
    )


def toolbox(part):
    """Take the functions of a copy, its gradients, and the user's Python functions."""
    files = _files(part)
    found = [_function(each, files) for each in part.parts("functions")]
    found += [_gradients(each, files) for each in part.parts("gradients")]
    port = part.part_or_none("port")
    if port:
        group = f"the functions of {port.text('module')}"
        found += [_held(each, group, files) for each in port.parts("functions")]
    return found


def _function(entry, files):
    """Take a function of the copy: that it differs from the original's is no fault."""
    name, status = entry.text("name"), entry.text("status")
    group = "the copy and the original"
    if status not in _APART:
        wording = status if status == "not judged" else f"lacking; {status} is used"
        return Item(name, group, NOT_JUDGED, wording)
    changes = entry.parts("changes")
    place = changes[0].text("place") if changes else None
    wording = f"{status}{f' from {place} on' if place else ''}"
    worst, place = float(_APART.index(status)), places.of_mfile(place, files)
    return Item(name, group, PASS, wording, worst=worst, place=place)


def _gradients(entry, files):
    name, group = f"gradients of the net that {entry.text('case')}", "numerical differences"
    if "not_measured" in entry.value:
        return Item(name, group, NOT_MEASURED, entry.text("not_measured"))
    loss, first = entry.text_or_none("loss"), entry.text_or_none("first_wrong")
    if loss is None:
        wording = first or "wrong"
        return Item(name, group, FAIL, wording, worst=2.0, place=places.of_mfile(first, files))
    wording = "" if loss == "L" else f"those of {loss}, another loss than L"
    return Item(name, group, PASS, wording, worst=float(loss != "L"))


def _held(entry, group, files):
    name, status = entry.text("name"), entry.one_of("status", tuple(_HELD))
    wording = "; ".join(filter(None, (entry.text("wording"), entry.text("line"))))
    place = None
    if _HELD[status] == FAIL:
        place = places.of_python(entry.text("line"), files) or places.of_function(name, files)
    bits = status == "same bits"
    return Item(
        name,
        group,
        _HELD[status],
        f"{status}: {wording}" if wording else "" if bits else status,
        promise="bit" if bits else "noise",
        worst=0.0 if bits else entry.figure("ratio"),
        place=place,
    )


def pair(part):
    """Take the pairs of a file."""
    files = _files(part)
    return [_pair(each, files) for each in part.parts("pairs")]


def _pair(entry, files):
    python, promise = entry.text("python"), entry.one_of("promise", ("bit", "noise"))
    state, failing = entry.one_of("verdict", _STATES), entry.parts("failing")
    first = failing[0] if failing else None
    shrunk = first.part_or_none("shrunk") if first else None
    line = shrunk.text("line") if shrunk else ""
    wording = place = None
    if state == FAIL:
        wording = _why(entry, first, shrunk)
        function = python.rpartition(":")[2].rpartition(".")[2]
        place = places.of_python(line, files) or places.of_function(function, files)
    return Item(
        entry.text("name"),
        f"{entry.text('matlab')} and {python}",
        state,
        wording or "",
        promise=promise,
        worst=entry.figure("noise_ratio") if promise == "noise" else float(entry.count("failed")),
        amount=entry.count("inputs") - entry.count("unstable"),
        unit="inputs",
        place=place,
    )


def _why(entry, first, shrunk):
    if first is None:
        if entry.flag("too_unstable"):
            return f"too many inputs are unstable: {entry.text('unstable_because')}"
        return "nothing was compared"
    wording = f"input {first.count('input')}: {first.text('what')}"
    if shrunk:
        wording += f"; shrunk: {shrunk.text('what')}"
        wording += f"; of the lines cited, the first is {shrunk.text('line')}" * bool(
            shrunk.text("line")
        )
    return wording


def _files(part):
    return [Path(each.text("path")) for each in part.parts("files")]
