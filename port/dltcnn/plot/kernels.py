"""The kernels of a layer."""

from typing import Any

from ..net import Net
from .figure import layer_with, new_figure, show_images


def plot_kernels(net: Net, layer: int | None = None) -> Any:
    """Draw the kernels of a layer: a row for each input map, a column for each output map.

    Parameters
    ----------
    net : Net
        From `cnnsetup` or `acnnsetup` on.
    layer : int, optional
        Its number in ``net.layers``, from 0; by default the first that has kernels.

    Returns
    -------
    matplotlib.figure.Figure
        All kernels on one scale around 0, negative red, positive blue.

    Raises
    ------
    ModuleNotFoundError
        If matplotlib is not installed.
    ValueError
        If the layer has no kernels.
    TypeError
        If `net` is no net.
    """
    number, found = layer_with(net, layer, "k", "set it up with cnnsetup or acnnsetup")
    figure = new_figure()
    figure.suptitle(f"net.layers[{number}].k")
    pairs = [(i, j, k) for i, row in enumerate(found.k) for j, k in enumerate(row) if k.size]
    titles = [f"k[{i}][{j}]" for i, j, _ in pairs]
    show_images(figure, [k for *_, k in pairs], titles, len(found.k[0]), symmetric=True)
    return figure
