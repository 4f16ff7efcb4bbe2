"""The compiled engine: the line-by-line functions' results, in every bit, many times faster.

Its functions have the names, arguments and results of those in `dltcnn`. Each element's sum is
taken in the order in which Octave takes it, each product rounded before it is added; what runs side
by side are elements, images or maps, never the terms of one sum. So the fields are those of the
line-by-line functions whatever the processor, the batch or the number of threads.

A function raises `NotCovered` for nets and arguments that are not covered and where the library was
not built, `LeftToLines` for what the line-by-line functions refuse and for steps that meet Inf or
NaN: these then do the work (`dltcnn.engines`). `why_not` says why.
"""

from .library import available, engine
from .passes import acnnbp, acnnff, acnnoutputs, acnntest, cnnbp, cnnff, cnnoutputs, cnntest
from .reasons import LeftToLines, NotCovered
from .training import Training, why_not

__all__ = [
    "LeftToLines",
    "NotCovered",
    "Training",
    "acnnbp",
    "acnnff",
    "acnnoutputs",
    "acnntest",
    "available",
    "cnnbp",
    "cnnff",
    "cnnoutputs",
    "cnntest",
    "engine",
    "why_not",
]
