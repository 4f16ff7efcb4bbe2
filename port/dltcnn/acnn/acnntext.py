"""Port of matlab_ref/acnn/acnntext.m."""

from ..matlab import classname, double, islogical, isnumeric, mat2str, numel, size
from .acnnsize import acnnsize


def acnntext(value):
    """Write a value as messages show it.

    Port of matlab_ref/acnn/acnntext.m.

    Parameters
    ----------
    value : object
        The value.

    Returns
    -------
    str
        Text in quotes, a few numbers, or else size and class.
    """
    if isinstance(value, str) and value:  # acnntext.m:3
        text = f"'{value}'"  # acnntext.m:4
    elif islogical(value) and numel(value) == 1:  # acnntext.m:5
        text = mat2str(value)  # acnntext.m:6
    elif isnumeric(value) and len(size(value)) == 2 and 1 <= numel(value) <= 9:  # acnntext.m:7
        text = mat2str(double(value))  # acnntext.m:8
    else:
        text = f"{acnnsize(value)} of class {classname(value)}"  # acnntext.m:10
    return text
