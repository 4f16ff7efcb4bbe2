"""A copy's own backward pass against numerical differences of its own forward pass."""

import re
from dataclasses import dataclass, field

import numpy as np

from ..cases.standard import Case
from ..octave.errors import OctaveError
from . import calls
from .slopes import LOSSES, STEPS, Group, judge

# Nets that end with either kind of layer, small enough for a loss in milliseconds.
CASES = (
    Case("ends with s", "2c3-2s-3c2-2s", 12, 12, classes=4, images=10, seed=31, epochs=1),
    Case("ends with c", "2c3-2s-3c3", 10, 10, classes=4, images=10, seed=32, epochs=1),
)
_MOST = 6  # numbers of a group that are checked, drawn with a seed
_LAST = re.compile(r"([A-Za-z]\w*)((?:\{[\d,]+\})*)$")
_EPS = {"double": 2.0**-52, "single": 2.0**-23}
_WEIGHTS = ("k", "b", "ffW", "ffb")


class NotMeasured(Exception):  # noqa: N818
    """The gradients cannot be checked; the message says where the copy stops."""


@dataclass
class Gradients:
    """The gradients of a net.

    Attributes
    ----------
    case : str
        Which of `CASES`.
    groups : list of Group
        From the output back to the first layer.
    unused : list of str
        Parameters without a gradient, on which no loss depends.
    loss : str or None
        The loss that all gradients are of: 'L' or another of `LOSSES`, with a factor in front
        where it is a multiple of L; None where there is none.
    note : str
        What stood in for a function that stops; may be empty.
    """

    case: str
    groups: list = field(default_factory=list)
    unused: list = field(default_factory=list)
    loss: str | None = None
    note: str = ""

    @property
    def verdict(self):
        """'right', 'right for another loss' or 'wrong'."""
        if self.loss == "L":
            return "right"
        return "right for another loss" if self.loss else "wrong"

    @property
    def wrong(self):
        """The groups that are wrong for L."""
        return [each for each in self.groups if each.verdicts.get("L") == "wrong"]


@dataclass(frozen=True)
class Leaf:
    """An array of a net: class, and number of elements."""

    kind: str
    size: str
    count: int


def leaves(session, variable):
    """List a variable's arrays: path to Leaf."""
    session.eval(f"dlt_text = dlt_leaves({variable});")
    found = {}
    for line in session.pull("dlt_text").splitlines():
        path, kind, size, count = line.split("\t")
        found[path] = Leaf(kind, size, int(count))
    return found


def gradients(session, case, setup="", original_setup=None, trial=False):
    """Check the gradients of the functions on a session's path.

    Parameters
    ----------
    session : Octave
        A session.
    case : Case
        The net and its data.
    setup : str
        The user's program that may change them.
    original_setup : Path, optional
        The folder of the original's cnnsetup, which stands in where the copy's stops.
    trial : bool
        Whether a few numbers will do, and the first group that is wrong ends it.

    Returns
    -------
    Gradients
        The verdicts.

    Raises
    ------
    NotMeasured
        If a function stops, or there is no loss or no gradient.
    OctaveDied
        If Octave ends.
    """
    try:
        calls.give(session, case, setup)
        note = _start(session, original_setup)
        groups, unused = _groups(session)
        found = Gradients(case.name, unused=unused, note=note)
        here = _losses(session)
        for name, members in groups.items():
            found.groups.append(_group(session, name, members, here, 2 if trial else _MOST))
            if trial and _loss_of(found.groups) is None:
                return found
    except OctaveError as error:
        raise NotMeasured(str(error)) from None
    found.loss = _loss_of(found.groups)
    if not any(group.checked for group in found.groups):
        raise NotMeasured(_why_not(found, here))
    return found


def _why_not(found, here):
    if not found.groups:
        return "cnnbp sets no gradient (a field dX beside a weight X)"
    if not np.isfinite(here).any():
        return "no loss is finite: neither L nor any that can be computed of the outputs o"
    return "the loss bends at every number that was tried"


def _start(session, original_setup):
    """Set the net up, parameters that are all zero drawn anew, and go forward and back once."""
    note, stop = "", calls.call(session, "cnnsetup")
    if stop and original_setup:
        note = f"the copy's cnnsetup stops ({stop}): the original's sets the net up"
        session.give("dlt_front_setup", str(original_setup))
        if not calls.call(session, "cnnsetup", "dlt_front_setup"):
            stop = None
    if stop:
        raise NotMeasured(str(stop))
    weights = [
        path
        for path, leaf in leaves(session, "net_setup").items()
        if leaf.kind in _EPS and _is_weight(path)
    ]
    session.give("dlt_places", "\n".join(weights))
    session.eval("net_setup = dlt_filled(net_setup, dlt_places);")
    for name in ("cnnff", "cnnbp"):
        stop = calls.call(session, name)
        if stop:
            raise NotMeasured(str(stop))
    return note


