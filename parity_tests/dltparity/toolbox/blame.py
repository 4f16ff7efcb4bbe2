"""From which statement on gradients are wrong: read off which of them are, back from the output.

A bias's gradient is the sum of its layer's deltas, a kernel's is their product with the maps below:
where both are wrong the deltas are, where one is wrong its own statement is.
"""

import re
from dataclasses import dataclass

from ..lines.instrument import instrument
from ..octave.errors import OctaveDied, OctaveError
from ..original import mcode
from . import calls, source

_LAYER = re.compile(r"layers\{(\d+)\}\.(\w+)")
_RESET = "global dlt_lines dlt_values; dlt_lines = {}; dlt_values = {};"


@dataclass(frozen=True)
class Setting:
    """A field, and the place of the statement that set it last."""

    field: str
    place: str


def executed(session, staged, case, setup):
    """Run the copy's cnnbp once and keep which statement sets which field.

    Parameters
    ----------
    session : Octave
        A session with the staged copy on its path.
    staged : Staged
        The copy's folders.
    case : Case
        The net and its data.
    setup : str
        The user's program.

    Returns
    -------
    list of Setting
        In the order in which cnnbp goes; without layer numbers where it cannot be watched.
    """
    text = source.read(staged.folder / "cnnbp.m")
    try:
        folder = staged.watched("cnnbp.m", instrument(text))
        calls.give(session, case, setup)
        session.give("dlt_front_watched", str(folder))
        if calls.call(session, "cnnsetup"):
            session.give("dlt_front_setup", str(staged.originals(["cnnsetup"])))
            calls.call(session, "cnnsetup", "dlt_front_setup")
        calls.call(session, "cnnff")
        session.eval(_RESET)
        calls.call(session, "cnnbp", "dlt_front_watched")
        session.eval("dlt_text = strjoin(dlt_lines, '\\n');")
        heads = session.pull("dlt_text").splitlines()
        session.eval(_RESET)
    except (ValueError, TypeError, OctaveError, OctaveDied):
        return _written(text)
    if not heads:
        return _written(text)
    last = {}
    for head in heads:
        number, _, path = head.partition(" ")
        field = _plain(path)
        if field:
            last.pop(field, None)
            last[field] = Setting(field, f"cnnbp.m:{number}")
    return list(last.values())


def _plain(path):
    """Return ``layers{4}.dk`` of ``net.layers{4}.dk{1}{2}``; None for a local variable."""
    found = re.fullmatch(r"\w+\.((?:layers\{\d+\}\.)?\w+)(?:\{\d+\})*", path)
    return found and found[1]


def _written(text):
    """List the settings that stand in a text."""
    found = []
    for line in source.code(text):
        for code, bare in mcode.statements(line):
            for target in mcode.assigned(code, bare):
                name = re.sub(r"[({].*", "", target.rpartition("}.")[2].rpartition(".")[2])
                found.append(Setting(name, f"cnnbp.m:{line.first}"))
    return found


def first_wrong(groups, settings):
    """Say from which statement on gradients are wrong.

    Parameters
    ----------
    groups : list of Group
        A net's, from the output back.
    settings : list of Setting
        From `executed`.

    Returns
    -------
    str or None
        One sentence; None where none is wrong.
    """
    levels = _levels(groups)
    above = None
    for number, (layer, pair) in enumerate(levels):
        wrong = [each for each in pair if _is(each, "wrong")]
        below = [each for _, other in levels[number + 1 :] for each in other]
        if wrong:
            deltas = len(wrong) == 2 and not any(_is(each, "right") for each in below)
            chosen = _deltas(settings, layer, above) if deltas else _own(settings, wrong)
            what = " and ".join(each.gradient for each in wrong)
            where = ", ".join(f"{each.place} (sets {each.field})" for each in chosen)
            verb = "is" if len(wrong) == 1 else "are"
            return (
                f"on the way back from the output, {what} {verb} the first that {verb} wrong; what "
                f"leads there: {where or 'a statement that is not found'}"
            )
        above = layer
    return None


def _is(group, verdict):
    return group is not None and group.verdicts.get("L") == verdict


def _levels(groups):
    """Pair biases and weights: the output's (layer None), then each layer's, back to the first."""
    levels = {}
    for group in groups:
        found = _LAYER.match(group.name)
        layer = int(found[1]) if found else None
        bias = (found[2] if found else group.name) in ("b", "ffb")
        pair = levels.setdefault(layer, [None, None])
        if pair[0 if bias else 1] is None:
            pair[0 if bias else 1] = group
    return list(levels.items())


def _deltas(settings, layer, above):
    """List the settings of deltas between what is right and a layer."""
    if layer is None:
        return [each for each in settings if each.field in ("e", "od")]
    return [each for each in settings if _between(each.field, layer, above)]


def _between(field, layer, above):
    """Whether a field holds deltas of a layer, or of one between it and the next that is right."""
    if field == "fvd":
        return above is None
    found = _LAYER.match(field)
    if not found:
        return field == "d"
    return found[2] == "d" and layer <= int(found[1]) < (above or 10**6)


def _own(settings, wrong):
    names = {each.gradient for each in wrong} | {each.gradient.split(".")[-1] for each in wrong}
    return [each for each in settings if each.field in names]
