"""Format 7.3: read with the shapes and classes that MATLAB has, whatever a file holds."""

import numpy as np
import pytest

from dltcnn import Layer, Net
from dltcnn.matfile import load_net, save_net
from dltcnn.matlab.struct import Cell, Struct, StructArray

h5py = pytest.importorskip("h5py", reason="h5py is missing: pip install dltcnn[hdf5]")
pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # fields of any name


class File:
    """Writes values as MATLAB's save -v7.3 does."""

    def __init__(self, path):
        self._file = h5py.File(path, "w", userblock_size=512)
        self._refs = self._file.create_group("#refs#")

    def close(self, path):
        self._file.close()
        with path.open("r+b") as file:
            file.write(b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM")

    def put(self, place, name, value):
        if isinstance(value, Struct):
            group = place.create_group(name)
            group.attrs["MATLAB_class"] = np.bytes_("struct")
            for field, item in vars(value).items():
                self.put(group, field, item)
        elif isinstance(value, StructArray):
            group = place.create_group(name)
            group.attrs["MATLAB_class"] = np.bytes_("struct")
            for field in value.names:
                items = [vars(each)[field] for each in value]
                group[field] = self._references(items, value.dims)
        elif isinstance(value, Cell):
            self._cell(place, name, value)
        elif isinstance(value, str):
            units = np.frombuffer(value.encode("utf-16-le"), "<u2").reshape(-1, 1)
            self._dataset(place, name, "char", units, (1, len(units)) if value else (0, 0))
        else:
            self._array(place, name, np.asarray(value))

    def _cell(self, place, name, cell):
        if not cell:
            self._dataset(place, name, "cell", np.zeros(cell.dims), cell.dims)
            return
        place[name] = self._references(cell, cell.dims)
        place[name].attrs["MATLAB_class"] = np.bytes_("cell")

    def _references(self, items, shape):
        references = np.empty(len(items), h5py.ref_dtype)
        for number, item in enumerate(items):
            inner = str(len(self._refs))
            self.put(self._refs, inner, item)
            references[number] = self._refs[inner].ref
        return references.reshape(shape, order="F").T

    def _array(self, place, name, array):
        names = {"float64": "double", "float32": "single", "bool": "logical"}
        kind = names.get(array.dtype.name, array.dtype.name)
        if array.dtype.kind == "c":
            kind = "double"
            pairs = np.empty(array.shape, [("real", "f8"), ("imag", "f8")])
            pairs["real"], pairs["imag"] = array.real, array.imag
            array = pairs
        stored = array.astype("u1") if array.dtype == bool else array
        self._dataset(place, name, kind, stored.T, array.shape)

    def _dataset(self, place, name, kind, stored, dims):
        if 0 in dims:
            place[name] = np.array(dims, np.uint64)
            place[name].attrs["MATLAB_empty"] = np.int32(1)
        else:
            place[name] = stored
        place[name].attrs["MATLAB_class"] = np.bytes_(kind)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "net.mat"


def write(path, change=None, **variables):
    file = File(path)
    for name, value in variables.items():
        file.put(file._file, name, value)
    if change:
        change(file._file)
    file.close(path)


def struct(**fields):
    made = Struct()
    vars(made).update(fields)
    return made


VALUES = struct(
    double=np.arange(24.0).reshape(2, 3, 4),
    single=np.array([[1.5, np.nan]], np.float32),
    logical=np.array([[True], [False]]),
    whole=np.array([[1, 2, 3]], np.int16),
    large=np.array([[2**64 - 1]], np.uint64),
    complex=np.array([[1 + 2j, 3]]),
    empty=np.zeros((0, 3)),
    no_logical=np.zeros((2, 0), bool),
    text="text \N{EURO SIGN}",
    no_text="",
    cells=Cell("cells", items=[1.0, "a", Cell("cells", dims=(0, 0)), struct(a=1.0)], dims=(2, 2)),
    column=Cell("column", items=[np.eye(2), np.zeros((0, 0))], dims=(2, 1)),
    nothing=struct(),
    structs=StructArray(["a", "b"], (1, 2), [struct(a=1.0, b="x"), struct(a="y", b=2.0)]),
)


def net_struct():
    layers = [struct(type="i"), struct(type="s", scale=np.array([[2]], np.uint8))]
    return struct(layers=Cell("layers", items=layers, dims=(1, 2)), values=VALUES)


def test_every_value_comes_with_its_shape_and_class(path):
    write(path, net=net_struct(), x=np.ones((3, 3)))
    net = load_net(path)
    assert net.values == VALUES
    assert net.layers.dims == (1, 2)
    assert net.layers[1].scale.dtype == np.uint8
    save_net(path, net)
    assert load_net(path) == net


def test_a_sparse_array_is_read_as_dense(path):
    def change(file):
        group = file["net"].create_group("s")
        group.attrs["MATLAB_class"] = np.bytes_("double")
        group.attrs["MATLAB_sparse"] = np.uint64(3)
        group["ir"], group["jc"] = np.array([0, 2], np.uint64), np.array([0, 1, 2], np.uint64)
        group["data"] = np.array([1.5, -2])

    write(path, change, net=net_struct())
    assert load_net(path).s.tolist() == [[1.5, 0], [0, 0], [0, -2]]


def test_the_order_of_fields_is_matlabs(path):
    def change(file):
        names = [np.array([*map(str.encode, name)], "S1") for name in ("values", "layers")]
        told = np.empty(2, object)
        told[:] = names
        file["net"].attrs.create("MATLAB_fields", told, dtype=h5py.vlen_dtype(np.dtype("S1")))

    write(path, change, net=net_struct())
    assert [*vars(load_net(path))] == ["values", "layers"]


@pytest.mark.parametrize("kind", ["function_handle", "string"])
def test_what_python_has_not_is_kept_out_by_name(path, kind):
    def change(file):
        file["net"]["act"] = np.zeros((1, 6), np.uint32)
        file["net"]["act"].attrs["MATLAB_class"] = np.bytes_(kind)
        file["net"]["act"].attrs["MATLAB_object_decode"] = np.int32(3 if kind == "string" else 1)

    write(path, change, net=net_struct())
    net = load_net(path)
    wanted = "a function handle" if kind == "function_handle" else "an object of class string"
    assert net.act.description == wanted
    with pytest.raises(TypeError, match=f"net.act is {wanted} that came from a file of another"):
        save_net(path, net)


def test_another_programs_object_is_named(path):
    def change(file):
        file["dag"] = np.zeros((1, 6), np.uint32)
        file["dag"].attrs["MATLAB_class"] = np.bytes_("SeriesNetwork")
        file["dag"].attrs["MATLAB_object_decode"] = np.int32(3)

    write(path, change)
    with pytest.raises(ValueError, match="dag is an object of class SeriesNetwork, of"):
        load_net(path)


HOSTILE = {
    "a link to another file": lambda file: file["net"].__setitem__(
        "other", h5py.ExternalLink("/etc/passwd", "/x")
    ),
    "a cell in itself": lambda file: file["net"]["values"]["cells"].__setitem__(
        (0, 0), file["net"]["values"]["cells"].ref
    ),
    "numbers that are nowhere": lambda file: (
        file["net"]
        .create_dataset("much", (10**5, 10**5), "f8", chunks=(100, 100))
        .attrs.__setitem__("MATLAB_class", np.bytes_("double"))
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(path, name):
    write(path, HOSTILE[name], net=net_struct())
    with pytest.raises(ValueError, match=r"net.mat"):
        load_net(path)


def test_damaged_files_are_read_or_refused(path):
    write(path, net=struct(layers=Cell("layers", items=[struct(type="i")], dims=(1, 1))))
    whole, rng = path.read_bytes(), np.random.default_rng(0)
    for _ in range(8):
        data = bytearray(whole)
        for place in rng.integers(512, len(data), size=40):
            data[place] = rng.integers(256)
        path.write_bytes(data)
        try:
            assert load_net(path) == Net([Layer("i")])
        except ValueError as error:
            assert str(error).startswith(str(path))


def test_a_reading_without_an_end_is_ended(path, monkeypatch):
    from dltcnn.matfile import isolated

    write(path, net=net_struct())
    monkeypatch.setattr(isolated, "_CHILD", "import sys, time; time.sleep(600)")
    monkeypatch.setattr(isolated, "_BUSY", 0)
    with pytest.raises(ValueError, match="HDF5 came to no end"):
        load_net(path)
    monkeypatch.setattr(isolated, "_CHILD", "import sys; sys.exit(3)")
    monkeypatch.setattr(isolated, "_BUSY", 20)
    with pytest.raises(ValueError, match=r"HDF5 failed or came to no end \(exit status 3\)"):
        load_net(path)
