"""DeepLearnToolbox's convolutional network, line by line, with the bits of GNU Octave.

The cnn functions are the toolbox's; the acnn functions take every network of Bouvrie's notes.
"""

from .data.images import images
from .data.sets import DataSet, load_digits, load_mnist
from .data.targets import class_numbers, one_of_many
from .matlab.errors import MatlabError
from .matlab.rand import OctaveRandom
from .net import Layer, Net, Opts
from .plot.kernels import plot_kernels
from .plot.loss import plot_rL
from .plot.maps import plot_maps
from .public import (
    acnnapplygrads,
    acnnbp,
    acnnff,
    acnnloss,
    acnnnumgradcheck,
    acnnpredict,
    acnnsetup,
    acnntest,
    acnntrain,
    cnnapplygrads,
    cnnbp,
    cnnff,
    cnnnumgradcheck,
    cnnpredict,
    cnnsetup,
    cnntest,
    cnntrain,
)
from .training.interruption import TrainingInterrupted
from .unused import DltWarning

__all__ = [
    "DataSet",
    "DltWarning",
    "Layer",
    "MatlabError",
    "Net",
    "OctaveRandom",
    "Opts",
    "TrainingInterrupted",
    "acnnapplygrads",
    "acnnbp",
    "acnnff",
    "acnnloss",
    "acnnnumgradcheck",
    "acnnpredict",
    "acnnsetup",
    "acnntest",
    "acnntrain",
    "class_numbers",
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnnnumgradcheck",
    "cnnpredict",
    "cnnsetup",
    "cnntest",
    "cnntrain",
    "images",
    "load_digits",
    "load_mnist",
    "one_of_many",
    "plot_kernels",
    "plot_maps",
    "plot_rL",
]

__version__ = "0.1.0"
