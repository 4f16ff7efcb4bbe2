"""A training's state on disk."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ..errors import RequestError
from ..traces import npz

_ABOUT = "__about__"


def save(path, arrays, settings, data):
    """Write a checkpoint; the one before stays until it is complete.

    Parameters
    ----------
    path : Path
        The file, an .npz.
    arrays : dict of str to numpy.ndarray
        The state.
    settings : dataclass
        What the training was started with.
    data : str
        Fingerprint of the images.

    Raises
    ------
    RequestError
        If it cannot be written.
    """
    about = np.array(json.dumps({"settings": asdict(settings), "data": data}))
    npz.save(path, {_ABOUT: about, **arrays}, "--checkpoint")


def load(path, settings, data):
    """Read a checkpoint.

    Parameters
    ----------
    path, settings, data
        As for `save`.

    Returns
    -------
    dict of str to numpy.ndarray or None
        The state; None where there is no checkpoint.

    Raises
    ------
    RequestError
        If it cannot be read, or belongs to a training with other settings or images.
    """
    if not Path(path).exists():
        return None
    remedy = "remove it, or name another file with --checkpoint"
    try:
        arrays = npz.load(path)
        about = json.loads(str(arrays.pop(_ABOUT)))
    except (OSError, ValueError, KeyError) as error:
        raise RequestError(f"{path} cannot be read as a checkpoint ({error}): {remedy}") from None
    wanted = {**asdict(settings), "images": data}
    found = {**about["settings"], "images": about["data"]}
    other = [name for name, value in wanted.items() if found.get(name) != value]
    if other:
        raise RequestError(
            f"{path} is of a training with "
            + ", ".join(f"{name} {found.get(name)} (asked for: {wanted[name]})" for name in other)
            + f": {remedy}"
        )
    return arrays
