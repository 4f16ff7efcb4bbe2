"""Random nets of the acnn functions: a seed gives layers, images, targets and options."""

from dataclasses import dataclass, field

import numpy as np

ACTIVATIONS = ("sigm", "tanh", "linear")
_SPECIAL_PIXELS = np.array([np.nan, np.inf, -np.inf, 5e-324, -0.0, 0.0, 1e300, -1e-310])


# What random nets mix, as `features` names it.
FEATURES = {
    *("layer i", "layer c", "layer a", "layer s", "layer f", "no pooling between", "pooling twice"),
    *("connection table", "kernel per pair", "shared kernel", "rectangular kernel"),
    *("plain pooling", "trainable pooling", "rectangular scale", "tanh", "linear", "l1", "entropy"),
    *("channels", "one image", "batches of one", "smaller last batch", "one output"),
    *("rate per weight", "single", "integer or logical", "NaN, Inf", "normalize"),
}


@dataclass(frozen=True)
class AcnnCase:
    """What the reference and the port are given.

    Attributes
    ----------
    name : str
        Unique among the cases of a run.
    layers : tuple of dict
        The layers' fields.
    net : dict
        The net's own fields: activation, normalize.
    x, y : numpy.ndarray
        Images and targets.
    batchsize : int
        Images in a batch of the training; the last batch may have fewer.
    alpha : float
        Learning rate.
    seed : int
        The seed of Octave's generator, and of what is put into the net after setup.
    per_weight : bool
        Whether each weight has a rate of its own, around alpha.
    logits : tuple
        Spreads; for the logits of each combination layer one of them is drawn.
    logits_at : float
        Around which number they spread.
    biases : float
        Spread of the biases, and of the factors of trainable subsampling around their start; after
        setup alone those of a layer are all alike.
    put : dict of str to numpy.ndarray
        What is put into the net after setup in place of what is drawn: path -> value.
    earlier : tuple of dict
        Where given, the layers of a net with normalized images, as many and of any type: what they
        hold after a step is in the net when it is set up.
    """

    name: str
    layers: tuple
    net: dict
    x: np.ndarray
    y: np.ndarray
    batchsize: int = 3
    alpha: float = 0.5
    seed: int = 0
    per_weight: bool = False
    logits: tuple = (0, 1, 3, 800)
    logits_at: float = 0.0
    biases: float = 0.0
    put: dict = field(default_factory=dict)
    earlier: tuple = ()


def random_acnn(seed):
    """Draw a case that the acnn functions accept.

    Parameters
    ----------
    seed : int
        Decides everything that is drawn.

    Returns
    -------
    AcnnCase
        All kinds of layers and options in any order that is allowed, one image or several, one to
        three channels. A third of the cases are single, an eighth have NaN, Inf, denormals and
        signed zeros, a fifth have images or targets of another class than double.
    """
    rng = np.random.default_rng([seed, 7])
    rows, cols, channels = (int(n) for n in (*rng.integers(4, 13, 2), rng.integers(1, 4)))
    layers = _layers(rng, rows, cols, channels)
    net = {}
    if rng.random() < 0.5:
        net["activation"] = str(rng.choice(ACTIVATIONS))
    if rng.random() < 0.3:
        net["normalize"] = str(rng.choice(["set", "pixel"]))
    count = int(rng.integers(1, 8))
    x = rng.random((rows, cols, channels, count) if channels > 1 else (rows, cols, count))
    y = targets(rng, int(rng.integers(1, 5)), count, net.get("activation", "sigm"))
    if seed % 8 == 7:
        hit = rng.random(x.shape) < 0.03
        x[hit] = rng.choice(_SPECIAL_PIXELS, int(hit.sum()))
    if seed % 3 == 0:
        with np.errstate(all="ignore"):
            x = x.astype(np.float32)
    if seed % 5 == 4:
        x, y = _other_classes(rng, x, y)
    return AcnnCase(
        f"random-acnn-{seed}",
        layers,
        net,
        x,
        y,
        batchsize=int(rng.integers(1, count + 1)),
        alpha=float(rng.choice([1.0, 0.3, 0.05])),
        seed=seed,
        per_weight=bool(rng.random() < 0.25),
        biases=float(rng.choice([0.0, 0.5])),
    )


def _other_classes(rng, x, y):
    """Convert images, targets or both to another class that is accepted."""
    if rng.random() < 0.7 and np.isfinite(x).all():
        x = (x * 255).astype(np.uint8) if rng.random() < 0.5 else x > 0.5
    if rng.random() < 0.7:
        y = y.astype(bool) if np.isin(y, (0, 1)).all() and rng.random() < 0.5 else np.float32(y)
    return x, y


