"""The smoothed loss."""

from typing import Any

import numpy as np

from ..net import Net
from .figure import checked_net, new_figure


def plot_rL(net: Net) -> Any:
    """Draw the smoothed loss over the batches of the training.

    Parameters
    ----------
    net : Net
        From `cnntrain` or `acnntrain`.

    Returns
    -------
    matplotlib.figure.Figure
        rL; its first number, the first batch's loss, is at batch 0.

    Raises
    ------
    ModuleNotFoundError
        If matplotlib is not installed.
    ValueError
        If the net has no rL.
    TypeError
        If `net` is no net.
    """
    rL = np.ravel(vars(checked_net(net)).get("rL", ()))
    if not rL.size:
        raise ValueError("the net has no rL: train it with cnntrain or acnntrain")
    figure = new_figure()
    axes = figure.add_subplot()
    axes.plot(rL)
    axes.set(xlabel="batch", ylabel="smoothed loss rL")
    return figure
