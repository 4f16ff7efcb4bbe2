"""The compiled engine: the line-by-line functions' results, in every bit, many times faster.

Its functions have the names, arguments and results of those in `dltcnn`. Each element's sum is
taken in the order in which Octave takes it, each product rounded before it is added; what runs side
by side are elements, images or maps, never the terms of one sum. So the fields are those of the
line-by-line functions whatever the processor, the batch or the number of threads.

Where the library was not built, where a net or its arguments are not covered, and in steps that
meet Inf or NaN (Octave's convolution skips zero times Inf), the line-by-line functions do the work,
or refuse it in the toolbox's words. `dltcnn.compiled.why_not` says why.
"""

from .library import available
from .passes import acnnbp, acnnff, acnntest, cnnbp, cnnff, cnntest
from .training import acnntrain, cnntrain, why_not

__all__ = [
    "acnnbp",
    "acnnff",
    "acnntest",
    "acnntrain",
    "available",
    "cnnbp",
    "cnnff",
    "cnntest",
    "cnntrain",
    "why_not",
]
