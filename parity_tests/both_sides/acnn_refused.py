"""What a function that only refuses says of many values, asked in Octave all at once."""

from both_sides.acnn import fields
from dltcnn import MatlabError

ACCEPTED = "accepted"
_SAID = """
    said = {{}};
    for n = 1 : numel(in.given)
        try
            {function}(in.given{{n}}{{:}});
            said{{n}} = 'accepted';
        catch problem
            place = problem.stack(1);
            [~, file, kind] = fileparts(place.file);
            said{{n}} = sprintf('%s%s:%d: %s', file, kind, place.line, problem.message);
        end
    end
    said = strjoin(said, char(10));
"""


def said(session, function, given):
    """Demand the same refusals of both sides.

    Parameters
    ----------
    session : Octave
        With the acnn folder on its path.
    function : callable
        The port's; the .m has the same name.
    given : list of list
        The arguments of each call.

    Returns
    -------
    list of str
        The line and the message of each refusal; `ACCEPTED` for what is none.
    """
    session.eval("clear('in');")
    session.assign("in", fields("given", given))
    session.eval(_SAID.format(function=function.__name__))
    ours = [_said(function, arguments) for arguments in given]
    assert ours == session.pull("said").split("\n")
    return ours


def _said(function, arguments):
    try:
        function(*arguments)
    except MatlabError as error:
        return f"{error.line}: {error.message}"
    return ACCEPTED
