"""What a value is, in a few words of MATLAB's."""

import numpy as np

from .matlab.classes import size
from .matlab.foreign import Foreign
from .matlab.struct import Cell, Struct, StructArray

_NAMES = {"float64": "double", "float32": "single", "bool": "logical"} | {
    "complex128": "complex double",
    "complex64": "complex single",
    "str32": "char",
    "bytes8": "char",
}


def described(value):
    """Return what a value from a file is: ``2x3 double``, ``the text 'abc'``.

    Parameters
    ----------
    value : object
        A value that the readers give.

    Returns
    -------
    str
        To be used behind "is".
    """
    if isinstance(value, Foreign):
        return value.description
    if isinstance(value, str):
        return f"the text {value[:20]!r}{'...' if len(value) > 20 else ''}"
    if isinstance(value, Struct):
        names = [*vars(value)]
        shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        return f"a struct with the fields {shown}" if names else "a struct without fields"
    if isinstance(value, Cell | StructArray):
        sizes = "x".join(map(str, value.dims))
        return f"a {sizes} {'cell array' if isinstance(value, Cell) else 'array of structs'}"
    if isinstance(value, np.ndarray | np.generic | int | float):
        if np.size(value) == 1 and np.asarray(value).dtype.kind in "biuf":
            return f"{np.ravel(value)[0]:g}"
        name = np.asarray(value).dtype.name
        return f"a {size(np.asarray(value))} {_NAMES.get(name, name)}"
    return f"a {type(value).__name__}"
