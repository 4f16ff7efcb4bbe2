"""Predicted labels: the class of each image, one image included."""

from functools import partial

import numpy as np

from ..acnn.acnnactivation import acnnactivation
from ..acnn.acnnff import acnnff
from ..cnn.cnnff import cnnff
from ..data.targets import class_numbers
from ..matlab.classes import operand

_AT_ONCE = 500  # images: the activations of all layers take much more memory than they do


def predict(outputs, net, x):
    """Return the classes of images: see `cnnpredict`.

    Parameters
    ----------
    outputs : callable
        ``o = outputs(net, x)``, of either engine.
    net, x
        As for `cnnpredict`.

    Returns
    -------
    numpy.ndarray or int
        The class numbers.
    """
    x = operand(x)
    images = 4 if vars(net.layers[0]).get("channels", 1) > 1 else 3  # dimensions of several
    while x.ndim > images and x.shape[-1] == 1:  # MATLAB's arrays have no such last ones
        x = x[..., 0]
    one = x.ndim == images - 1
    x = x[..., None] if one else x
    count = x.shape[-1] if x.ndim else 1
    labels = _classes(net, outputs(net, x)) if count else np.zeros(0, np.intp)
    return int(labels[0]) if one else labels


def _classes(net, o):
    if len(o) > 1:
        return class_numbers(o)
    middle = 0 if acnnactivation(net) == "tanh" else 0.5  # yes or no, as in acnntest
    return (o[0] > middle).astype(np.intp)


def outputs_by_lines(forward, net, x):
    """Return the outputs (classes, N) of images, in forward passes of few.

    Parameters
    ----------
    forward : callable
        cnnff or acnnff.
    net : Net
        A trained net.
    x : numpy.ndarray
        Images, their number at the last axis.

    Returns
    -------
    numpy.ndarray
        `o` of all of them.
    """
    parts = [x[..., i : i + _AT_ONCE] for i in range(0, x.shape[-1], _AT_ONCE)]
    return np.concatenate([_outputs(forward, net, part) for part in parts], axis=1)


def _outputs(forward, net, x):
    count = x.shape[-1]
    if count == 1:  # the toolbox takes no batch of one: its second image is the first again
        x = np.concatenate([x, x], axis=-1)
    return forward(net, x).o[:, :count]


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
    return predict(partial(outputs_by_lines, cnnff), net, x)


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
    return predict(partial(outputs_by_lines, acnnff), net, x)
