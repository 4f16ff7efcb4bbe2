"""What the compiled engine does not notice of numbers that are not finite, in whichever image."""

import nets
import numpy as np

from dltcnn import Layer
from dltcnn.compiled import LeftToLines, passes

_MANY = 17  # a whole vector of any build, and one more
_LINEAR = (Layer("i"), Layer("c", outputmaps=2, kernelsize=3, activation="linear"))


def unnoticed(cls):
    """List where a number that is not finite goes through; `cls` is that of all numbers."""
    net, x, y, _ = nets.acnn(_LINEAR, side=4, images=_MANY, cls=cls, channels=1)
    net = passes.acnnff(net, x)
    places = []
    for image in range(_MANY):
        pixels, targets = x.copy(), y.copy()
        pixels[1, 2, image], targets[1, image] = np.inf, -np.inf
        for name, of in (("acnnff", pixels), ("acnnoutputs", pixels), ("acnnbp", targets)):
            try:
                getattr(passes, name)(net, of)
            except LeftToLines:
                continue
            places.append((name, image))
    return places
