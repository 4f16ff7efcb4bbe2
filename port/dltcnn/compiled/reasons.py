"""Why a call is left to the line-by-line functions."""


class NotCovered(Exception):  # noqa: N818 (it is no error: the line-by-line functions go on)
    """The compiled engine does not do this: a net, or what it is given; says why."""


class Unbuilt(NotCovered):
    """There is no compiled engine that can run here; says why."""


class LeftToLines(Exception):  # noqa: N818
    """Whoever was asked, the line-by-line function does this.

    It refuses the call, in the toolbox's words; or something in it is not finite, and Octave's
    convolution skips zero times Inf.
    """
