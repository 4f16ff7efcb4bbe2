"""What the engine takes from the rest of the package: the line-by-line functions, and the language.

The functions do every step that the engine does not cover.
"""

from ..acnn.acnnapplygrads import acnnapplygrads
from ..acnn.acnnbp import acnnbp
from ..acnn.acnncheck import acnncheck
from ..acnn.acnncount import acnncount
from ..acnn.acnnff import acnnff
from ..acnn.acnnfits import acnnfits
from ..acnn.acnnget import acnnget
from ..acnn.acnnpenalty import acnnpenalty
from ..acnn.acnnsoftmax import acnnsoftmax
from ..acnn.acnntargets import acnntargets
from ..acnn.acnntest import acnntest
from ..acnn.acnntrain import acnntrain
from ..arguments import check, places
from ..cnn.cnnapplygrads import cnnapplygrads
from ..cnn.cnnbp import cnnbp
from ..cnn.cnnff import cnnff
from ..cnn.cnntest import cnntest
from ..cnn.cnntrain import cnntrain
from ..matlab.arrays import append, zeros
from ..matlab.classes import DOUBLE, SINGLE, array, operand, size
from ..matlab.errors import MatlabError
from ..matlab.operators import minus, ne, plus, rdivide, times
from ..matlab.struct import Cell, Struct, isfield
from ..matlab.subscripts import columns, pages, span
from ..matlab.sums import find, max_, sum_
from ..value_semantics import Doors, unshared_copy

__all__ = [
    "DOUBLE",
    "SINGLE",
    "Cell",
    "Doors",
    "MatlabError",
    "Struct",
    "acnnapplygrads",
    "acnnbp",
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
    "check",
    "cnnapplygrads",
    "cnnbp",
    "cnnff",
    "cnntest",
    "cnntrain",
    "columns",
    "find",
    "isfield",
    "max_",
    "minus",
    "ne",
    "operand",
    "pages",
    "places",
    "plus",
    "rdivide",
    "size",
    "span",
    "sum_",
    "times",
    "unshared_copy",
    "zeros",
]
