"""Port of matlab_ref/acnn/acnnget.m."""

from ..matlab import isfield


def acnnget(s, name, default):
    """Read a field of a struct, or its default where nobody set it.

    Port of matlab_ref/acnn/acnnget.m.

    Parameters
    ----------
    s : Layer, Net or Opts
        The struct.
    name : str
        The field.
    default : object
        What stands for it.

    Returns
    -------
    object
        The field's value, or the default.
    """
    value = default  # acnnget.m:3
    if isfield(s, name):  # acnnget.m:4
        value = getattr(s, name)  # acnnget.m:5
    return value
