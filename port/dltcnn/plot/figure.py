"""Figures: matplotlib is needed only where one is drawn."""

import math

import numpy as np

from ..net import Net


def new_figure(**options):
    """Return a figure, shown by ``matplotlib.pyplot.show()`` or in a notebook.

    Raises
    ------
    ModuleNotFoundError
        If matplotlib is not installed: how to install it.
    """
    try:
        from matplotlib import pyplot
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{error.name} is not installed, and pictures are drawn with matplotlib: "
            "pip install 'dltcnn[plot]'",
            name=error.name,
        ) from None
    return pyplot.figure(layout="constrained", **options)


def checked_net(net):
    """Refuse what is no net."""
    if not isinstance(net, Net):
        raise TypeError(f"net is of type {type(net).__name__}: expected a Net")
    return net


def layer_with(net, number, field, expected):
    """Return a layer that has a field, or say which have.

    Parameters
    ----------
    net : Net
        Its layers.
    number : int or None
        Of the layer, 0-based as in ``net.layers``; None for the first that has the field.
    field : str
        A cell array.
    expected : str
        What to do where no layer has it.

    Returns
    -------
    (int, Layer)
        The number and the layer.

    Raises
    ------
    ValueError
        If it does not have the field.
    """
    having = [l for l, layer in enumerate(checked_net(net).layers) if len(vars(layer)[field])]
    if not having:
        raise ValueError(f"no layer of the net has {field}: {expected}")
    if number is not None and number not in having:
        raise ValueError(
            f"layer {number!r} was given: expected one of {', '.join(map(str, having))}, the "
            f"layers that have {field}, counted from 0"
        )
    number = having[0] if number is None else number
    return number, net.layers[number]


def show_images(figure, images, titles, columns=None, symmetric=False):
    """Draw gray images in rows, all on one scale.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Where.
    images : list of numpy.ndarray
        Each (rows, cols).
    titles : list of str
        Of each.
    columns : int, optional
        How many in a row; as many as rows by default.
    symmetric : bool
        Whether the scale runs from red to blue around 0, instead of from black to white.
    """
    columns = columns or math.ceil(math.sqrt(len(images)))
    finite = [image[np.isfinite(image)] for image in map(np.asarray, images)]
    numbers = np.concatenate(finite) if finite else np.zeros(0)
    low, high = (numbers.min(), numbers.max()) if numbers.size else (0, 1)
    if symmetric:
        low, high = -max(abs(low), abs(high)), max(abs(low), abs(high))
    options = {"vmin": low, "vmax": high, "cmap": "RdBu" if symmetric else "gray"}
    for place, (image, title) in enumerate(zip(images, titles, strict=True), 1):
        axes = figure.add_subplot(-(-len(images) // columns), columns, place)
        drawn = axes.imshow(image, **options)
        axes.set_title(title, fontsize="small")
        axes.set_axis_off()
    figure.colorbar(drawn, ax=figure.axes, shrink=0.8)