def targets(rng, classes, count, activation):
    """Draw targets in the range of an activation: one of many, or any number for 'linear'."""
    if activation == "linear":
        return rng.standard_normal((classes, count))
    y = np.zeros((classes, count))
    y[rng.integers(0, classes, count), np.arange(count)] = 1
    if classes == 1:
        y[0] = rng.random(count) < 0.5
    return 2 * y - 1 if activation == "tanh" else y


def features(case):
    """Name what a case has, once each.

    Parameters
    ----------
    case : AcnnCase
        The case.

    Returns
    -------
    set of str
        Kinds of layers, options, shapes and classes.
    """
    found = {f"layer {layer['type']}" for layer in case.layers}
    for layer, below in zip(case.layers[1:], case.layers, strict=False):
        found |= _of_layer(layer)
        found |= {"no pooling between"} if {layer["type"], below["type"]} <= {"c", "a"} else set()
        found |= {"pooling twice"} if layer["type"] == below["type"] == "s" else set()
    named = {
        "channels": case.x.ndim == 4,
        "one image": case.x.shape[-1] == 1,
        "batches of one": case.batchsize == 1,
        "smaller last batch": case.x.shape[-1] % case.batchsize,
        "one output": case.y.shape[0] == 1,
        "rate per weight": case.per_weight,
        "single": np.float32 in (case.x.dtype, case.y.dtype),
        "integer or logical": not {case.x.dtype.kind, case.y.dtype.kind} <= {"f"},
        "NaN, Inf": not np.isfinite(case.x).all(),
        "normalize": "normalize" in case.net,
    }
    return found | {name for name, there in named.items() if there}


def _of_layer(layer):
    named = {
        "connection table": "maps" in layer,
        "trainable pooling": "trainable" in layer,
        "plain pooling": layer["type"] == "s" and "trainable" not in layer,
        "kernel per pair": layer.get("shared") is False,
        "shared kernel": layer["type"] == "a" and layer.get("shared", True),
        "rectangular kernel": isinstance(layer.get("kernelsize"), tuple),
        "rectangular scale": isinstance(layer.get("scale"), tuple),
        "tanh": layer.get("activation") == "tanh",
        "linear": layer.get("activation") == "linear",
        "l1": "lam" in layer and layer.get("penalty", "l1") == "l1",
        "entropy": "lam" in layer and layer.get("penalty") == "entropy",
    }
    return {name for name, there in named.items() if there}


def _layers(rng, rows, cols, channels):
    """Draw layers from the input on, as far as the maps allow."""
    layers = [{"type": "i"} if channels == 1 else {"type": "i", "channels": channels}]
    side, maps = np.array([rows, cols]), channels
    for _ in range(rng.integers(0, 6)):
        kinds = ["f"] if layers[-1]["type"] == "f" else ["c", "c", "a", "a", "s", "s", "s", "f"]
        kind = str(rng.choice(kinds))
        layer = {"type": kind}
        if kind == "f":
            layer["units"] = maps = int(rng.integers(1, 6))
        elif kind == "s":
            scale = _divisors(rng, side)
            layer["scale"] = _one_or_two(scale)
            side = side // scale
            layer |= {"trainable": True} if rng.random() < 0.5 else {}
        else:
            kernel = rng.integers(1, np.minimum(side, 4) + 1)
            layer["kernelsize"] = _one_or_two(kernel)
            layer["outputmaps"] = outputs = int(rng.integers(1, 5))
            layer |= _combination(rng) if kind == "a" else _table(rng, maps, outputs)
            side, maps = side - kernel + 1, outputs
        if (kind != "s" or "trainable" in layer) and rng.random() < 0.5:
            layer["activation"] = str(rng.choice(ACTIVATIONS))
        layers.append(layer)
    return tuple(layers)


def _combination(rng):
    """Draw the options of a combination layer."""
    options = {}
    if rng.random() < 0.5:
        options["shared"] = bool(rng.random() < 0.3)
    if rng.random() < 0.6:
        options["lam"] = float(rng.choice([0.01, 0.3]))
    if rng.random() < 0.6:
        options["penalty"] = str(rng.choice(["l1", "entropy"]))
    return options


def _table(rng, maps, outputs):
    """Draw a connection table, or none."""
    if rng.random() < 0.5:
        return {}
    table = rng.random((maps, outputs)) < 0.6
    table[rng.integers(0, maps, outputs), np.arange(outputs)] = True
    return {"maps": table}


def _divisors(rng, side):
    """Draw a scale that divides the maps."""
    return np.array([rng.choice([s for s in (1, 2, 3, 4) if n % s == 0]) for n in side])


def _one_or_two(pair):
    """Give a square size as one number."""
    return int(pair[0]) if pair[0] == pair[1] else tuple(int(n) for n in pair)
