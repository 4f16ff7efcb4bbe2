"""The port's values in MATLAB's terms: an array's class and size, and what a struct is made of."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from dltcnn.matlab.classes import size
from dltcnn.matlab.struct import Struct


def matlab_array(value: Any) -> np.ndarray:
    """Give a value MATLAB's class (Python numbers are double) and size.

    Parameters
    ----------
    value : array_like
        An array of any class, or numbers of Python.

    Returns
    -------
    numpy.ndarray
        Two dimensions at least and no trailing 1; one dimension becomes a row.
    """
    if not isinstance(value, np.ndarray | np.generic):
        value = np.asarray(value, float)
    return np.reshape(np.asarray(value), size(value))


def leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Take a value apart into what Octave is handed.

    Parameters
    ----------
    path : str
        Where the value belongs, such as ``net.layers``; empty for a variable as a whole.
    value : Net, Layer, Opts, dict, list, array, number, tuple, str
        See `Workspace.give`.

    Yields
    ------
    path : str
        The place of an array or a text, such as ``net.layers{2}.k{1}{3}``.
    leaf : numpy.ndarray, str, list or dict
        The array or text; an empty list or dict for a cell array or a struct with nothing in it.
        What MATLAB has no class for comes as it is, for `encoding.pack` to refuse.
    """
    if isinstance(value, Struct):
        # An empty cell array in the port's structs is a field that nobody set.
        value = {name: part for name, part in vars(value).items() if not _is_empty_list(part)}
    if isinstance(value, Mapping) and value:
        for name, part in value.items():
            if part is not None:  # a field that nobody set
                yield from leaves(f"{path}.{name}" if path else name, part)
    elif isinstance(value, list) and value:
        for number, part in enumerate(value, 1):
            yield from leaves(f"{path}{{{number}}}", part)
    elif isinstance(value, np.ndarray | np.generic | int | float | tuple):
        yield path, matlab_array(value)
    else:
        yield path, value


def _is_empty_list(value: Any) -> bool:
    return isinstance(value, list) and not value
