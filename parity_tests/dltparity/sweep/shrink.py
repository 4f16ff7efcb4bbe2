"""A failing case -> the smallest one that still fails."""

import re
from dataclasses import replace

_LIMIT = 500  # cases tried


def shrink(case, fails):
    """Make a failing case smaller as long as it fails.

    Parameters
    ----------
    case : Case
        A case that fails.
    fails : callable
        Tells of a case whether it fails.

    Returns
    -------
    Case
        A case that fails and has no simpler variant that fails, as far as `_LIMIT` tries reach.
    """
    tried, simpler = {_key(case)}, True
    while simpler:
        simpler = False
        for candidate in _simpler(case):
            if len(tried) >= _LIMIT:
                return case
            if _key(candidate) in tried:
                continue
            tried.add(_key(candidate))
            if fails(candidate):
                case, simpler = candidate, True
                break
    return case


def _key(case):
    return replace(case, name="")


def _simpler(case):
    """Yield simpler variants, the simplest first; each makes one thing smaller and none larger."""
    layers = [part for part in case.layers.split("-") if part]
    top = _top(layers, case.rows, case.cols)
    for count in range(len(layers), 0, -1):
        for start in range(len(layers) - count + 1):
            yield _with(case, layers[:start] + layers[start + count :], top)
    yield replace(case, special=False)
    yield replace(case, x_class="float64")
    yield replace(case, y_class="float64")
    yield replace(case, epochs=min(case.epochs, 1))
    yield replace(case, images=min(case.images, case.batchsize))
    if case.images == case.batchsize:
        for count in _less(case.batchsize, 2):
            yield replace(case, images=count, batchsize=count)
    for classes in _less(case.classes):
        yield replace(case, classes=classes)
    for place, layer in enumerate(layers):
        for smaller in _smaller_layers(layer):
            yield _with(case, [*layers[:place], smaller, *layers[place + 1 :]], top)
    for size in (
        (1, 1),
        *((n, top[1]) for n in _less(top[0])),
        *((top[0], n) for n in _less(top[1])),
    ):
        yield _with(case, layers, size)
    yield replace(case, alpha=1.0)


def _smaller_layers(layer):
    numbers = [int(n) for n in re.findall(r"\d+", layer)]
    if layer.endswith("s"):
        return [f"{scale}s" for scale in _less(numbers[0])]
    maps, kernel = numbers
    fewer = [f"{n}c{kernel}" for n in _less(maps)]
    return fewer + [f"{maps}c{size}" for size in _less(kernel)]


def _less(number, least=1):
    """List smaller numbers, from the smallest on: the least, the half, one less."""
    return sorted({n for n in (least, number // 2, number - 1) if least <= n < number})


def _top(layers, rows, cols):
    """Return the size of the last layer's maps."""
    for layer in layers:
        number = int(re.search(r"\d+$|^\d+(?=s)", layer)[0])
        if layer.endswith("s"):
            rows, cols = rows // number, cols // number
        else:
            rows, cols = rows - number + 1, cols - number + 1
    return rows, cols


def _with(case, layers, top):
    """Change the layers, with the images that give last maps of size `top`."""
    rows, cols = top
    for layer in reversed(layers):
        number = int(re.search(r"\d+$|^\d+(?=s)", layer)[0])
        if layer.endswith("s"):
            rows, cols = rows * number, cols * number
        else:
            rows, cols = rows + number - 1, cols + number - 1
    return replace(case, layers="-".join(layers), rows=rows, cols=cols)
