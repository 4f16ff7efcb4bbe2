"""How far a net after acnnbp is from an oracle."""

import numpy as np

from ...octave.values import matlab_array
from .scale import largest, scales


def differences(case, fields, oracle):
    """Measure every field that an oracle gives.

    Parameters
    ----------
    case : AcnnCase
        The case.
    fields : dict of str to numpy.ndarray
        The net's fields after acnnbp.
    oracle : dict of str to numpy.ndarray
        Path -> value.

    Returns
    -------
    dict of str to float
        Path -> largest difference, relative to the larger of the largest entry and, for
        gradients, the largest summand.

    Raises
    ------
    ValueError
        If the oracle gives a field that the net does not have, or one of another size.
    """
    scale = scales(case, fields)
    found = {}
    for path, value in oracle.items():
        if path not in fields:
            raise ValueError(f"the oracle gives {path}, which the net does not have")
        value = matlab_array(value)
        if value.shape != fields[path].shape:
            raise ValueError(f"{path} is {fields[path].shape}, the oracle's {value.shape}")
        off = largest(fields[path].astype(np.longdouble) - value)
        found[path] = off / (scale.get(path) or largest(value) or 1.0) if off else 0.0
    return found
