"""The nets on which the equations are measured."""

import numpy as np

from ..cases.random_acnn import AcnnCase, targets

_IN = {"type": "i"}
_TABLE = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 1]], bool)

_NOTES = (
    _IN,
    {"type": "c", "outputmaps": 3, "kernelsize": 3},
    {"type": "s", "scale": 2, "trainable": True},
    {"type": "c", "outputmaps": 3, "kernelsize": (2, 3), "maps": _TABLE, "activation": "tanh"},
    {"type": "s", "scale": (2, 1)},
    {"type": "c", "outputmaps": 2, "kernelsize": 2},
    {"type": "f", "units": 5, "activation": "tanh"},
    {"type": "f", "units": 4},
)


def _combination(**options):
    return (
        _IN,
        {"type": "c", "outputmaps": 4, "kernelsize": 3},
        {"type": "a", "outputmaps": 3, "kernelsize": 3, **options},
        {"type": "s", "scale": 2},
        {"type": "a", "outputmaps": 2, "kernelsize": 2, "activation": "tanh", **options},
    )


def _case(name, layers, seed, count=3, **net):
    """Make a case with random images of 8x8 (12x12 for the notes' net)."""
    rng = np.random.default_rng([seed, 17])
    side = 12 if layers is _NOTES else 8
    x = rng.random((side, side, count))
    y = targets(rng, 3, count, net.get("activation", "sigm"))
    return AcnnCase(name, layers, net, x, y, batchsize=min(count, 2), seed=seed, logits=(1.5,))


CASES = {
    case.name: case
    for case in (
        _case("notes", _NOTES, 1, normalize="set"),
        _case("notes-tanh", _NOTES, 2, normalize="pixel", activation="tanh"),
        _case("one-image", _NOTES, 3, count=1),
        _case("combination", _combination(), 4),
        _case("combination-pairs", _combination(shared=False), 5, activation="linear"),
        _case("combination-l1", _combination(lam=0.3, penalty="l1"), 6),
        _case("combination-entropy", _combination(lam=0.3, penalty="entropy"), 7),
    )
}
