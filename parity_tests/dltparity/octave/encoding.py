"""Values on their way to and from Octave: as class, size and bytes.

MAT files would lose the class of logicals and a trailing size of 1; bytes lose nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

CLASSES = {
    "double": np.dtype("<f8"),
    "single": np.dtype("<f4"),
    "logical": np.dtype("?"),
    **{name: np.dtype(name).newbyteorder("<") for name in ("int8", "int16", "int32", "int64")},
    **{name: np.dtype(name).newbyteorder("<") for name in ("uint8", "uint16", "uint32", "uint64")},
}
_NAMES = {dtype.newbyteorder("="): name for name, dtype in CLASSES.items()}
_NAME = r"[A-Za-z]\w*"
_INDEX = r"(?:\{[1-9]\d*(?:,[1-9]\d*)*\}|\([1-9]\d*(?:,[1-9]\d*)*\))"
_PATH = re.compile(rf"(?:{_NAME}|{_INDEX})(?:\.{_NAME}|{_INDEX})*", re.ASCII)
_VARIABLE = re.compile(_NAME, re.ASCII)


def text(characters: str) -> np.ndarray:
    """Return text as Octave takes it: its UTF-8 bytes in a row."""
    return np.frombuffer(characters.encode(), np.uint8).reshape(1, -1)


def untext(characters: Any) -> str:
    """Return the text in an array of UTF-8 bytes that came from Octave."""
    return np.asarray(characters, np.uint8).tobytes().decode(errors="replace")


def check_name(name: str) -> str:
    """Return the name of a variable; anything else raises ValueError."""
    if not _VARIABLE.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a variable: letters, digits and _ only")
    return name


def check_path(path: str) -> str:
    """Return the path of a field in MATLAB's terms; anything else raises ValueError."""
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is not the path of a field such as layers{{2}}.k{{1}}{{3}}")
    return path


def pack(fields: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return paths, classes, sizes and bytes of some values, as dlt_assign.m takes them.

    Parameters
    ----------
    fields : mapping
        Path to value: an array of two or more dimensions, a number, a bool, a str, or an empty
        list or dict for an empty cell array or a struct without fields.

    Returns
    -------
    tuple of numpy.ndarray
        Paths and classes as text, one a line; sizes, one row each; the bytes, column-major.

    Raises
    ------
    TypeError
        If Octave has no class for a value.
    ValueError
        If an array has one dimension, which Octave has not.
    """
    arrays = [_array(path, value) for path, value in fields.items()]
    kinds = [kind for kind, _ in arrays]
    rank = max((array.ndim for _, array in arrays), default=2)
    sizes = [array.shape + (1,) * (rank - array.ndim) for _, array in arrays]
    data = b"".join(array.tobytes(order="F") for _, array in arrays)
    return (
        text("\n".join(fields)),
        text("\n".join(kinds)),
        np.array(sizes, np.float64).reshape(len(sizes), rank),
        np.frombuffer(data, np.uint8).reshape(1, -1),
    )


def unpack(reply: Mapping[str, Any]) -> dict[str, np.ndarray | str]:
    """Return path to value from the reply of dlt_fields.m; text comes as str.

    Parameters
    ----------
    reply : mapping
        The paths, classes, sizes and bytes.

    Returns
    -------
    dict
        Arrays with Octave's class and size, column-major and writable.
    """
    sizes = np.asarray(reply["sizes"]).astype(int)
    data = np.asarray(reply["bytes"], np.uint8).tobytes()
    paths = untext(reply["paths"]).split("\n")
    kinds = untext(reply["classes"]).split("\n")
    fields: dict[str, np.ndarray | str] = {}
    start = 0
    for path, kind, size in zip(paths, kinds, sizes.tolist(), strict=False):
        while len(size) > 2 and size[-1] == 1:
            size.pop()
        dtype = CLASSES.get(kind, np.dtype(np.uint8))
        count = int(np.prod(size))
        value = np.frombuffer(data, dtype, count, start).reshape(size, order="F")
        start += count * dtype.itemsize
        if kind == "char":
            fields[path] = untext(value.ravel(order="F"))
        else:
            fields[path] = value.astype(dtype.newbyteorder("="), order="F")
    return fields


def _array(path: str, value: Any) -> tuple[str, np.ndarray]:
    """Return the class and the array of one value."""
    if isinstance(value, str):
        return "char", text(value) if value else np.zeros((0, 0), np.uint8)
    if isinstance(value, list | dict) and not value:
        return "cell" if isinstance(value, list) else "struct", np.zeros((0, 0), np.uint8)
    if isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    array = np.asarray(value)
    kind = _NAMES.get(array.dtype.newbyteorder("="))
    if kind is None:
        raise TypeError(
            f"{path or 'the value'}: Octave gets no {type(value).__name__} of dtype {array.dtype}; "
            f"give a number, text, or an array of {', '.join(CLASSES)}"
        )
    if array.ndim == 1:
        raise ValueError(
            f"{path or 'the value'}: got the 1-D shape {array.shape}; Octave has rows and columns: "
            f"reshape to (1, {array.size}) or ({array.size}, 1)"
        )
    array = array.reshape(1, 1) if array.ndim == 0 else array
    return kind, array.astype(CLASSES[kind], copy=False)
