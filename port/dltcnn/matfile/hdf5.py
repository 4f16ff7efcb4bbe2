"""Format 7.3 (HDF5), read with h5py; it is written back as -v7.

h5py, and not a library on top of it: mat73, pymatreader and hdf5storage lose shapes or classes;
mat-io keeps them, and has no package for Python 3.14; and none bounds the memory.
The reading is done in a process of its own (`isolated`): in a damaged file HDF5 can run for ever.
"""

import math

import h5py
import numpy as np

from ..matlab.foreign import Foreign
from ..matlab.struct import Cell, Struct, StructArray
from .errors import Budget, Damaged, Refused, check_depth
from .names import check_field, name_of
from .text import shaped

_INTEGERS = [f"{sign}int{bits}" for bits in (8, 16, 32, 64) for sign in ("", "u")]
_CLASSES = {name: name for name in _INTEGERS} | {
    "double": "float64",
    "single": "float32",
    "logical": "bool",
}
_KNOWN = {*_CLASSES, "char", "cell", "struct", "canonical empty"}


def read(path, size):
    """Read the structs and cell arrays of a file of format 7.3.

    Parameters
    ----------
    path : str
        The file.
    size : int
        Its bytes.

    Returns
    -------
    list of tuple
        Name, what it is, and its value (None where it is neither struct nor cell array) of each
        variable.

    Raises
    ------
    Refused
        If the file is damaged or would take too much memory.
    """
    found = []
    with _h5py(), h5py.File(path, "r", locking=False) as file:
        reader = Reader(file, Budget(size))
        for name in file:
            if not name.startswith("#"):
                item = _member(file, name, name)
                nested = _kind(item) in ("struct", "cell")
                found.append(
                    (name, _described(item), reader.value(item, name, 0) if nested else None)
                )
    return found


class _h5py:  # noqa: N801
    """A block whose errors of h5py mean that the file is damaged."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        if kind and issubclass(kind, Exception) and not issubclass(kind, Refused):
            raise Damaged(f"h5py says: {str(error) or kind.__name__}") from None


class Reader:
    """Reads the values of one file."""

    def __init__(self, file, budget):
        self._file = file
        self._budget = budget

    def value(self, item, path, depth):
        """Read a dataset or group."""
        check_depth(path, depth)
        self._budget.spend(0, path)
        kind = _kind(item)
        if kind not in _KNOWN:
            return Foreign(_described(item))
        if isinstance(item, h5py.Group):
            if "MATLAB_sparse" in item.attrs:
                return self._sparse(item, kind, path)
            return self._struct(item, path, depth)
        dims = _dims(item)
        if kind == "cell":
            items = self._referred(item, path, depth) if math.prod(dims) else []
            return Cell(name_of(path), items=items, dims=dims)
        if kind == "struct":
            names = _told(item)
            self._budget.spend(0, path, 2 * math.prod(dims))
            structs = [Struct() for _ in range(math.prod(dims))]
            return structs[0] if dims == (1, 1) else StructArray(names, dims, structs)
        if "MATLAB_empty" in item.attrs or kind == "canonical empty":
            return shaped(np.zeros(0), dims) if kind == "char" else _zeros(dims, kind)
        data = self._data(item, path)
        if kind == "char":
            return shaped(np.ravel(data), dims)
        return np.array(data.T, _CLASSES[kind] if data.dtype.kind != "c" else None, order="C")

    def _data(self, item, path):
        """Read the numbers of a dataset, with MATLAB's dimensions the other way round."""
        if item.external or item.is_virtual:
            raise Damaged(f"{path} lies in another file")
        # Twice: as it is stored, and in Python's order.
        self._budget.spend(2 * math.prod(item.shape) * max(item.dtype.itemsize, 8), path)
        data = item[()]
        if data.dtype.names == ("real", "imag"):
            whole = np.zeros(data.shape, np.result_type(data.dtype["real"], np.complex64))
            whole.real, whole.imag = data["real"], data["imag"]
            return whole
        if data.dtype.kind not in "biuf":
            raise Damaged(f"{path} holds {data.dtype} where numbers are expected")
        return data

    def _referred(self, item, path, depth):
        """Read what the references of a dataset lead to, in MATLAB's order."""
        self._budget.spend(0, path, item.size)
        left, right = "{}" if _kind(item) == "cell" else "()"
        return [
            self.value(self._file[reference], f"{path}{left}{number}{right}", depth + 1)
            for number, reference in enumerate(np.ravel(item[()]), 1)
        ]

    def _struct(self, group, path, depth):
        names = _names(group)
        for name in names:
            check_field(name, path)
        members = {name: _member(group, name, path) for name in names}
        self._budget.spend(0, path, 2 * len(names))
        if names and all(_is_references(member) for member in members.values()):
            return self._structs(members, path, depth)
        made = Struct()
        for name, member in members.items():
            vars(made)[name] = self.value(member, f"{path}.{name}", depth + 1)
        return made

    def _structs(self, members, path, depth):
        """Read an array of structs: for each field a dataset that refers to its values."""
        shapes = {_dims(member) for member in members.values()}
        if len(shapes) > 1:
            raise Damaged(f"the fields of {path} have different sizes")
        columns = {
            name: self._referred(member, f"{path}.{name}", depth + 1)
            for name, member in members.items()
        }
        structs = [Struct() for _ in range(math.prod(*shapes))]
        for name, values in columns.items():
            for made, value in zip(structs, values, strict=True):
                vars(made)[name] = value
        return StructArray(members, shapes.pop(), structs)

    def _sparse(self, group, kind, path):
        """Read a sparse array as the dense one of the same values."""
        starts = self._data(_member(group, "jc", path), path)
        dims = (int(group.attrs["MATLAB_sparse"]), starts.size - 1)
        self._budget.spend(8 * math.prod(dims), path)
        count = int(starts[-1])
        rows = values = np.zeros(0, int)
        if count:
            rows, values = (self._data(_member(group, name, path), path) for name in ("ir", "data"))
        array = np.zeros(dims, values.dtype if values.dtype.kind == "c" else _CLASSES[kind])
        columns = np.repeat(np.arange(dims[1]), np.diff(starts.astype(np.int64)))
        array[rows[:count].astype(np.int64), columns] = values[:count]
        return array


