"""Where the toolbox fails by itself, so that its own words are the message."""

from .sizes import outputs, weights


def fails(given):
    """Say whether the toolbox's function is expected to fail on what does not fit.

    Parameters
    ----------
    given : Given
        The arguments of one of the cnn functions.

    Returns
    -------
    bool
        Where it then does not fail, it is warned of afterwards.
    """
    x, y, known = given.x, given.y, weights(given.net)
    if x is not None and not x.size:
        return True
    if given.task == "setup":
        return given.sizes is not None and given.sizes.setup_stops
    if x is not None and known and _forward_fails(given, known):
        return True
    if y is None or y.ndim != 2 or not known:
        return False
    if given.task == "train":
        return _training_fails(given, known)
    if given.task == "test":
        return _apart(y.shape[1], given.count)
    expected = outputs(given.net) if x is None else (known[0], given.count)
    return y.dtype.kind in "iu" or (expected and any(map(_apart, y.shape, expected)))


def _forward_fails(given, known):
    """Say whether cnnff stops: several channels, one image, or features that do not fit."""
    if given.sizes is not None and given.sizes.features != known[1]:
        return True
    one = given.task == "train" and _batchsize(given) == 1
    flat = given.ndim == 2 or (given.ndim > 3 and given.task != "train")
    return (one or flat) and any(vars(layer).get("type") == "c" for layer in given.net.layers)


def _training_fails(given, known):
    size, y = _batchsize(given), given.y
    uneven = size is None or given.count % size > 0
    few, rows = y.shape[1] < given.count, _apart(y.shape[0], known[0])
    return uneven or few or rows or y.dtype.kind in "iu" or _does_not_expand(given)


def _does_not_expand(given):
    """Say whether cnnbp stops: a convolution's maps are not a multiple of the scale above them."""
    types = [vars(layer).get("type") for layer in given.net.layers]
    return bool(given.sizes) and given.sizes.setup_stops and "cs" in "".join(map(str, types))


def _batchsize(given):
    """Return the batch size; None where it is no whole number of at least 1."""
    size = vars(given.opts).get("batchsize") if given.opts is not None else None
    return size if isinstance(size, int) and size >= 1 else None


def batch(given):
    """Return how many images the toolbox's function takes at once."""
    size = _batchsize(given) if given.task == "train" else None
    return min(size or given.count, given.count)


def _apart(a, b):
    """Say whether two sizes are neither the same nor broadcast."""
    return a != b and 1 not in (a, b)
