"""The maps of a layer for one image."""

from typing import Any

import numpy as np

from ..net import Net
from .figure import layer_with, new_figure, show_images


def plot_maps(net: Net, image: int = 0, layer: int | None = None) -> Any:
    """Draw the activations of a layer for one image of the last batch.

    Parameters
    ----------
    net : Net
        After `cnnff` or `acnnff`, or trained.
    image : int
        Its number in the batch, from 0.
    layer : int, optional
        Its number in ``net.layers``, from 0; by default the first, whose maps are the images.

    Returns
    -------
    matplotlib.figure.Figure
        All maps on one scale, the smallest number black.

    Raises
    ------
    ModuleNotFoundError
        If matplotlib is not installed.
    ValueError
        If the layer has no activations, or the batch no such image.
    TypeError
        If `net` is no net.
    """
    number, found = layer_with(net, layer, "a", "run cnnff or acnnff first")
    stacks = [np.atleast_3d(a) for a in found.a]
    count = stacks[0].shape[2]
    if not 0 <= image < count:
        raise ValueError(
            f"image {image!r} was given: expected 0 to {count - 1}, as the batch has {count}"
        )
    figure = new_figure()
    figure.suptitle(f"net.layers[{number}].a, image {image}")
    maps = [stack[:, :, image] for stack in stacks]
    show_images(figure, maps, [f"a[{j}]" for j in range(len(maps))])
    return figure
