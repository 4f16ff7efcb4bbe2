"""Whether the options' batches fit the images of the last batch, and those of the data. Pure."""

import numpy as np

from ..story import counted


def misfits(given, family, steps=None):
    """Say where the options' batchsize is not that of the file's last batch.

    Parameters
    ----------
    given : Given
        What was read.
    family : {'cnn', 'acnn'}
        Whose functions; acnn's take a smaller last batch.
    steps : int, optional
        Batches that are trained; None for all of the data.

    Returns
    -------
    list of str
        Empty where all fits, or nothing is known.
    """
    size = None if given.opts is None else vars(given.opts).get("batchsize")
    if size is None:
        return []
    count = None if given.data is None else given.data.x.shape[-1]
    found, held = [], _held(given.net)
    fits = {size}
    if family == "acnn" and size:
        fits.add(held if count is None else count % size)
    if held is not None and (held not in fits or held > size):
        given_with = "" if family == "cnn" or count is None else " and this data"
        found.append(
            f"batchsize is {size:g} in the options, and the last batch in the file has "
            f"{counted(held, 'image')}: {family}train with these options{given_with} "
            "leaves one of another size"
        )
    if count is not None and steps is None and (why := refused(size, count, family)):
        found.append(why)
    return found


def refused(size, count, family):
    """Say why a training does not take batches of a size; empty where it does."""
    if family == "acnn" or (size >= 1 and count % size == 0):
        return ""
    return f"batchsize is {size:g}, which does not divide the {count} images of the data"


def _held(net):
    """Count the images of the last batch; None where there are none."""
    maps = getattr(net.layers[0], "a", None) if net.layers else None
    if maps is None or not len(maps):
        return None
    images = np.shape(maps[0])[2:]
    return images[-1] if images else 1  # MATLAB drops a last dimension of one
