"""How much memory a training takes, and how its time grows with the number of images."""

import time
import tracemalloc

import numpy as np

from dltcnn import OctaveRandom, Opts, cnntrain

from ..traces.trace import net_fields
from .sizes import Size

ENGINES = ("lines", "compiled")
_IMAGES = (1000, 2000, 5000, 10_000)
_ROUNDS = 5


def gather(quick):
    """Measure the peak of an epoch of two batches above what was there before.

    Parameters
    ----------
    quick : bool
        Whether two sizes of batch are enough.

    Returns
    -------
    dict
        "peaks": for each size of batch, the peak of either engine and the size of the fields of
        the returned net, in bytes.
    """
    found = []
    for batch in (50, 500) if quick else (10, 50, 200, 500, 1000):
        net, x, y = Size(batch=2 * batch).start()
        opts = Opts(alpha=0.1, batchsize=batch, numepochs=1)
        row = {"batch": batch, "images": x[:, :, :batch].nbytes}
        for engine in ENGINES:
            row[engine], trained = _peak(net, x, y, opts, engine)
        row["fields"] = sum(np.asarray(value).nbytes for value in net_fields(trained).values())
        found.append(row)
    return {"peaks": found}


def _peak(net, x, y, opts, engine):
    tracemalloc.start()
    try:
        trained = cnntrain(net, x, y, opts, OctaveRandom(0), False, engine=engine)
        return tracemalloc.get_traced_memory()[1], trained
    finally:
        tracemalloc.stop()


def growth(quick):
    """Time an epoch of the compiled engine, batches of 50, for more and more images.

    Returns
    -------
    dict
        "images", the numbers of images, and "growth_seconds", the median time for each.
    """
    images = _IMAGES[:3] if quick else _IMAGES
    net, x, y = Size(batch=images[-1]).start()
    opts = Opts(alpha=0.1, batchsize=50, numepochs=1)
    seconds = {number: [] for number in images}
    for _ in range(_ROUNDS):
        for number in images:
            began = time.perf_counter()
            images_and_targets = x[:, :, :number], y[:, :number]
            cnntrain(net, *images_and_targets, opts, OctaveRandom(0), False, engine="compiled")
            seconds[number].append(time.perf_counter() - began)
    return {
        "images": list(images),
        "growth_seconds": [float(np.median(each)) for each in seconds.values()],
    }
