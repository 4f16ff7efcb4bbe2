"""DeepLearnToolbox's convolutional network, line by line, with the bits of GNU Octave.

The cnn functions are the toolbox's; the acnn functions take every network of Bouvrie's notes.
"""

from .acnnapplygrads import acnnapplygrads
from .acnnbp import acnnbp
from .acnnff import acnnff
from .acnnloss import acnnloss
from .acnnnumgradcheck import acnnnumgradcheck
from .acnnsetup import acnnsetup
from .acnntest import acnntest
from .acnntrain import acnntrain
from .cnnapplygrads import cnnapplygrads
from .cnnbp import cnnbp
from .cnnff import cnnff
from .cnnnumgradcheck import cnnnumgradcheck
from .cnnsetup import cnnsetup
from .cnntest import cnntest
from .cnntrain import cnntrain
from .errors import MatlabError
from .net import Layer, Net, Opts
from .random import OctaveRandom

__all__ = [
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
