"""Predicted labels: the class of each image, one image included."""

import numpy as np

from ..acnn.acnnactivation import acnnactivation
from ..acnn.acnnff import acnnff
from ..arguments import check, places
from ..cnn.cnnff import cnnff
from ..data.targets import class_numbers
from ..matlab.classes import operand

_AT_ONCE = 500  # images: the activations of all layers take much more memory than they do


def predict(forward, net, x):
    """Return the classes of images: see `cnnpredict`.

    Parameters
    ----------
    forward : callable
        cnnff or acnnff, of any engine.
    net, x
        As for `cnnpredict`.

    Returns
    -------
    numpy.ndarray or int
        The class numbers.
    """
    check(places(forward), (net, x), {})
    x = operand(x)
    several_channels = vars(net.layers[0]).get("channels", 1) > 1
    one = x.ndim == (3 if several_channels else 2)
    x = x[..., None] if one else x
    count = x.shape[-1] if x.ndim else 1
    outputs = [_outputs(forward, net, x[..., i : i + _AT_ONCE]) for i in range(0, count, _AT_ONCE)]
    labels = np.concatenate(outputs) if outputs else np.zeros(0, np.intp)
    return int(labels[0]) if one else labels


def _outputs(forward, net, x):
    """Return the class numbers for images that are few enough for one forward pass."""
    count = x.shape[-1]
    if count == 1:  # the toolbox takes no batch of one: its second image is the first again
        x = np.concatenate([x, x], axis=-1)
    o = forward(net, x).o[:, :count]
    if len(o) > 1:
        return class_numbers(o)
    middle = 0 if acnnactivation(net) == "tanh" else 0.5  # yes or no, as in acnntest
    return (o[0] > middle).astype(np.intp)


def cnnpredict(net, x):
    """Predict the classes of images.

    Parameters
    ----------
    net : Net
        A trained net.
    x : numpy.ndarray
        Images (rows, cols, N), any number of them, or one image (rows, cols).

    Returns
    -------
    numpy.ndarray or int
        (N,): for each image the number of the largest output, from 0, as `class_numbers` gives it;
        of one image (rows, cols) the number alone. A net with one output says 1 above 0.5, else 0.

    Raises
    ------
    MatlabError
        As `cnnff` does.
    """
    return predict(cnnff, net, x)


def acnnpredict(net, x):
    """Predict the classes of images.

    Parameters
    ----------
    net : Net
        A trained net.
    x : numpy.ndarray
        Images as for `acnnff`, or one image (rows, cols), of several channels (rows, cols,
        channels).

    Returns
    -------
    numpy.ndarray or int
        As for `cnnpredict`; one output says 1 above the middle of its range, 0 for 'tanh'.

    Raises
    ------
    MatlabError
        As `acnnff` does.
    """
    return predict(acnnff, net, x)
