"""What is timed: sizes of the net and the batch, along one axis at a time."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from dltcnn import Net, OctaveRandom, cnnsetup

from ..cases.shorthand import build, parse

CLASSES = ("double", "single")
DTYPES = {"double": np.float64, "single": np.float32}
OUTPUTS = 10


@dataclass(frozen=True)
class Size:
    """One step's size.

    Attributes
    ----------
    cls : {'double', 'single'}
        Class of images, targets and weights.
    batch : int
        Number of images.
    side : int
        Rows and columns of an image.
    maps : tuple of int
        Output maps of the two 5x5 convolutions; each has a 2x2 subsampling after it.
    family : str
        Whose functions take it.
    """

    cls: str = "double"
    batch: int = 50
    side: int = 28
    maps: tuple = (6, 12)
    family: ClassVar[str] = "cnn"

    @property
    def layers(self):
        """The net in shorthand."""
        return f"{self.maps[0]}c5-2s-{self.maps[1]}c5-2s"

    @property
    def flops(self):
        """Additions and multiplications of the products of one step; nothing else is counted."""
        first = self.side - 4
        second = first // 2 - 4
        one = self.maps[0] * first**2 * 25
        two = self.maps[1] * second**2 * self.maps[0] * 25
        full = OUTPUTS * self.maps[1] * (second // 2) ** 2
        # Forward, kernel gradient and, above the first layer, the input's sensitivity.
        return 2 * self.batch * (2 * one + 3 * two + 3 * full)

    def start(self):
        """Set the net up, draw images and targets.

        Returns
        -------
        net : Net
            With weights from ``rand('state', 0)``.
        x, y : numpy.ndarray
            (side, side, batch), uniform; (10, batch), one of ten.
        """
        rng = np.random.default_rng(0)
        x = rng.random((self.side, self.side, self.batch)).astype(DTYPES[self.cls])
        y = np.zeros((OUTPUTS, self.batch), x.dtype)
        y[rng.integers(0, OUTPUTS, self.batch), np.arange(self.batch)] = 1
        return cnnsetup(Net(build(parse(self.layers))), x, y, OctaveRandom(0)), x, y


AXES = {"batch": (1, 10, 50, 500), "side": (28, 64, 128), "maps": ((6, 12), (32, 64))}


def sizes(quick):
    """List the sizes of a benchmark: the toolbox's example, then one axis at a time.

    Parameters
    ----------
    quick : bool
        Whether the example is enough.

    Returns
    -------
    list of Size
        In both classes.
    """
    base = Size()
    found = [base]
    if not quick:
        found += [
            replace(base, **{axis: value})
            for axis, values in AXES.items()
            for value in values
            if value != getattr(base, axis)
        ]
    return [replace(size, cls=cls) for size in found for cls in CLASSES]