def _member(group, name, path):
    """Return what lies in this file under a name; links may lead to other files."""
    if not isinstance(group.get(name, getlink=True), h5py.HardLink):
        raise Damaged(f"{path} has a link {name} to elsewhere")
    return group[name]


def _kind(item):
    """Return MATLAB's class."""
    kind = item.attrs.get("MATLAB_class")
    if kind is None and isinstance(item, h5py.Group):
        return "struct"
    if kind is None or item.attrs.get("MATLAB_object_decode", 0) == 3:
        return f"object of class {_decoded(kind)}"
    return _decoded(kind)


def _decoded(text):
    return text.decode("latin-1") if isinstance(text, bytes) else str(text)


def _described(item):
    """Say what a variable is."""
    kind = _kind(item)
    if kind == "function_handle":
        return "a function handle"
    if kind not in _KNOWN:
        return f"an {kind}" if kind.startswith("object of") else f"an object of class {kind}"
    if isinstance(item, h5py.Group):
        return f"1x1 {'sparse' if 'MATLAB_sparse' in item.attrs else kind}"
    return f"{'x'.join(map(str, _dims(item)))} {kind}"


def _dims(item):
    """Return MATLAB's size of a dataset; that of an empty array is its content."""
    if "MATLAB_empty" in item.attrs:
        if item.size > 32:
            raise Damaged(f"an array of {item.size} dimensions")
        dims = tuple(map(int, np.ravel(item[()])))
    else:
        dims = item.shape[::-1]
    dims = (*dims, 1, 1)[: max(len(dims), 2)]
    while len(dims) > 2 and dims[-1] == 1:
        dims = dims[:-1]
    return dims


def _names(group):
    """Return the fields of a struct in MATLAB's order."""
    there = list(group)
    names = _told(group)
    return names if {*names} == {*there} and len(names) == len(there) else there


def _told(item):
    """Return the names of the fields that are written beside a struct."""
    names = item.attrs.get("MATLAB_fields", ())
    return [b"".join(letters).decode("latin-1") for letters in names]


def _is_references(member):
    return (
        isinstance(member, h5py.Dataset)
        and "MATLAB_class" not in member.attrs
        and h5py.check_ref_dtype(member.dtype) is h5py.Reference
    )


def _zeros(dims, kind):
    return np.zeros(dims, _CLASSES.get(kind, "float64"))
