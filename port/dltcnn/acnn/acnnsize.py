"""Port of matlab_ref/acnn/acnnsize.m."""

from ..matlab.elementary import lengths


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
    # A text is a row of characters.
    text = "".join(
        f"x{n}" for n in lengths(list(value) if isinstance(value, str) else value)
    )  # acnnsize.m:3
    text = text[1:]  # acnnsize.m:4
    return text
