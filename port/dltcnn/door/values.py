"""Values that the functions were not made for, and options."""

import numpy as np

from .sizes import weights

_STANDARDISED = 10  # deviations: pixels of mean 0 stay below
_LABELS = 2  # and more: 0 and 1 may be the targets of one output


def range_problem(given):
    """Say that images are not in [0, 1], nor around 0; nothing where the net normalizes them.

    Parameters
    ----------
    given : Given
        The arguments, with images.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where nothing is wrong.
    """
    x = given.x
    if not x.size or (given.acnn and vars(given.net).keys() & {"normalize", "mu"}):
        return ""
    most = x.max()
    if not 1 < most < np.inf or (x.dtype.kind == "f" and most < _STANDARDISED and x.min() < 0):
        return ""
    bytes_ = most <= 255 and (x.dtype.kind != "f" or most > 100)
    division = f"x / {255 if bytes_ else most:g}"
    return (
        f"x holds values up to {most:g}: the functions are made for images in [0, 1], and larger "
        f"ones drive the units into saturation: give {division}, to train and to test alike"
    )


def labels_problem(given):
    """Say that targets are class numbers.

    Parameters
    ----------
    given : Given
        The arguments, with targets.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where they are none.
    """
    y = given.y
    if y.ndim != 2 or 1 not in y.shape or y.size < 2 or _is_linear(given):
        return ""
    least, most = y.min(), y.max()
    known = weights(given.net) if given.task != "setup" else None
    several = known and known[0] > 1
    # A row of 0 and 1 has the targets of one output, or those of one image.
    numbers = most >= _LABELS or (several and y.size != known[0])
    if not (least >= 0 and numbers and (y == np.floor(y)).all()):
        return ""
    if y.shape[0] > 1 and (given.x is None or given.count != y.shape[0]):
        return ""  # the targets of one image
    labels, classes = ("y - 1", most) if least >= 1 else ("y", most + 1)
    if several:
        classes = known[0]
    return (
        f"y is {y.shape[0]} x {y.shape[1]}, class numbers from {least:g} to {most:g}: targets are "
        f"(classes, N), in [0, 1]: give one_of_many({labels}, {classes:.0f})"
    )


def targets_range_problem(given):
    """Say that no output of the toolbox's reaches the targets.

    Parameters
    ----------
    given : Given
        The arguments, with targets.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where nothing is wrong.
    """
    y = given.y
    if not y.size or given.task not in ("train", "bp", "numgradcheck"):
        return ""
    if not (y.min() < 0 or y.max() > 1):
        return ""
    return (
        f"y holds values from {y.min():g} to {y.max():g}: the toolbox's outputs are in (0, 1), and "
        "come no nearer: give targets in [0, 1], or acnnsetup a net with activation='linear'"
    )


def counting_problem(given):
    """Say that targets are no classes, whose errors acnntest could count.

    Parameters
    ----------
    given : Given
        The arguments of acnntest, with targets.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where nothing is wrong.
    """
    y = given.y
    if not _is_linear(given) or not y.size or _are_classes(y):
        return ""
    two = "two values, one for an image's class and one for the others"
    return (
        f"y holds values from {y.min():g} to {y.max():g}: acnntest counts images that are put into "
        f"the wrong class, and expects {two if y.shape[0] > 1 else '0 and 1'} as targets of linear "
        "outputs; for other targets the error is acnnloss(acnnff(net, x), y)[0]"
    )


def options_problem(given):
    """Say that a batch size is none that divides the images.

    Parameters
    ----------
    given : Given
        The arguments of a training, with images.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where it does.
    """
    size, count = vars(given.opts).get("batchsize"), given.count
    if given.acnn or not count or not isinstance(size, int | float | np.ndarray):
        return ""
    if not isinstance(size, int) or size < 1:
        got = repr(size.tolist() if isinstance(size, np.ndarray) else size)
        return f"opts.batchsize is {got}: give one whole number that divides the {count} images"
    if 1 in (size, count):
        got = "opts.batchsize is 1" if size == 1 else "x holds 1 image"
        return f"{got}: the toolbox takes no batch of one image, acnntrain does"
    if count % size:
        divisor = next(n for n in range(min(size, count), 0, -1) if count % n == 0)
        other = f", such as {divisor}" if divisor > 1 else ""
        left = count - count % size
        if left:
            other += f", or leave images out, as in x[:, :, :{left}] and y[:, :{left}]"
        return (
            f"opts.batchsize is {size}, and x holds {count} images: give a number that divides "
            f"them{other}"
        )
    return ""


def rate_problem(given):
    """Say that a learning rate is no finite number; empty where it is one, or several."""
    alpha = vars(given.opts).get("alpha")
    if isinstance(alpha, float | np.floating) and not np.isfinite(alpha):
        return f"opts.alpha is {alpha}: no weight stays finite: give a finite learning rate"
    return ""


def _is_linear(given):
    return given.acnn and vars(given.net).get("activation") == "linear"


def _are_classes(y):
    """Say whether targets have two values; those of one output lie on both sides of its 0.5."""
    least, most = y.min(), y.max()
    if y.shape[0] == 1 and not (least in (-1, 0, 1) and most in (least, 1)):
        return False
    return bool(((y == least) | (y == most)).all())
