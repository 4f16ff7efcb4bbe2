"""Two outcomes -> whether a promise is kept. Pure."""

from dataclasses import dataclass

import numpy as np

from ..comparison.fields import different_bits, hexadecimal
from ..noise import MULTIPLE

KEPT, FAIL, UNSTABLE = "kept", "fail", "unstable"


@dataclass(frozen=True)
class Judged:
    """How one argument list compares.

    Attributes
    ----------
    verdict : str
        'kept', 'fail' or 'unstable'.
    kind : str
        What differs: 'outcome', 'fields', 'class', 'size', 'values', 'arguments', 'time'; 'missing'
        where the .m function needs what is not here.
    what : str
        One sentence.
    values, different : int
        Values compared, and those with other bits.
    noise_ratio : float
        The largest difference in units of the noise, where that was measured.
    """

    verdict: str
    kind: str = ""
    what: str = ""
    values: int = 0
    different: int = 0
    noise_ratio: float = 0.0


def judge(reference, port):
    """Compare by bits.

    Parameters
    ----------
    reference, port : Outcome
        What the .m function and the Python callable did.

    Returns
    -------
    Judged
        'kept' or 'fail'.
    """
    for side, each in (("the .m function", reference), ("the Python function", port)):
        if each.ended:
            return Judged(FAIL, "time", f"{side} {each.message}")
    if reference.missing:
        return Judged(
            FAIL, "missing", f"the .m function needs what is not here: {reference.message}"
        )
    if reference.returned != port.returned:
        sides = ("the .m function", "the Python function")
        first, second = sides if reference.returned else sides[::-1]
        message = port.message if reference.returned else reference.message
        return Judged(FAIL, "outcome", f"{first} returns, {second} raises: {message}")
    if port.message and port.returned:
        return Judged(FAIL, "arguments", port.message)
    if not reference.returned:
        return Judged(KEPT)
    return _arrays(reference.arrays, port.arrays)


def _arrays(theirs, ours):
    for path in theirs:
        if path not in ours:
            return Judged(FAIL, "fields", f"{path} is missing in Python")
    for path in ours:
        if path not in theirs:
            return Judged(FAIL, "fields", f"{path} is in Python only")
    for path, (kind, _) in theirs.items():
        if kind.startswith("no array"):
            return Judged(FAIL, "class", f"{path} of the .m function is {kind}: not compared")
        if ours[path][0] != kind:
            return Judged(FAIL, "class", f"{path} is {kind} in Octave, {ours[path][0]} in Python")
    for path, (_, value) in theirs.items():
        if value.shape != ours[path][1].shape:
            return Judged(FAIL, "size", _sizes(path, value.shape, ours[path][1].shape))
    values = sum(value.size for _, value in theirs.values())
    marked = {path: different_bits(value, ours[path][1]) for path, (_, value) in theirs.items()}
    count = sum(int(each.sum()) for each in marked.values())
    for path, each in marked.items():
        if each.any():
            return Judged(FAIL, "values", _first(path, each, theirs, ours), values, count)
    return Judged(KEPT, values=values)


def _sizes(path, theirs, ours):
    wording = " and ".join(
        f"{'x'.join(map(str, shape))} in {side}"
        for shape, side in ((theirs, "Octave"), (ours, "Python"))
    )
    hint = ""
    if len(ours) == 1:
        hint = ": MATLAB has rows and columns, an array of one dimension is neither"
    return f"{path} is {wording}{hint}"


def _first(path, marked, theirs, ours):
    index = np.unravel_index([np.argmax(marked.ravel(order="F"))], marked.shape, order="F")
    index = tuple(int(n[0]) for n in index)
    place = ", ".join(str(n + 1) for n in index)
    a, b = theirs[path][1][index], ours[path][1][index]
    return f"{path}({place}) is {hexadecimal(a)} in Octave, {hexadecimal(b)} in Python"


def by_noise(plain, reference, port, perturbed):
    """Judge what differs by the noise.

    Parameters
    ----------
    plain : Judged
        The comparison by bits.
    reference, port : Outcome
        Both sides.
    perturbed : list of Outcome
        What the .m function does after one-ulp changes of its arguments.

    Returns
    -------
    Judged
        'kept' where differences are noise, 'unstable' where the noise changes what is no
        measurement (outcome, class, size, integers, logicals, text, indices), else 'fail'.
    """
    if plain.verdict == KEPT or plain.kind in ("time", "arguments", "missing"):
        return plain
    for each in perturbed:
        reason = _unsettled(reference, each)
        if reason:
            return Judged(UNSTABLE, what=f"a one-ulp change of the arguments changes {reason}")
    if plain.kind != "values":
        return plain
    worst = 0.0
    for path, (_, value) in reference.arrays.items():
        mine = port.arrays[path][1]
        if not different_bits(value, mine).any():
            continue
        finite = np.isfinite(value) if value.dtype.kind == "f" else None
        if finite is None or not np.array_equal(finite, np.isfinite(mine)):
            return plain
        if different_bits(value[~finite], mine[~finite]).any():
            return plain
        noise = max(_distance(value, each.arrays[path][1]) for each in perturbed)
        distance = _distance(value, mine)
        if distance:  # a zero's sign alone is no distance
            worst = max(worst, distance / noise if noise else np.inf)
    verdict = KEPT if worst <= MULTIPLE else FAIL
    ratio = f"{worst:.3g} times the noise" if np.isfinite(worst) else "where there is no noise"
    what = "" if verdict == KEPT else f"{plain.what}: {ratio}, at most {MULTIPLE} is promised"
    return Judged(verdict, plain.kind, what, plain.values, plain.different, float(worst))


def _unsettled(reference, moved):
    """Say what a perturbation changes that is no measurement; None where nothing."""
    if moved.ended or moved.returned != reference.returned:
        return "whether the .m function returns"
    if not reference.returned:
        return None
    if reference.arrays.keys() != moved.arrays.keys():
        return "the set of outputs"
    for path, (kind, value) in reference.arrays.items():
        other_kind, other = moved.arrays[path]
        if other_kind != kind or other.shape != value.shape:
            return f"class or size of {path}"
        counts = value.dtype.kind != "f" or kind == "char" or (_whole(value) and _whole(other))
        if counts and different_bits(value, other).any():
            return path
        if value.dtype.kind == "f" and (np.isfinite(value) != np.isfinite(other)).any():
            return f"which of {path} are finite"
    return None


def _whole(value):
    finite = value[np.isfinite(value)] if value.dtype.kind == "f" else value
    return bool((finite == np.floor(finite)).all())


def _distance(a, b):
    with np.errstate(all="ignore"):
        far = np.abs(a.astype(np.longdouble) - b.astype(np.longdouble))
    return float(far[np.isfinite(far)].max(initial=0))
