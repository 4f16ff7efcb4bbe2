"""What a call gave, as arrays by path, on either side. Pure."""

from dataclasses import dataclass, field

import numpy as np

_CHAR = "char"
_NAMES = {"float64": "double", "float32": "single", "bool": "logical"}


class NoValueError(TypeError):
    """A Python value that MATLAB has no counterpart of."""


@dataclass
class Outcome:
    """What a call did.

    Attributes
    ----------
    returned : bool
        Whether it returned.
    arrays : dict of str to (str, numpy.ndarray)
        Path, such as ``{1}.field``, to class and array; text as its characters' codes.
    message : str
        Why it did not return, or what else is wrong.
    ended : bool
        Whether it was ended for taking too long, or died.
    missing : bool
        Whether it stopped for want of a function or variable.
    """

    returned: bool
    arrays: dict = field(default_factory=dict)
    message: str = ""
    ended: bool = False
    missing: bool = False


def arrays(outputs):
    """Flatten the outputs of a Python callable.

    Parameters
    ----------
    outputs : sequence
        One value for each output.

    Returns
    -------
    dict of str to (str, numpy.ndarray)
        As `Outcome.arrays`.

    Raises
    ------
    NoValueError
        If a value has no counterpart.
    """
    found = {}
    for number, value in enumerate(outputs, 1):
        _flatten(f"{{{number}}}", value, found)
    return found


def _flatten(path, value, found):
    if isinstance(value, str):
        codes = np.array([[float(ord(c)) for c in value]]) if value else np.zeros((0, 0))
        found[path] = (_CHAR, codes)
    elif isinstance(value, dict):
        for name, each in value.items():
            _flatten(f"{path}.{name}", each, found)
    elif isinstance(value, list | tuple):
        if not value:
            found[path] = ("cell", np.zeros((0, 0)))
        for number, each in enumerate(value, 1):
            _flatten(f"{path}{{{number}}}", each, found)
    else:
        _array(path, value, found)


def _array(path, value, found):
    plain = isinstance(value, int | float | complex) and not isinstance(value, np.generic | bool)
    array = np.asarray(value, complex if isinstance(value, complex) else float if plain else None)
    kind = _NAMES.get(array.dtype.name, array.dtype.name)
    if array.dtype.kind not in "fiubc" or array.dtype.itemsize > 16:
        raise NoValueError(f"{path} is a {type(value).__name__}: MATLAB has no counterpart")
    array = array.reshape(1, 1) if array.ndim == 0 else array
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.dtype.kind == "c":
        real = _NAMES[array.real.dtype.name]
        found[path] = (f"complex {real}", np.array(array.real))
        found[f"{path}.imag"] = (f"complex {real}", np.array(array.imag))
    else:
        found[path] = (kind, array)


def as_value(value):
    """Return a value of a .mat file as an argument: text, dict for structs, list for cells."""
    if isinstance(value, np.ndarray) and value.dtype.names:
        record = value.ravel()[0]
        return {name: as_value(record[name]) for name in value.dtype.names}
    if isinstance(value, np.ndarray) and value.dtype == object:
        return [as_value(each) for each in value.ravel(order="F")]
    if isinstance(value, np.ndarray) and value.dtype.kind == "U":
        return str(value.flat[0]) if value.size else ""
    return value
