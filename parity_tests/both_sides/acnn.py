"""One acnn function at a time, in Octave and in the port, given the same net and values."""

from both_sides.functions import assert_same_outcome, in_octave, outcome_of
from dltcnn import OctaveRandom
from dltcnn.functions import acnnsetup
from dltcnn.matlab.struct import Struct
from dltparity.octave.values import matlab_array
from dltparity.traces.trace import net_fields

SEED = 1
ACCEPTED = "accepted"


def same_outcome(session, function, *values):
    """Demand the same refusal, or the same bits in every field, of both sides.

    Parameters
    ----------
    session : Octave
        With the acnn folder on its path; its generator is set to `SEED` first.
    function : callable
        The port's; the .m has the same name.
    *values
        Its arguments; acnnsetup is given a generator as well.

    Returns
    -------
    dict of str to numpy.ndarray, or (str, str)
        The fields of what both returned ("value" for an array), or the message and the line.
    """
    given = {f"v{number}": value for number, value in enumerate(values)}
    call = f"{function.__name__}({', '.join(f'in.{name}' for name in given)})"
    theirs = outcome_of(in_octave, session, call, SEED, **given)
    ours = outcome_of(_in_port, function, *values)
    assert_same_outcome(theirs, ours)
    return ours


def _in_port(function, *values):
    """Return the fields of what the port returns, as `in_octave`."""
    stream = (OctaveRandom(SEED),) if function is acnnsetup else ()
    result = function(*values, *stream)
    return net_fields(result) if isinstance(result, Struct) else {"value": matlab_array(result)}


_REFUSALS = """
    found = {{}};
    for n = 1 : numel(in.calls)
        try
            {function}(in.calls{{n}}{{:}});
            found{{n}} = '{accepted}';
        catch problem
            place = problem.stack(1);
            [~, file, kind] = fileparts(place.file);
            found{{n}} = sprintf('%s%s:%d: %s', file, kind, place.line, problem.message);
        end
    end
    result = strjoin(found, char(10));
"""


def same_refusals(session, function, calls):
    """Demand the same of both sides for many calls of a function that does nothing but refuse.

    Parameters
    ----------
    session : Octave
        With the acnn folder on its path; it is asked once for all calls.
    function : callable
        The port's; the .m has the same name.
    calls : list of list
        The arguments of each call.

    Returns
    -------
    list of str
        The line and the message of each refusal; `ACCEPTED` where there is none.
    """
    code = _REFUSALS.format(function=function.__name__, accepted=ACCEPTED)
    theirs = session.compute(code, {"calls": calls})[""]
    ours = [_refusal(function, arguments) for arguments in calls]
    assert ours == theirs.split("\n")
    return ours


def _refusal(function, arguments):
    outcome = outcome_of(function, *arguments)
    if outcome is None:
        return ACCEPTED
    message, line = outcome
    return f"{line}: {message}"
