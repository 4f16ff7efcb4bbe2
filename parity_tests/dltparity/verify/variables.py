"""The variables of a .mat file that holds data or options."""

from pathlib import Path

import scipy.io

from ..errors import RequestError
from ..files import check_ends

# Files hold whole numbers of these classes as bytes, and scipy.io gives what they hold.
_CLASSES = {"double": "f8", "single": "f4", "logical": "bool"}


def variables(path, option, made_by):
    """Read a file.

    Parameters
    ----------
    path : Path
        The file.
    option : str
        Where it was named, such as '--data'.
    made_by : str
        The line of MATLAB that saves such a file.

    Returns
    -------
    dict of str to object
        What each variable holds, as scipy reads it, of the class that it had in MATLAB.

    Raises
    ------
    RequestError
        If it cannot be read: which option named it, why, and how such a file is made.
    """
    named = f"{option}: {str(path)!r}"
    remedy = f"in MATLAB or Octave, {made_by} makes one that can be read"
    try:
        check_ends(path)
        with Path(path).open("rb") as file:
            classes = {name: kind for name, _, kind in scipy.io.whosmat(file)}
            file.seek(0)
            found = scipy.io.loadmat(file)
    except NotImplementedError:
        raise RequestError(f"{named} is of format 7.3: {remedy}") from None
    except OSError as error:
        why = error.strerror or error
        raise RequestError(f"{named} cannot be read ({why}): name a .mat file; {remedy}") from None
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise RequestError(f"{named} cannot be read as a .mat file ({error}): {remedy}") from None
    return {name: _of_class(value, classes.get(name)) for name, value in found.items()}


def _of_class(value, kind):
    packed = kind in _CLASSES and value.dtype.kind in "iu"
    return value.astype(_CLASSES[kind]) if packed else value
