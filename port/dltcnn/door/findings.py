"""All that a look at the arguments finds."""

from typing import NamedTuple

from .layout import batch_problem, images_problem, size_problem, targets_problem
from .sizes import weights
from .toolbox import batch, fails
from .values import (
    counting_problem,
    labels_problem,
    options_problem,
    range_problem,
    rate_problem,
    targets_range_problem,
)

# Output weights beyond these are nobody's wish where the images lie otherwise than they should.
_MOST_WEIGHTS = 2**20
_MOST_VALUES = 2**27  # of all maps of a batch: 1 GB


class Findings(NamedTuple):
    """What was found.

    Attributes
    ----------
    cause : str
        What does not fit; empty where all does. Where the function fails it is the remedy.
    refused : bool
        Whether the function is not to be called at all.
    warned : list of str
        What is to be said before it is called.
    """

    cause: str
    refused: bool
    warned: list[str]


def findings(given):
    """Look at the arguments of a call.

    Parameters
    ----------
    given : Given
        The arguments.

    Returns
    -------
    Findings
        What does not fit.
    """
    causes = _causes(given)
    cause = next(filter(None, causes.values()), "")
    if cause:
        refused = _acnn_refuses(given, causes) if given.acnn else _is_too_large(given, causes)
        if refused or given.acnn or fails(given):
            return Findings(cause, refused, [])
    return Findings(cause, False, [*filter(None, [cause, *_values(given)])])


def _causes(given):
    """Say what does not fit, by what it is: the first is the cause of the others."""
    found, has_x, has_y = {}, given.x is not None, given.y is not None
    if has_y:
        found["labels"] = labels_problem(given)
    if has_x:
        found["images"] = images_problem(given)
    if has_y:
        found["targets"] = targets_problem(given)
    if has_x:
        found["size"] = size_problem(given)
    if has_x and given.task == "numgradcheck":
        found["batch"] = batch_problem(given)
    if has_x and given.opts is not None:
        found["options"] = options_problem(given)
    if has_y and given.acnn and given.task == "test":
        found["counting"] = counting_problem(given)
    return found


def _values(given):
    """Say which values the functions were not made for."""
    found = [rate_problem(given)] if given.opts is not None else []
    if given.x is not None and given.task != "setup":
        found.append(range_problem(given))
    if given.y is not None and not given.acnn:
        found.append(targets_range_problem(given))
    if given.task == "test" and not given.acnn and (weights(given.net) or ())[:1] == (1,):
        found.append(
            "the net has one output: the toolbox's cnntest compares one maximum over all images, "
            "which says nothing: use acnntest, or two outputs"
        )
    return found


def _acnn_refuses(given, causes):
    """Say whether to refuse what an acnn function would compute, or compute before it refuses it.

    acnnsetup looks at sizes only; images that do not fit are else refused when they are computed.
    """
    if causes.get("images") or causes.get("counting"):
        return True
    looked_at = ("labels", "targets") if given.task == "setup" else ("size", "batch")
    return any(causes.get(name) for name in looked_at)


def _is_too_large(given, causes):
    """Say whether a toolbox function must not be left to its own errors: it would fill memory."""
    if given.task == "predict":  # no function of the toolbox
        return True
    if given.sizes is None:
        return False
    if given.task != "setup":
        misplaced = causes.get("images") or causes.get("size")
        return bool(misplaced) and given.sizes.values * batch(given) > _MOST_VALUES
    if given.y is None:
        return False
    return given.sizes.features * given.y.shape[0] > _MOST_WEIGHTS
