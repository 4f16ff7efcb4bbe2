"""Random cases: a seed gives a net, images and options."""

import numpy as np

from .standard import Case


def random_case(seed):
    """Draw a case that the toolbox accepts.

    Parameters
    ----------
    seed : int
        Decides everything that is drawn.

    Returns
    -------
    Case
        With scales 1 to 4, kernels 1 to 5, up to three convolutions, and any kind of first and
        last layer that the toolbox takes. A third of the cases are single, a third have special
        values.
    """
    rng = np.random.default_rng(seed)
    layers, (rows, cols) = _layers(rng)
    batchsize = int(rng.integers(2, 7))
    return Case(
        f"random-{seed}",
        layers,
        rows,
        cols,
        classes=int(rng.integers(1, 12)),
        images=batchsize * int(rng.integers(1, 4)),
        x_class="float32" if seed % 3 == 0 else _x_class(rng, layers),
        y_class="float32" if rng.random() < 0.1 else "float64",
        seed=seed,
        batchsize=batchsize,
        epochs=int(rng.integers(1, 3)),
        alpha=float(rng.choice([1.0, 0.5, 0.1, 3.0, 1e-3])),
        special=bool(rng.random() < 1 / 3),
    )


def _x_class(rng, layers):
    """Draw a class other than single; without a layer above the input integers are refused."""
    name = rng.choice(["float64", "uint8", "int32", "bool"], p=[0.85, 0.05, 0.05, 0.05])
    return str(name) if layers else "float64"


def _layers(rng):
    """Draw the layers from the last to the first, so that every size divides."""
    size = rng.integers(1, 4, 2)
    kinds = "cs" if rng.random() < 0.75 else "c"
    count = int(rng.integers(0, 4))
    text = []
    for number in range(count):
        if number or kinds == "cs":
            scale = int(rng.choice([1, 2, 2, 3, 4]))
            if (size * scale).max() <= 24:
                size = size * scale
            else:
                scale = 1
            text.append(f"{scale}s")
        kernel = int(rng.integers(1, 6))
        size = size + kernel - 1
        text.append(f"{int(rng.integers(1, 5))}c{kernel}")
    if rng.random() < 0.2:
        scale = int(rng.integers(1, 4))
        size = size * scale
        text.append(f"{scale}s")
    return "-".join(reversed(text)), tuple(int(n) for n in size)


_CLASSES_OF_X = ("float64", "float32", "uint8", "int8", "int16", "uint16", "int32", "bool")
_CHANCES_OF_X = (0.45, 0.3, 0.05, 0.03, 0.03, 0.03, 0.05, 0.06)
_RATES = (0.0, 1.0, -0.5, 1e-300, 1e12, float("inf"))


def wide_case(campaign, number):
    """Draw a case from all that the toolbox accepts: one net of a sweep.

    Parameters
    ----------
    campaign : int
        Seed of the sweep.
    number : int
        The number of the net in it. The net does not depend on how many there are.

    Returns
    -------
    Case
        Wider than `random_case`: more classes of images and targets, batches of 2 to 12, up to 30
        classes, and any learning rate, those that drive the weights to Inf too. A fifth is large in
        one way: kernels of 6 to 11, up to 100 maps, batches of up to 300, 1,200 steps or 2,500
        images.
    """
    rng = np.random.default_rng([campaign, number])
    if rng.random() < 0.2:
        return _wide_in_one_way(campaign, number, rng)
    layers, (rows, cols) = _layers(rng)
    batchsize = int(rng.integers(2, 13))
    x_class = str(rng.choice(_CLASSES_OF_X, p=_CHANCES_OF_X))
    if np.dtype(x_class).kind in "iu" and not layers:
        x_class = "float64"  # without a layer above the input integers are refused
    rate = rng.choice(_RATES) if rng.random() < 0.2 else 10 ** rng.uniform(-4, 1)
    return Case(
        f"sweep-{campaign}-{number}",
        layers,
        rows,
        cols,
        classes=int(rng.choice([1, 2, 3, 10, rng.integers(4, 31)])),
        images=batchsize * int(rng.integers(1, 4)),
        x_class=x_class,
        y_class=str(rng.choice(["float64", "float32", "bool"], p=[0.75, 0.15, 0.1])),
        seed=int(rng.integers(2**32)),
        batchsize=batchsize,
        epochs=int(rng.integers(1, 4)),
        alpha=float(rate),
        special=bool(rng.random() < 0.4),
    )


_WAYS = ("kernels", "maps", "batches", "steps", "images")
_CHANCES_OF_WAYS = (0.45, 0.25, 0.2, 0.05, 0.05)


def _wide_in_one_way(campaign, number, rng):
    """Draw a case that is large in one way, and small otherwise so that it is quick."""
    way = rng.choice(_WAYS, p=_CHANCES_OF_WAYS)
    kernel, maps, batchsize, batches = int(rng.integers(1, 4)), 2, int(rng.integers(2, 6)), 1
    if way == "kernels":
        kernel, maps = int(rng.integers(6, 12)), int(rng.integers(1, 4))
    elif way == "maps":
        maps = int(rng.integers(17, 101))
    elif way == "batches":
        batchsize = int(rng.integers(13, 301))
    elif way == "steps":
        batchsize, batches = 2, int(rng.integers(600, 1201))
    else:
        batchsize = int(rng.integers(200, 301))
        batches = 2500 // batchsize
    side = 2 * rng.integers(1, 3, 2)
    layers, more = f"{maps}c{kernel}-2s", int(rng.integers(1, 4))
    if way == "maps" and rng.random() < 0.5:  # many maps below a convolution too
        layers = f"{maps}c{kernel}-2s-{more}c1"
    rows, cols = (int(n) for n in side + kernel - 1)
    return Case(
        f"sweep-{campaign}-{number}",
        layers,
        rows,
        cols,
        classes=int(rng.choice([1, 2, 10])),
        images=batchsize * batches,
        x_class=str(rng.choice(["float64", "float32"])),
        seed=int(rng.integers(2**32)),
        batchsize=batchsize,
        epochs=1,
        alpha=float(10 ** rng.uniform(-3, 0.5)),
        special=bool(rng.random() < 0.3),
    )
