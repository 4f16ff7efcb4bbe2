"""The nets on which the equations are measured.

Nothing in them is alike that a fault could mix up: biases, factors, logits and most learning rates
differ from weight to weight, images are no squares, the last batch is smaller. The nets of the
judgement alone (`middle`) have no biases, so that dark images give the middle exactly.
"""

import numpy as np

from ..cases.random_acnn import AcnnCase, targets

_IN = {"type": "i"}
_COLOUR = {"type": "i", "channels": 2}
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
_CHANNELS = (
    _COLOUR,
    {"type": "c", "outputmaps": 2, "kernelsize": (2, 3), "maps": np.array([[1, 1], [1, 0]], bool)},
    {"type": "c", "outputmaps": 2, "kernelsize": 2, "activation": "tanh"},
    {"type": "s", "scale": (3, 2), "trainable": True, "activation": "linear"},
    {"type": "f", "units": 3, "activation": "linear"},
)
_ONE_OUTPUT = (
    _COLOUR,
    {"type": "c", "outputmaps": 2, "kernelsize": (2, 3), "activation": "tanh"},
    {"type": "a", "outputmaps": 2, "kernelsize": 2, "activation": "tanh", "shared": False},
    {"type": "s", "scale": (3, 2), "trainable": True, "activation": "tanh"},
)


# A net with all fields that a layer can have, and what is made of it: all types are others.
_EARLIER = (
    _IN,
    {"type": "a", "outputmaps": 4, "kernelsize": (1, 2), "shared": False},
    {"type": "s", "scale": 2, "trainable": True},
    {"type": "f", "units": 3},
    {"type": "f", "units": 4},
)
_NOW = (
    _IN,
    {"type": "s", "scale": (2, 1)},
    {"type": "c", "outputmaps": 2, "kernelsize": 2},
    {"type": "c", "outputmaps": 2, "kernelsize": 2},
    {"type": "a", "outputmaps": 2, "kernelsize": 1},
)
_ONE_MAP = (_IN, {"type": "a", "outputmaps": 2, "kernelsize": 2, "lam": 0.3})
_TRAINABLE = {"trainable": True, "activation": "tanh"}


def _combination(pooled=_TRAINABLE, **options):
    return (
        _IN,
        {"type": "c", "outputmaps": 4, "kernelsize": (3, 2)},
        {"type": "a", "outputmaps": 3, "kernelsize": 3, **options},
        {"type": "s", "scale": (2, 1), **pooled},
        {"type": "a", "outputmaps": 2, "kernelsize": (1, 2), "activation": "tanh", **options},
    )


# Logits of the first combination: in each column a map takes no part, in the second one alone does.
_MASKED = np.array(
    [[0.3, -np.inf, 0.5], [-0.6, 2, -np.inf], [1, -np.inf, -0.3], [-np.inf, -np.inf, 0.2]]
)
_UNDERFLOWN = np.where(_MASKED == 0.3, -800, _MASKED)


def _case(name, layers, seed, count=3, classes=3, net=None, **options):
    """Make a case with random images of 8x7 (12x14 for the notes' net)."""
    rng, net = np.random.default_rng([seed, 17]), net or {}
    side = (12, 14) if layers is _NOTES else (8, 7)
    channels = (layers[0]["channels"],) if "channels" in layers[0] else ()
    x = rng.random((*side, *channels, count))
    y = targets(rng, classes, count, net.get("activation", "sigm"))
    given = {"batchsize": min(count, 2), "logits": (1.5,), "biases": 0.5} | options
    return AcnnCase(name, layers, net, x, y, seed=seed, **given)


