"""DeepLearnToolbox's convolutional network, line by line, with the bits of GNU Octave."""

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
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnnnumgradcheck",
    "cnnsetup",
    "cnntest",
    "cnntrain",
]

__version__ = "0.1.0"
