"""One acnn function at a time, in Octave and in the port, given the same net and values."""

from both_sides.programs import assert_same_outcome
from dltcnn import MatlabError, OctaveRandom, acnnsetup
from dltcnn.matlab.struct import Struct
from dltparity.octave.errors import OctaveError
from dltparity.traces.trace import matlab_array, net_fields

SEED = 1


def fields(path, value):
    """Flatten a net, options, a cell array, text or an array into what Octave is given."""
    if value is None:  # a field that nobody set
        return {}
    if isinstance(value, Struct):
        parts = {f"{path}.{name}": part for name, part in vars(value).items()}
    elif isinstance(value, list):
        parts = {f"{path}{{{number}}}": part for number, part in enumerate(value, 1)}
    else:
        return {path: value if isinstance(value, str) else matlab_array(value)}
    return {name: leaf for part in parts.items() for name, leaf in fields(*part).items()}


def octaves(session, function, *values):
    """What Octave returns for a net and other values: fields, or message and line."""
    names = [f"v{number}" for number in range(len(values))]
    given = [fields(*pair) for pair in zip(names, values, strict=True)]
    session.eval(f"clear('in', 'result'); rand('state', {SEED});")
    session.assign("in", {path: leaf for each in given for path, leaf in each.items()})
    places = ", ".join(f"in.{name}" for name in names)
    try:
        session.eval(f"result = {function}({places});")
    except OctaveError as error:
        return error.message, error.line
    return {path or "value": leaf for path, leaf in session.fields("result").items()}


def ports(function, *values):
    """What the port returns: fields, or message and line."""
    try:
        result = function(*values)
    except MatlabError as error:
        return error.message, error.line
    return net_fields(result) if isinstance(result, Struct) else {"value": matlab_array(result)}


def same_outcome(session, function, *values):
    """Demand the same refusal, or the same bits in every field, of both sides; returns it."""
    theirs = octaves(session, function.__name__, *values)
    stream = (OctaveRandom(SEED),) if function is acnnsetup else ()
    ours = ports(function, *values, *stream)
    assert_same_outcome(theirs, ours)
    return ours
