"""DeepLearnToolbox's convolutional network, line by line, with the bits of GNU Octave.

The cnn functions are the toolbox's; the acnn functions take every network of Bouvrie's notes.
"""

from .acnn.acnnapplygrads import acnnapplygrads
from .acnn.acnnloss import acnnloss
from .acnn.acnnnumgradcheck import acnnnumgradcheck
from .acnn.acnnsetup import acnnsetup
from .cnn.cnnapplygrads import cnnapplygrads
from .cnn.cnnnumgradcheck import cnnnumgradcheck
from .cnn.cnnsetup import cnnsetup
from .engines import acnnbp, acnnff, acnntest, acnntrain, cnnbp, cnnff, cnntest, cnntrain
from .matlab.errors import MatlabError
from .matlab.rand import OctaveRandom
from .net import Layer, Net, Opts
from .unused import DltWarning

__all__ = [
    "DltWarning",
    "Layer",
    "MatlabError",
    "Net",
    "OctaveRandom",
    "Opts",
    "acnnapplygrads",
    "acnnbp",
    "acnnff",
    "acnnloss",
    "acnnnumgradcheck",
    "acnnsetup",
    "acnntest",
    "acnntrain",
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnnnumgradcheck",
    "cnnsetup",
    "cnntest",
    "cnntrain",
]

__version__ = "0.1.0"
