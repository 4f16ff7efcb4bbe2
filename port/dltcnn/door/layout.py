"""Which axis of the images and of the targets holds what."""

import math
from typing import NamedTuple

from ..data.images import shown
from .sizes import channels, first_weights, fits, fitting, outputs, square, weights

_GIVEN = "images are (rows, cols, N)"


class Reading(NamedTuple):
    """One way in which images may lie.

    Attributes
    ----------
    count, rows, cols : int
        How many images there are, and their size, read so; 0 for a size that is not known.
    description : str
        Which axis holds what.
    remedy : str
        The expression that turns `x` into images as the functions want them.
    """

    count: int
    rows: int
    cols: int
    description: str
    remedy: str


def images_problem(given):
    """Say how images lie that lie otherwise than the functions want them.

    Parameters
    ----------
    given : Given
        The arguments, with images.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where they may lie as they should.
    """
    net, x, y = given.net, given.x, given.y
    if not x.size and (given.task != "predict" or given.count):
        return f"x is {shown(x)}, no image: images are (rows, cols, N)"
    targets = None if y is None or y.ndim != 2 else y.shape
    several = given.axis == 2 < given.ndim - 1
    if targets and given.count == targets[1]:
        targets = None  # they agree
        if given.task == "setup" and not several:
            return ""
    if targets is None and given.ndim <= given.axis + 1 and fitting(net, given.sizes):
        return ""
    for read in _readings(x, channels(net)):
        sized = read.rows and fits(net, read.rows, read.cols)
        agrees = sized if targets is None else read.count in _counts(targets)
        if agrees and (targets is None or sized or not read.rows or weights(net) is None):
            return _message(given, read, targets)
    if several:
        return (
            f"x is {shown(x)}: {_GIVEN}, of one channel: for several give x (rows, cols, channels, "
            'N) and Layer("i", channels=...) to the acnn functions'
        )
    return ""


def _counts(targets):
    """List how many images the targets may be for: their rows too, where these are more."""
    return {count for count in (targets[1], max(targets)) if count > 1}


def _message(given, read, targets):
    x = "a list of images" if given.listed else shown(given.x)
    remedy = read.remedy
    if given.line:
        return f"x is 1-D, {given.x.size}: {_GIVEN}: give {remedy.replace('(x,', '([x],')}"
    if given.listed and read.remedy == "x.transpose(1, 2, 0)":
        remedy = "np.stack(x, axis=2)"
    if given.x.dtype.kind == "u":
        remedy += " / 255"
    wanted = _GIVEN if given.axis == 2 else f"images are (rows, cols, {channels(given.net)}, N)"
    message = f"x is {x}: {wanted}, and here {read.description}: give {remedy}"
    if targets and read.count == targets[0] != targets[1]:
        message += f"; y is {shown(given.y)}: targets are (classes, N): give y.T"
    return message


def _readings(x, channels):
    """List how images may lie, the likelier first."""
    shape, found = x.shape, []
    if x.ndim == 2:
        for count, pixels, what in ((*shape, "row"), (*shape[::-1], "column")):
            side = math.isqrt(pixels)
            known = side * side == pixels
            size = f"{side}, {side}" if known else "rows, cols"
            rows = "x" if what == "row" else "x.T"
            found.append(
                Reading(
                    count,
                    *((side, side) if known else (0, 0)),
                    f"each {what} is an image",
                    f"images({rows}, {size})",
                )
            )
    elif x.ndim == 3:
        a, b, c = shape
        found += [
            Reading(a, b, c, "the first axis holds the images", "x.transpose(1, 2, 0)"),
            Reading(b, a, c, "the second axis holds the images", "x.transpose(0, 2, 1)"),
        ]
    elif x.ndim == 4:
        a, b, c, d = shape
        first = "the first axis holds the images"
        if channels > 1:
            if b == channels:
                found.append(Reading(a, c, d, first, "x.transpose(2, 3, 1, 0)"))
            if d == channels:
                found.append(Reading(a, b, c, first, "x.transpose(1, 2, 3, 0)"))
        else:
            one = " and another the one channel"
            if b == 1:
                found.append(Reading(a, c, d, first + one, "x[:, 0].transpose(1, 2, 0)"))
            if d == 1:
                found.append(Reading(a, b, c, first + one, "x[..., 0].transpose(1, 2, 0)"))
            if c == 1:
                found.append(Reading(d, a, b, "the third axis holds the one channel", "x[:, :, 0]"))
    return found


def size_problem(given):
    """Say which layer images of this size do not fit, or that they do not fit the weights.

    Parameters
    ----------
    given : Given
        The arguments, with images.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where they fit.
    """
    net, (rows, cols), sizes = given.net, given.x.shape[:2], given.sizes
    if sizes is None:
        return ""
    known = None if given.task == "setup" else first_weights(net)
    if sizes.problem:
        problem, remedy = sizes.problem, "choose others, or give images that fit"
    elif known and sizes.features != known[1]:
        to = "the outputs" if known[0] > len(net.layers) else "it"
        problem = f"layer {known[0]}: {sizes.features} features reach {to}, expected {known[1]}"
        remedy = "give images of the size that the net was set up for"
    else:
        return ""
    side = square(net) if known else None
    if side:
        remedy = f"the net was set up for other images, such as {side}x{side}"
    return f"{problem} (x is {shown(given.x)}, images of {rows}x{cols}): {remedy}"


def targets_problem(given):
    """Say how targets lie that lie otherwise than the functions want them.

    Parameters
    ----------
    given : Given
        The arguments, with targets.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where they may lie as they should.
    """
    x, y, known = given.x, given.y, weights(given.net)
    if y.ndim != 2:
        return f"y is {shown(y)}: targets are (classes, N)" + (
            "; x and y were swapped?" if x is not None and x.ndim == 2 else ""
        )
    count = _expected(given)
    classes = None if given.task == "setup" or known is None else known[0]
    if count is None or y.shape[1] == count:
        if classes in (None, y.shape[0]):
            return ""
        return (
            f"y is {shown(y)}, and the net has {classes} outputs: targets are (classes, N), a row "
            "for each output: set the net up with these targets, or give others"
        )
    in_rows = classes == y.shape[1] if classes else count > y.shape[1]
    if y.shape[0] == count and in_rows:
        column = "y.T" if count > 1 else "y.reshape(-1, 1)"
        return (
            f"y is {shown(y)}, and {_who(given)} {count} images: targets are (classes, N), a "
            f"column for each image: give {column}"
        )
    if given.task == "setup":
        return ""  # it needs the number of classes only
    return (
        f"y is {shown(y)}, and {_who(given)} {count} images: targets are (classes, N): give one "
        "column for each image"
    )


def batch_problem(given):
    """Say that the images are not as many as those of the net's last batch.

    Parameters
    ----------
    given : Given
        The arguments, with images.

    Returns
    -------
    str
        What was got, expected and is to be done; empty where they are.
    """
    last = outputs(given.net)
    if last is None or last[1] == given.count:
        return ""
    return (
        f"x holds {given.count} images, and the net's last batch had {last[1]}: check the "
        "gradients on the images and targets that they were taken on"
    )


def _expected(given):
    """Return how many images the targets are for."""
    last = outputs(given.net)
    return given.count if given.x is not None else last and last[1]


def _who(given):
    return "x holds" if given.x is not None else "the net's last batch had"