def _is_weight(path):
    return _LAST.search(path)[1] in _WEIGHTS


def _groups(session):
    """Pair each parameter, an array that is there before cnnff, with its gradient: dX of X."""
    before, after = leaves(session, "net_setup"), leaves(session, "net_bp")
    groups, alone = {}, []
    for path, leaf in before.items():
        last = _LAST.search(path)
        owner, name, cells = path[: last.start()], last[1], last[2]
        partner = f"{owner}d{name}{cells}"
        held = after.get(partner)
        if leaf.kind not in _EPS:
            continue
        if held and held.count == leaf.count and held.kind in _EPS:
            groups.setdefault(f"{owner}{name}", []).append((path, partner, leaf.count))
        elif name in _WEIGHTS:
            alone.append((f"{owner}{name}", path, leaf.count))
    used = _used(session, alone)
    for name, path, count in alone:
        if path in used:
            groups.setdefault(name, []).append((path, None, count))
    unused = [path for _, path, _ in alone if path not in used]
    return dict(sorted(groups.items(), key=lambda item: _backward(item[0]))), unused


def _backward(name):
    """Sort from the output to the first layer, biases first: they show the deltas themselves."""
    layer = int(found[1]) if (found := re.match(r"layers\{(\d+)\}", name)) else 10**6
    return (-layer, not name.endswith("b"), name)


def _used(session, alone):
    """Return the paths of those parameters without a gradient on which a loss depends."""
    if not alone:
        return set()
    along = _along(session, [(path, 1 + count // 2) for _, path, count in alone])
    moved = np.nan_to_num(np.abs(along - _losses(session))).max(axis=(1, 2, 3))
    return {path for (_, path, _), far in zip(alone, moved, strict=True) if far > 0}


def _losses(session):
    session.eval("dlt_found = dlt_losses(net_setup, batch_x, batch_y);")
    return np.ravel(session.pull("dlt_found"))


def _along(session, places):
    """Move numbers of the net: losses (numbers, steps, up and down, kind of loss)."""
    session.give("dlt_places", _listed(places))
    session.give("dlt_steps", STEPS.reshape(1, -1))
    session.eval("dlt_found = dlt_slopes(net_setup, batch_x, batch_y, dlt_places, dlt_steps);")
    shape = (len(places), len(STEPS), 2, len(LOSSES))
    return np.reshape(session.pull("dlt_found"), shape, order="F")


def _listed(places):
    return "".join(f"{path}\t{index}\n" for path, index in places)


def _group(session, name, members, here, most):
    """Check some numbers of a group, the same ones in every run."""
    owner, last = name.rpartition(".")[::2]
    group = Group(name, f"{owner}.d{last}".lstrip("."))
    rng = np.random.default_rng(len(members))
    numbers = [(m, index) for m in members for index in range(1, m[2] + 1)]
    chosen = [numbers[k] for k in sorted(rng.permutation(len(numbers))[:most])]
    along = _along(session, [(path, index) for (path, _, _), index in chosen])
    given = np.zeros(len(chosen))
    held = [k for k, ((_, partner, _), _) in enumerate(chosen) if partner]
    if held:
        places = [(chosen[k][0][1], chosen[k][1]) for k in held]
        session.give("dlt_places", _listed(places))
        session.eval("dlt_found = dlt_numbers(net_bp, dlt_places);")
        given[held] = np.ravel(session.pull("dlt_found"))
    if len(held) < len(chosen):
        group.note = "cnnbp sets no gradient of it, though the loss depends on it"
    judge(group, given, here, along, _eps(session))
    return group


def _eps(session):
    """Return the spacing of the coarsest class that the losses are computed in."""
    kinds = leaves(session, "net_bp")
    return max(_EPS.get(kinds[name].kind, 0.0) for name in ("L", "o") if name in kinds)


def _loss_of(groups):
    """Name the loss that every group's gradient is of."""
    for name in LOSSES:
        verdicts = {group.verdicts.get(name) for group in groups}
        if "right" in verdicts and verdicts <= {"right", "not judged"}:
            return name
    factors = [group.factor for group in groups if group.checked]
    if factors and None not in factors and min(factors) > 0:
        c = float(np.median(factors))
        if max(abs(each / c - 1) for each in factors) < 1e-6:
            return f"{c:.6g} times L"
    return None
