"""Reading .npz files that may be damaged."""

import zlib
from pathlib import Path
from zipfile import BadZipFile

import numpy as np


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
    OSError
        If there is no such file.
    ValueError
        If it is something else, or damaged.
    """
    try:
        with Path(path).open("rb") as file:  # np.load leaves a damaged file open
            return dict(np.load(file, allow_pickle=False))
    # RuntimeError: a wrong bit can say that a member is encrypted or packed in another way.
    except (EOFError, KeyError, RuntimeError, TypeError, BadZipFile, zlib.error) as error:
        raise ValueError(str(error) or "it ends too soon") from None
