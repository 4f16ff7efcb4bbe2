"""The toolbox's structs: Net, Layer and Opts."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import numpy as np

from .fields import (
    ACNN_LAYER_OPTIONS,
    ACNN_NET_OPTIONS,
    CELLS,
    LITERALS,
    OF_LAYERS,
    OF_NETS,
    OPTIONS_OF_LAYERS,
)
from .matlab.classes import array, operand
from .matlab.struct import Struct, kept
from .typos import meant, nearest

# The types of layers, and what other programs call them.
TYPES = {
    "i": ("input", "image"),
    "c": ("conv", "convolution", "convolutional", "conv2d"),
    "s": ("sub", "subsampling", "pool", "pooling", "scale", "downsample", "avgpool", "maxpool"),
    "a": ("average", "combination", "combined"),
    "f": ("fc", "full", "dense", "linear", "fullyconnected"),
}


class Layer(Struct):
    """One layer of a net.

    Parameters
    ----------
    type : str
        'i' (input), 'c' (convolution) or 's' (subsampling); with `acnnsetup` also 'a' (learned
        combination of convolved maps) and 'f' (fully connected).
    outputmaps : int, optional
        Number of output maps of a 'c' or 'a' layer, at least 1.
    kernelsize : int, optional
        Rows and columns of its square kernels, at least 1; with `acnnsetup` also (rows, cols).
    scale : int, optional
        Rows and columns of the window that an 's' layer averages, at least 1; with `acnnsetup`
        also (rows, cols).
    channels, maps, activation, trainable, shared, penalty, lam, units : optional
        For `acnnsetup` alone, which says what they mean.

    Attributes
    ----------
    a, d : list of numpy.ndarray
        Activations and sensitivities, one array (rows, cols, N) per map.
    k, dk : list of list of numpy.ndarray
        Kernels ``k[i][j]`` (kernelsize, kernelsize) from input map i to output map j, and their
        gradients.
    b, db : list of float
        Biases, one per map, and their gradients.
    pool, beta, dbeta, p, A, dA, c, dc, W, dW, fv
        What `acnnff` and `acnnbp` add to the layers that have them.

    Raises
    ------
    TypeError
        If a field is given that the toolbox's layers do not have, or a type that is no text.
    ValueError
        If there is no such type.
    AttributeError
        Later, if a field is set whose name is nearly that of one of these; a field with a name of
        its own may be set, as in MATLAB, and the functions say that they do not use it.
    """

    _cells = CELLS.keys()

    def __init__(self, type: str, **fields: Any) -> None:
        options = OPTIONS_OF_LAYERS.keys()
        unknown = sorted(fields.keys() - options)
        if unknown:
            raise TypeError(
                f"a layer has no field {', '.join(name + meant(name, options) for name in unknown)}"
                ": give outputmaps and kernelsize ('c') or scale ('s'); the acnn functions also "
                "take " + ", ".join(sorted(ACNN_LAYER_OPTIONS))
            )
        self.type = type
        if "maps" in fields:
            fields["maps"] = array(fields["maps"])
        for name, value in fields.items():
            setattr(self, name, value)
        for name in CELLS:
            setattr(self, name, [])

    def __setattr__(self, name: str, value: Any) -> None:
        if name in CELLS:
            value = kept(name, CELLS[name], value)
        elif name == "type":
            _check_type(value)
        else:
            _refuse_typo(name, OF_LAYERS, "a layer")
        super().__setattr__(name, literal(value) if name in LITERALS else value)


def _check_type(value):
    expected = "expected a text, 'i', 'c' or 's'; the acnn functions also take 'a' and 'f'"
    if not isinstance(value, str):
        raise TypeError(f"a layer's type is {value!r}: {expected}")
    if value not in TYPES:
        word = value.lower()
        near = [each for each, words in TYPES.items() if word == each or word in words]
        hint = f" ({near[0]!r} was meant?)" if near else ""
        raise ValueError(f"a layer's type is {value!r}{hint}: {expected}")


def _refuse_typo(name, known, what):
    """Refuse to set a field whose name is nearly that of one there is."""
    near = None if name in known else nearest(name, known)
    if near:
        raise AttributeError(
            f"{what} has no field {name}: {near} was meant? (A field of your own needs a name less "
            "like it.)"
        )


def literal(value):
    """Return a number as MATLAB has the one in a program: a double; an int where it is a whole one.

    Parameters
    ----------
    value : object
        A number of any class, or an array of one; all else is returned as it is, but for lists.

    Returns
    -------
    int, float or object
        The number; a list as an array.
    """
    if isinstance(value, list | tuple):
        value = operand(value)
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "iuf":
        return value
    number = float(array.reshape(())[()])
    return int(number) if number.is_integer() and abs(number) <= 2**53 else number


class Net(Struct):
    """A convolutional network: the toolbox's struct `net`.

    Parameters
    ----------
    layers : iterable of Layer
        The layers from the input on, at least one; the net has copies of its own.
    activation, normalize : str, optional
        For `acnnsetup` alone, which says what they mean.

    Attributes
    ----------
    layers : list of Layer
        ``net.layers[l]`` is the toolbox's ``net.layers{l+1}``.
    ffW, ffb : numpy.ndarray
        Output weights (classes, features) and biases (classes, 1), from `cnnsetup`.
    fv, o : numpy.ndarray
        Feature vectors (features, N) and outputs (classes, N) in [0, 1], from `cnnff`.
    e, od, fvd : numpy.ndarray
        Error and output delta (classes, N), feature delta (features, N), from `cnnbp`.
    L : float
        Loss of the batch, at least 0, from `cnnbp`.
    dffW, dffb : numpy.ndarray
        Gradients, shaped like ffW and ffb, from `cnnbp`.
    rL : numpy.ndarray
        Smoothed loss (batches + 1,), from `cnntrain`.
    mu, sigma : numpy.ndarray
        Mean and standard deviation of the training images, from `acnnsetup` where the net has
        ``normalize``: 1x1 for 'set', (rows, cols) or (rows, cols, channels) for 'pixel'.

    Raises
    ------
    TypeError
        If a layer is not a `Layer`, or a field is given that a net does not have.
    ValueError
        If there is no layer.
    AttributeError
        Later, as for `Layer`.
    """

    def __init__(self, layers: Iterable[Layer], **fields: Any) -> None:
        unknown = sorted(fields.keys() - ACNN_NET_OPTIONS)
        if unknown:
            named = ", ".join(name + meant(name, ACNN_NET_OPTIONS) for name in unknown)
            raise TypeError(
                f"a net has no field {named}: "
                "give its layers; the acnn functions also take activation and normalize"
            )
        vars(self).update(fields)
        self.layers = [deepcopy(layer) for layer in checked(layers)]

    def __setattr__(self, name: str, value: Any) -> None:
        _refuse_typo(name, OF_NETS, "a net")
        super().__setattr__(name, value)


def checked(layers):
    """Return the layers of a net as a list.

    Parameters
    ----------
    layers : iterable of Layer
        The layers.

    Returns
    -------
    list of Layer
        The same.

    Raises
    ------
    TypeError
        If they are not iterable, or one is not a `Layer`.
    ValueError
        If there is none.
    """
    if not hasattr(layers, "__iter__"):
        raise TypeError(f"the layers are of type {type(layers).__name__}: give a list of Layer")
    layers = list(layers)
    for number, layer in enumerate(layers, 1):
        if not isinstance(layer, Layer):
            raise TypeError(
                f"layer {number} is of type {type(layer).__name__}: "
                'give Layer("i"), Layer("c", outputmaps=6, kernelsize=5), Layer("s", scale=2)'
            )
    if not layers:
        raise ValueError('a net without layers: give at least the input layer, Layer("i")')
    return layers


_OPTIONS = {"alpha", "batchsize", "numepochs"}


class Opts(Struct):
    """Training options: the toolbox's struct `opts`.

    Parameters
    ----------
    alpha : float, optional
        Learning rate; for `acnnapplygrads` also one for each weight. With NaN or Inf the weights
        become NaN, as in the toolbox, and a `DltWarning` says so.
    batchsize : int, optional
        Images per batch. For `cnntrain` it must divide the number of images; `acnntrain` takes a
        smaller last batch.
    numepochs : int, optional
        Passes over the images.

    Raises
    ------
    TypeError
        If an option is given that the toolbox does not have.
    AttributeError
        If one is set later.
    """

    def __init__(self, **options: Any) -> None:
        unknown = sorted(options.keys() - _OPTIONS)
        if unknown:
            raise TypeError(_unknown_options(unknown))
        for name, value in options.items():
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _OPTIONS:
            raise AttributeError(_unknown_options([name]))
        super().__setattr__(name, literal(value) if name in _OPTIONS - {"alpha"} else value)


def _unknown_options(names):
    named = ", ".join(name + meant(name, _OPTIONS) for name in names)
    return f"unknown option {named}: the options are alpha, batchsize and numepochs"
