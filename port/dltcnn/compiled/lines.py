"""What the engine takes from the rest of the package: the line-by-line functions, and the language.

They do every step that the engine does not cover.
"""

from ..acnnapplygrads import acnnapplygrads
from ..acnnbp import acnnbp
from ..acnncheck import acnncheck
from ..acnncount import acnncount
from ..acnnff import acnnff
from ..acnnff import channels as acnnchannels
from ..acnnfits import acnnfits
from ..acnnget import acnnget
from ..acnnpenalty import acnnpenalty
from ..acnnsoftmax import acnnsoftmax
from ..acnntargets import acnntargets
from ..acnntest import acnntest
from ..acnntrain import acnntrain
from ..cells import Cell
from ..classes import DOUBLE, SINGLE, array, operand, size
from ..cnnapplygrads import cnnapplygrads
from ..cnnbp import cnnbp
from ..cnnff import cnnff
from ..cnntest import cnntest
from ..cnntrain import cnntrain
from ..elementary import chosen, isfield, pair
from ..errors import MatlabError
from ..indexing import columns, pages, span
from ..matlab import append, find, max_, minus, ne, plus, rdivide, sums, times, zeros
from ..mfile import mfile
from ..net import Struct

__all__ = [
    "DOUBLE",
    "SINGLE",
    "Cell",
    "MatlabError",
    "Struct",
    "acnnapplygrads",
    "acnnbp",
    "acnnchannels",
    "acnncheck",
    "acnncount",
    "acnnff",
    "acnnfits",
    "acnnget",
    "acnnpenalty",
    "acnnsoftmax",
    "acnntargets",
    "acnntest",
    "acnntrain",
    "append",
    "array",
    "chosen",
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnntest",
    "cnntrain",
    "columns",
    "find",
    "isfield",
    "max_",
    "mfile",
    "minus",
    "ne",
    "operand",
    "pages",
    "pair",
    "plus",
    "rdivide",
    "size",
    "span",
    "sums",
    "times",
    "zeros",
]
