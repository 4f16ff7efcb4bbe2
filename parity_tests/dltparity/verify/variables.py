"""The variables of a .mat file that holds data or options, of any of MATLAB's formats from 5 on."""

from importlib.util import find_spec
from pathlib import Path

import scipy.io

from dltcnn.matfile.errors import Budget

from ..errors import RequestError
from ..files import check_ends


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
        What each variable holds, as scipy reads it; of format 7.3 as `load_net` does.

    Raises
    ------
    RequestError
        If it cannot be read: which option named it, why, and how such a file is made.
    """
    named = f"{option}: {str(path)!r}"
    remedy = f"in MATLAB or Octave, {made_by} makes such a file"
    try:
        check_ends(path)
        with Path(path).open("rb") as file:
            return scipy.io.loadmat(file)
    except NotImplementedError:
        return _of_format_73(path, named, remedy)
    except OSError as error:
        why = error.strerror or error
        raise RequestError(f"{named} cannot be read ({why}): name a .mat file; {remedy}") from None
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise RequestError(f"{named} cannot be read as a .mat file ({error}): {remedy}") from None


def _of_format_73(path, named, remedy):
    if find_spec("h5py") is None:
        raise RequestError(
            f"{named} is of format 7.3: pip install dltcnn[hdf5] to read it; or {remedy}"
        )
    import h5py

    from dltcnn.matfile.hdf5 import Reader

    try:
        with h5py.File(path, "r", locking=False) as file:
            reader = Reader(file, Budget(Path(path).stat().st_size))
            return {name: reader.value(file[name], name, 0) for name in file if name[0] != "#"}
    except Exception as error:  # h5py lets whatever a damaged file causes come through
        raise RequestError(
            f"{named} cannot be read as a file of format 7.3 ({error}): {remedy}"
        ) from None
