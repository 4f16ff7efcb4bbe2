"""The first statement that differs, where the Python function cites lines of the .m file."""

from ..lines import octave_side, own
from ..lines.python_side import watching
from ..octave.errors import OctaveDied, OctaveError
from . import python_side


def first_line(functions, folders, pair, function, arguments):
    """Run both functions on an argument list with their statements watched.

    Parameters
    ----------
    functions : Matlab
        Octave's side.
    folders : iterable of Path
        Where the .m file may be.
    pair : Pair
        The pair.
    function : callable
        Its Python function.
    arguments : list
        The arguments.

    Returns
    -------
    str
        Where they first differ, or why that cannot be said; empty where Python cites no lines, or
        no cited line differs.
    """
    names = (folder / f"{pair.matlab}.m" for folder in folders)
    file = next((each for each in names if each.is_file()), None)
    cited = file and own.source(function, file.name)
    if not cited:
        return ""
    try:
        theirs = functions.watched(pair, arguments, file)
    except (ValueError, TypeError, OctaveError, OctaveDied) as error:
        return f"its statements cannot be watched: {error}"
    variables = octave_side.variables(file)
    with watching(cited.path, cited.file, variables, own=True) as ours:
        python_side.call(function, arguments, pair.outputs, pair.seconds)
    return own.compare(theirs, ours, cited)[1]
