"""MATLAB's language with Octave's bits: it knows no network.

Import from here what a port of a MATLAB function needs. Everything takes numpy's arrays, numbers
and lists, and gives an `Array`, on which MATLAB's operators work. The modules sort the built-ins
by topic; their own functions, such as ``dltcnn.matlab.sums.mean``, give numpy's arrays.
"""

from . import arrays, classes, math, operators, rand, struct, sums
from .array import Array, lifted
from .classes import are_whole, classname, isempty, isfloat, islogical, isnumeric, size, size_of
from .convn import convn
from .errors import MatlabError, MissingFieldError
from .rand import OctaveRandom
from .struct import Cell, Struct, cell, iscell, isfield, rmfield
from .subscripts import colon
from .text import mat2str, num2str, sprintf_g, strings

append = lifted(arrays.append)
flipdim = lifted(arrays.flipdim)
horzcat = lifted(arrays.horzcat)
ones = lifted(arrays.ones)
repmat = lifted(arrays.repmat)
reshape = lifted(arrays.reshape)
row = lifted(arrays.row)
squeeze = lifted(arrays.squeeze)
true = lifted(arrays.true)
vertcat = lifted(arrays.vertcat)
zeros = lifted(arrays.zeros)
array = lifted(classes.array)
abs_ = lifted(math.abs_)
double = lifted(math.double)
exp = lifted(math.exp)
floor = lifted(math.floor)
log = lifted(math.log)
logistic = lifted(math.logistic)
rem = lifted(math.rem)
sign = lifted(math.sign)
sqrt = lifted(math.sqrt)
mrdivide = lifted(operators.mrdivide)
numel = lifted(struct.numel)
all_ = lifted(sums.all_)
any_ = lifted(sums.any_)
cumsum = lifted(sums.cumsum)
find = lifted(sums.find)
max_ = lifted(sums.max_)
mean = lifted(sums.mean)
prod = lifted(sums.prod)
sum_ = lifted(sums.sum_)
convn = lifted(convn)
randperm = lifted(rand.randperm)
rand = lifted(rand.rand)

__all__ = [
    "Array",
    "Cell",
    "MatlabError",
    "MissingFieldError",
    "OctaveRandom",
    "Struct",
    "abs_",
    "all_",
    "any_",
    "append",
    "are_whole",
    "array",
    "cell",
    "classname",
    "colon",
    "convn",
    "cumsum",
    "double",
    "exp",
    "find",
    "flipdim",
    "floor",
    "horzcat",
    "iscell",
    "isempty",
    "isfield",
    "isfloat",
    "islogical",
    "isnumeric",
    "log",
    "logistic",
    "mat2str",
    "max_",
    "mean",
    "mrdivide",
    "num2str",
    "numel",
    "ones",
    "prod",
    "rand",
    "randperm",
    "rem",
    "repmat",
    "reshape",
    "rmfield",
    "row",
    "sign",
    "size",
    "size_of",
    "sprintf_g",
    "sqrt",
    "squeeze",
    "strings",
    "sum_",
    "true",
    "vertcat",
    "zeros",
]
