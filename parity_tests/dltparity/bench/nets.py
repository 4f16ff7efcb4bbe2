"""Nets beyond the toolbox's: with combinations, in colour, and LeNet-5."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from dltcnn import Layer, Net, OctaveRandom, acnnsetup

from ..cases.random_acnn import targets
from .sizes import DTYPES, OUTPUTS

# Which of the six maps below each of LeNet-5's sixteen third-layer maps is connected to.
_LENET = (
    *("012", "123", "234", "345", "450", "501"),
    *("0123", "1234", "2345", "3450", "4501", "5012", "0134", "1245", "0235"),
    "012345",
)
_TABLE = np.array([[str(i) in below for below in _LENET] for i in range(6)])
_TANH = {"activation": "tanh"}
_POOL = {"type": "s", "scale": 2}


def _c(outputmaps, kernel=5, **options):
    return {"type": "c", "outputmaps": outputmaps, "kernelsize": kernel, **options}


NETS = {
    "A: combinations, hidden layer": (
        (28, 1, {}),
        [
            {"type": "i"},
            *(_c(6), _POOL),
            {"type": "a", "outputmaps": 12, "kernelsize": 5},
            *(_POOL, {"type": "f", "units": 50}),
        ],
    ),
    "B: colour, 32 x 32": (
        (32, 3, {}),
        [{"type": "i", "channels": 3}, _c(16), _POOL, _c(32), _POOL, {"type": "f", "units": 64}],
    ),
    "C: LeNet-5": (
        (32, 1, _TANH),
        [
            {"type": "i"},
            *(_c(6, **_TANH), {**_POOL, **_TANH, "trainable": True}),
            *(_c(16, maps=_TABLE, **_TANH), {**_POOL, **_TANH, "trainable": True}),
            *(_c(120, **_TANH), {"type": "f", "units": 84, **_TANH}),
        ],
    ),
}


@dataclass(frozen=True)
class Big:
    """One of the nets, with a batch of images.

    Attributes
    ----------
    name : str
        A key of `NETS`.
    cls : {'double', 'single'}
        Class of images, targets and weights.
    batch : int
        Number of images.
    family : str
        Whose functions take it.
    """

    name: str
    cls: str = "double"
    batch: int = 50
    family: ClassVar[str] = "acnn"

    def start(self):
        """Set the net up, draw images and targets.

        Returns
        -------
        net : Net
            With weights from ``rand('state', 0)``.
        x, y : numpy.ndarray
            (side, side, batch), or with channels before the batch; (10, batch).
        """
        (side, channels, options), layers = NETS[self.name]
        rng, dtype = np.random.default_rng(0), DTYPES[self.cls]
        shape = (side, side, *([channels] if channels > 1 else []), self.batch)
        x = rng.random(shape).astype(dtype)
        y = targets(rng, OUTPUTS, self.batch, options.get("activation", "sigm")).astype(dtype)
        net = Net([Layer(**layer) for layer in layers], **options)
        return acnnsetup(net, x, y, OctaveRandom(0)), x, y
