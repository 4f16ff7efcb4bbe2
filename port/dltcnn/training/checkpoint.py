"""A training's state in a file, written whole or not at all."""

import contextlib
import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ..matlab.rand import OctaveRandom
from .interruption import Position
from .tree import flatten, restore

_FORMAT = 2


class Checkpoint:
    """A file that a training keeps its state in.

    Parameters
    ----------
    path : str or Path
        The file, an .npz archive.
    settings : dict
        What the training was started with: see `settings_of`.
    """

    def __init__(self, path, settings):
        self.path, self.settings = Path(path), settings

    def save(self, net, position, rng):
        """Write the state; the file before stays until the new one is complete.

        Raises
        ------
        OSError
            If it cannot be written.
        TypeError
            If something in the net cannot be kept.
        """
        arrays = []
        about = asdict(position) | {"settings": self.settings, "format": _FORMAT}
        order = about.pop("order")
        about["net"] = flatten(net, arrays)
        named = {f"net{number}": array for number, array in enumerate(arrays)}
        if order is not None:
            named["order"] = order
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                np.savez(
                    file,
                    about=np.array(json.dumps(about)),
                    rand=rng.state,
                    randn=rng.randn_state,
                    **named,
                )
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            refused = type(error)(
                f"the checkpoint {self.path} cannot be written ({error.strerror or error}): name a "
                "file in a folder that is there and can be written to"
            )
            refused.errno = error.errno  # tells a full disk from a wrong name
            raise refused from None
        finally:
            with contextlib.suppress(OSError):
                part.unlink()

    def load(self, epochs):
        """Read the state.

        Parameters
        ----------
        epochs : int
            How many are asked for.

        Returns
        -------
        (Net, Position, numpy.ndarray, numpy.ndarray) or None
            The net, where the training is, and the states of its streams; None without a file.

        Raises
        ------
        ValueError
            If it is no checkpoint, or one of another training.
        """
        remedy = "remove it, or name another file"
        if not self.path.exists():
            return None
        try:
            with self.path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
                content = {name: archive[name] for name in archive.files}
            about = json.loads(str(content.pop("about")))
            arrays = [content[f"net{n}"] for n in range(sum(map(_is_net, content)))]
            net = restore(about.pop("net"), arrays)
            settings, version = about.pop("settings"), about.pop("format")
            position = Position(**about, order=content.get("order"), settings=settings)
            streams = content["rand"], content["randn"]
        except Exception as error:  # a damaged archive causes errors of many kinds
            raise ValueError(
                f"{self.path} cannot be read as a checkpoint ({error}): {remedy}"
            ) from None
        other = [
            f"{name} {settings.get(name)} (now: {value})"
            for name, value in (self.settings | {"format": _FORMAT}).items()
            if (settings | {"format": version}).get(name) != value
        ]
        if position.epoch + (position.batch > 0) > epochs:
            other.append(f"{position.epoch} epochs and {position.batch} batches (now: {epochs})")
        if other:
            raise ValueError(
                f"{self.path} is of a training with {', '.join(other)}: {remedy}, or give what it "
                "was started with"
            )
        return net, position, *streams


def _is_net(name):
    return name.startswith("net")


def settings_of(function, net, x, y, opts, rng, scheduled):
    """Return what a training is told from another by, for JSON.

    All but the number of epochs: a training may be given more of them later.

    Raises
    ------
    TypeError
        If the stream is none whose state can be kept.
    """
    if not isinstance(rng, OctaveRandom):
        raise TypeError(
            f"rng is of type {type(rng).__name__}: with checkpoint= an OctaveRandom is expected, "
            "whose state can be kept"
        )
    hashed = {"net": net, "x": x, "y": y, "stream": [rng.state, rng.randn_state]}
    numbers = {"alpha": "by a schedule" if scheduled else opts.alpha, "batchsize": opts.batchsize}
    return {
        "function": function,
        **{name: _shown(value) for name, value in numbers.items()},
        **{name: _hash(value) for name, value in hashed.items()},
    }


def _shown(value):
    return value if isinstance(value, int | float | str) else _hash(value)


def _hash(value):
    arrays = []
    total = hashlib.sha256(json.dumps(flatten(value, arrays)).encode())
    for array in arrays:
        total.update(f"{array.shape}{array.dtype.str}".encode())
        total.update(np.ascontiguousarray(np.asarray(array).T))  # images lie so: no copy
    return total.hexdigest()[:16]
