"""DeepLearnToolbox's convolutional network, line by line, with the bits of GNU Octave.

The cnn functions are the toolbox's; the acnn functions take every network of Bouvrie's notes. In
the order in which they are used:

- `load_digits`, `load_mnist`, `images`, `one_of_many`: images (rows, cols, N) and targets
- `Net`, `Layer`, `Opts`, `OctaveRandom`: a net, how it is trained, where its weights come from
- `cnnsetup`, `cnntrain`, `cnntest`, `cnnpredict`: weights, training, errors, labels
- `cnnff`, `cnnbp`, `cnnapplygrads`, `cnnnumgradcheck`: the steps of a training, and their check
- `acnnsetup` and so on: the same for Bouvrie's networks
- `plot_kernels`, `plot_maps`, `plot_rL`: pictures, with matplotlib
- `dltcnn.matfile`: nets in MATLAB's files; `dltcnn.matlab`: MATLAB's built-ins;
  `dltcnn.compiled`: whether the compiled engine is there
"""

from . import matfile, matlab
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
    "compiled",
    "images",
    "load_digits",
    "load_mnist",
    "matfile",
    "matlab",
    "one_of_many",
    "plot_kernels",
    "plot_maps",
    "plot_rL",
]

__version__ = "0.1.0"


def __dir__() -> list[str]:
    """List what is public, without the modules that it is made of."""
    return [*__all__, "__doc__", "__version__"]
