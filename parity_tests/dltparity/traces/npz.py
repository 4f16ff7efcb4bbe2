"""Files of arrays (.npz): written whole, and read with any damage noticed."""

import io
from pathlib import Path

import numpy as np

from ..files import write


def save(path, arrays, option, compress=False):
    """Write a file of `numpy.savez`; an earlier one stays until it is complete.

    Parameters
    ----------
    path : Path
        The file.
    arrays : dict of str to numpy.ndarray
        What it is to hold.
    option : str
        The option that names another place; see `files.write`.
    compress : bool
        Whether to make it small, which takes time.

    Raises
    ------
    RequestError
        If it cannot be written.
    """
    content = io.BytesIO()
    (np.savez_compressed if compress else np.savez)(content, **arrays)
    write({Path(path): content.getvalue()}, option)


def load(path):
    """Read a file of `numpy.savez`.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict of str to numpy.ndarray
        All its arrays.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it cannot be read, is something else, or damaged.
    """
    try:
        with Path(path).open("rb") as file:  # np.load leaves a damaged file open
            return dict(np.load(file, allow_pickle=False))
    except FileNotFoundError:
        raise
    except Exception as error:  # damage shows in errors of many kinds, MemoryError among them
        raise ValueError(str(error) or "it ends too soon") from None
