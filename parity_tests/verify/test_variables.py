"""Files with data and options: of every format from 5 on, or named with what is wrong."""

import numpy as np
import pytest

from dltcnn import Layer, Net, OctaveRandom, Opts, cnnsetup
from dltcnn.matfile import save_net
from dltparity.errors import RequestError
from dltparity.verify import read, variables


def net():
    layers = [Layer("i"), Layer("c", outputmaps=1, kernelsize=3), Layer("s", scale=2)]
    return cnnsetup(Net(layers), np.zeros((6, 6, 2)), np.zeros((3, 2)), OctaveRandom(0))


def test_data_and_options_of_format_7_3_are_read_too(tmp_path):
    h5py = pytest.importorskip("h5py", reason="h5py is missing: pip install dltcnn[hdf5]")
    x, y = np.arange(72.0).reshape(6, 6, 2), np.eye(3, 2)
    path = tmp_path / "all.mat"
    with h5py.File(path, "w", userblock_size=512) as file:
        group = file.create_group("opts")
        group.attrs["MATLAB_class"] = np.bytes_("struct")
        for place, name, value in ((file, "x", x), (file, "y", y), (group, "alpha", [[0.5]])):
            place[name] = np.transpose(value)
            place[name].attrs["MATLAB_class"] = np.bytes_("double")
    with path.open("r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM")
    save_net(tmp_path / "net.mat", net())
    given = read.read(tmp_path / "net.mat", data=path, opts=path)
    np.testing.assert_array_equal(given.data.x, x)
    np.testing.assert_array_equal(given.data.y, y)
    assert given.opts == Opts(alpha=0.5)


@pytest.mark.parametrize(
    ("name", "content", "wording"),
    [
        ("missing.mat", None, "cannot be read (No such file or directory): name a .mat file; in"),
        ("notes.md", b"# Notes" * 40, "cannot be read as a .mat file (Unknown mat file type"),
        (
            "part.mat",
            b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + bytes(400),
            "format 7.3 (",
        ),
    ],
)
@pytest.mark.parametrize("option", ["data", "opts"])
def test_files_that_cannot_be_read_are_named_with_their_option(
    tmp_path, option, name, content, wording
):
    save_net(tmp_path / "net.mat", net())
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RequestError) as error:
        read.read(tmp_path / "net.mat", **{option: tmp_path / name})
    assert str(error.value).startswith(f"--{option}: {str(tmp_path / name)!r}")
    assert wording in str(error.value)
    assert "MATLAB" in str(error.value)


def test_without_h5py_format_7_3_comes_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(variables, "find_spec", lambda _: None)
    path = tmp_path / "data.mat"
    path.write_bytes(b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + bytes(400))
    with pytest.raises(RequestError, match=r"is of format 7\.3: pip install dltcnn\[hdf5\]"):
        variables.variables(path, "--data", "save('data.mat', 'x', 'y', '-v7')")
