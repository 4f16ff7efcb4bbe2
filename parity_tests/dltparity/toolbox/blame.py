"""From which statement on gradients are wrong: read off which of them are, back from the output.

A bias's gradient is the sum of its layer's deltas, a kernel's is their product with the maps below:
where both are wrong the deltas are, where one is wrong its own statement is.
"""

import re

from ..original import mcode
from . import source

_LAYER = re.compile(r"(layers\{\d+\}\.)(\w+)$")


def statements(name, text):
    """List which statements of a function set which field.

    Parameters
    ----------
    name : str
        The function, such as ``cnnbp``.
    text : str
        Its file's content.

    Returns
    -------
    dict of str to list of str
        Name of a field (``dk``, ``od``) or variable to places such as ``cnnbp.m:44``.
    """
    found = {}
    for line in source.code(text):
        for code, bare in mcode.statements(line):
            for target in mcode.assigned(code, bare):
                plain = re.sub(r"[({].*?[)}](?=\.|$|[({])", "", target)
                last = re.sub(r"[({].*", "", plain.rpartition(".")[2])
                place = f"{name}.m:{line.first}"
                if place not in found.setdefault(last, []):
                    found[last].append(place)
    return found


def first_wrong(groups, set_by):
    """Say from which statement on gradients are wrong.

    Parameters
    ----------
    groups : list of Group
        A net's, from the output back.
    set_by : dict of str to list of str
        From `statements`, of the copy's backward pass.

    Returns
    -------
    str or None
        One sentence; None where none is wrong.
    """
    levels = _levels(groups)
    for number, (level, bias, weight) in enumerate(levels):
        wrong = [each for each in (bias, weight) if each and each.verdicts.get("L") == "wrong"]
        if not wrong:
            continue
        rest_right = [
            each
            for _, *pair in levels[number + 1 :]
            for each in pair
            if each and each.verdicts.get("L") == "right"
        ]
        whole = bias and weight and len(wrong) == 2 and not rest_right
        fields = ["od"] if level == "" else ["d", "fvd"] if number == 1 else ["d"]
        if not whole:
            fields = [each.gradient.rpartition(".")[2] for each in wrong]
        places = ", ".join(
            f"{place} (sets {name})" for name in fields for place in set_by.get(name, [])
        )
        where = places or f"the statement that sets {' and '.join(fields)}"
        what = " and ".join(each.gradient for each in wrong)
        return f"{what} are the first that are wrong on the way back: from {where} on"
    return None


def _levels(groups):
    """Pair biases and weights: the output's, then those of each layer, back to the first."""
    levels = {}
    for group in groups:
        layer = _LAYER.match(group.name)
        level = layer[1] if layer else ""
        bias = (layer[2] if layer else group.name) in ("b", "ffb")
        pair = levels.setdefault(level, [None, None])
        if pair[0 if bias else 1] is None:
            pair[0 if bias else 1] = group
    return [(level, *pair) for level, pair in levels.items()]