def _middle(activation, seed):
    """Make a case of one output, whose weights stay: outputs on both sides of the middle and in it.

    So are the targets, in all combinations.
    """
    rng = np.random.default_rng([seed, 17])
    lowest, middle = (-1, 0) if activation == "tanh" else (0, 0.5)
    x, y = rng.uniform(-3, 3, (4, 3, 24)), rng.uniform(lowest, 1, (1, 24))
    x[..., :3] = 0
    y[0, :3], y[0, 8:12] = (lowest, middle, 1), middle
    layers = (_IN, {"type": "c", "outputmaps": 2, "kernelsize": 2, "activation": "tanh"})
    put = {"ffb": np.full((1, 1), middle)} if activation == "linear" else {}
    net, name = {"activation": activation}, f"middle-{activation}"
    return AcnnCase(name, layers, net, x, y, batchsize=5, alpha=0.0, seed=seed, put=put)


def _bytes(seed):
    """Make a case of one map, whose sides no other scale divides; its images are bytes."""
    rng = np.random.default_rng([seed, 17])
    x, y = rng.integers(0, 256, (8, 9, 3), np.uint8), targets(rng, 3, 3, "sigm")
    layers = (_IN, {"type": "s", "scale": (4, 3)}, {"type": "f", "units": 4})
    given = {"batchsize": 2, "seed": seed, "biases": 0.5}
    return AcnnCase("bytes", layers, {"normalize": "set"}, x, y, **given)


def _few(name, sides, normalize, seed):
    """Make a case of few images or pixels, where deviations are of one value or of two.

    Of three images and more the last pixel is always the same.
    """
    rng = np.random.default_rng([seed, 17])
    x, layers = rng.random(sides), (_IN, {"type": "f", "units": 3, "activation": "tanh"})
    x[-1, -1] = x[-1, -1, 0] if sides[2] > 2 else x[-1, -1]
    y = targets(rng, 2, sides[2], "sigm")
    given = {"batchsize": min(2, sides[2]), "seed": seed, "biases": 0.5}
    return AcnnCase(name, layers, {"normalize": normalize}, x, y, **given)


CASES = {
    case.name: case
    for case in (
        _case("notes", _NOTES, 1, net={"normalize": "set"}),
        _case(
            "notes-tanh",
            _NOTES,
            2,
            net={"normalize": "pixel", "activation": "tanh"},
            per_weight=True,
        ),
        _case("one-image", _NOTES, 3, count=1),
        _case("combination", _combination(pooled={"scale": 2}), 4, logits_at=800.0),
        _case(
            "combination-pairs",
            _combination(shared=False),
            5,
            net={"activation": "linear"},
            per_weight=True,
        ),
        _case("combination-l1", _combination(lam=0.3, penalty="l1"), 6),
        _case("combination-entropy", _combination(lam=0.3, penalty="entropy"), 7),
        _case("masked-l1", _combination(lam=0.3), 9, put={"layers{3}.c": _MASKED}),
        _case(
            "masked-entropy",
            _combination(lam=0.3, penalty="entropy"),
            10,
            put={"layers{3}.c": _UNDERFLOWN},
        ),
        _case("only-input", (_COLOUR,), 11),
        _bytes(15),
        _few("one-value", (1, 1, 1), "set", 16),
        _few("two-values", (1, 1, 2), "set", 17),
        _few("one-for-each-pixel", (2, 3, 1), "pixel", 18),
        _few("two-for-each-pixel", (2, 3, 2), "pixel", 19),
        _few("a-constant-pixel", (2, 3, 4), "pixel", 20),
        _case("one-map", _ONE_MAP, 22, put={"layers{2}.c": np.array([[0.5, -800]])}),
        _case("set-up-again", _NOW, 21, earlier=_EARLIER),
        *(
            _middle(activation, seed)
            for seed, activation in enumerate(("sigm", "tanh", "linear"), 12)
        ),
        _case("channels", _CHANNELS, 8, count=5, net={"normalize": "pixel"}, per_weight=True),
        _case(
            "one-output",
            _ONE_OUTPUT,
            108,
            count=7,
            classes=1,
            net={"activation": "tanh"},
            alpha=0.1,
        ),
    )
}
