"""Port of matlab_ref/acnn/acnnsize.m."""

from ..matlab import size_of


def acnnsize(value):
    """Write the size of a value.

    Port of matlab_ref/acnn/acnnsize.m.

    Parameters
    ----------
    value : object
        The value.

    Returns
    -------
    str
        Such as 8x8x5.
    """
    text = "".join(f"x{n}" for n in size_of(value))  # acnnsize.m:3
    text = text[1:]  # acnnsize.m:4
    return text
