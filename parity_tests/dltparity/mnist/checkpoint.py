"""A training's state on disk: the library's checkpoint, with what came of each epoch in the net."""

from dataclasses import asdict

import numpy as np

from dltcnn.training.checkpoint import Checkpoint
from dltcnn.training.interruption import Position

from .. import fingerprint
from ..errors import RequestError
from ..files import refusal
from .training import State

_FIELDS = ("seconds", "test_error")


def save(path, state, settings, data):
    """Write a checkpoint; the one before stays until it is complete.

    Parameters
    ----------
    path : Path
        The file.
    state : State
        Between two epochs.
    settings : Settings
        What the training was started with.
    data : str
        Fingerprint of the images.

    Raises
    ------
    RequestError
        If it cannot be written.
    NotMeasuredError
        If the disk is full.
    """
    net = state.net.copy()
    for name in _FIELDS:
        setattr(net, name, np.array([epoch[name] for epoch in state.epochs]))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _file(path, settings, data).save(net, Position(epoch=len(state.epochs)), state.rng)
    except OSError as error:
        raise refusal(error, f"{error}: name another file with --checkpoint") from None


def load(path, state, settings, data, epochs):
    """Read a checkpoint.

    Parameters
    ----------
    path, settings, data
        As for `save`.
    state : State
        Before the first epoch.
    epochs : int
        How many are asked for.

    Returns
    -------
    State or None
        Between two epochs; None where there is no checkpoint.

    Raises
    ------
    RequestError
        If it cannot be read, or belongs to a training with other settings or images.
    """
    try:
        found = _file(path, settings, data).load(epochs)
    except ValueError as error:
        raise RequestError(f"{error} (--checkpoint)") from None
    if found is None:
        return None
    net, _, state.rng.state, state.rng.randn_state = found
    lists = (vars(net).pop(name).tolist() for name in _FIELDS)
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in zip(*lists, strict=True)]
    return State(net, state.rng, rows)


def _file(path, settings, data):
    depends = {f"state of the {name}": state for name, state in fingerprint.of_runs().items()}
    given = asdict(settings) | {"images": data} | depends
    # Any engine on any number of threads goes on to the same bits.
    return Checkpoint(path, {k: v for k, v in given.items() if k not in ("engine", "threads")})
