"""How far a net after acnnbp is from an oracle."""

import numpy as np

from dltcnn.fields import FIELDS

from ...octave.values import matlab_array
from ...traces.acnn import is_trained
from ...traces.trace import field_name
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
        If the oracle gives a field that the net does not have, or one of another size; or if the
        net has a sensitivity that an oracle of sensitivities does not give.
    """
    _refuse_others(fields, oracle)
    scale = scales(case, fields)
    found = {}
    for path, value in oracle.items():
        if path not in fields:
            raise ValueError(f"the oracle gives {path}, which the net does not have")
        value = matlab_array(value)
        if value.shape != fields[path].shape:
            raise ValueError(f"{path} is {fields[path].shape}, the oracle's {value.shape}")
        found[path] = _relative(fields[path], value, scale.get(path))
    return found


def _refuse_others(fields, oracle):
    given = {path for path in oracle if field_name(path) == "d"}
    held = {path for path, value in fields.items() if field_name(path) == "d" and value.size}
    if given and held - given:
        raise ValueError(f"the net has {min(held - given)}, which the oracle does not give")


def of_course(case, trace, course):
    """Measure the stages of a case's trace against `course.course`; as `differences`.

    A field that setup should not have left is endlessly far.
    """
    found = {}
    for path, value in course.items():
        value = matlab_array(value)
        same = path in trace and trace[path].shape == value.shape
        found[path] = _relative(trace[path], value, None) if same else np.inf
    left = {path for path, value in trace.items() if value.size and _is_left(path, case.layers)}
    return found | dict.fromkeys(left - course.keys(), np.inf)


def _is_left(path, layers):
    """Tell whether setup has made a field of a layer, or mean and deviation of the images.

    The images themselves do not count, nor the biases of plain averages, which nothing uses.
    """
    stage, path = path.split(".", 1)
    name = field_name(path)
    if stage != "setup" or (name == "b" and not is_trained(path, layers)):
        return False
    made = name in FIELDS and not FIELDS[name].option and name != "type"
    of_layer = path.startswith("layers{") and not path.startswith("layers{1}")
    return name in ("mu", "sigma") or (made and of_layer)


def _relative(value, wanted, scale):
    wide, endless = value.astype(np.longdouble), np.isinf(wanted)
    if not np.array_equal(wide[endless], wanted[endless]):
        return np.inf
    off = np.abs(wide[~endless] - wanted[~endless]).max(initial=0)
    relative = float(off / (scale or largest(wanted) or 1.0)) if off else 0.0
    return np.inf if np.isnan(relative) else relative  # NaN is smaller than nothing: see max
