"""Files with data and options: what they hold, and what is said where they cannot be read."""

import numpy as np
import pytest
import scipy.io

from dltcnn import Layer, Net, OctaveRandom, cnnsetup
from dltcnn.matfile import save_net
from dltparity.errors import RequestError
from dltparity.verify import read


def net():
    layers = [Layer("i"), Layer("c", outputmaps=1, kernelsize=3), Layer("s", scale=2)]
    return cnnsetup(Net(layers), np.zeros((6, 6, 2)), np.zeros((3, 2)), OctaveRandom(0))


@pytest.mark.parametrize(("code", "flags"), [(6, 0), (7, 0), (9, 2)])  # double, single, logical
def test_numbers_have_the_class_that_they_had_and_not_the_one_they_are_packed_in(
    tmp_path, code, flags
):
    """MATLAB's files hold whole numbers as bytes, which are no pixels up to 255."""
    x = np.arange(72).reshape(6, 6, 2) % 2
    scipy.io.savemat(tmp_path / "data.mat", {"x": x.astype(np.uint8), "y": np.eye(3, 2) / 2})
    content = (tmp_path / "data.mat").read_bytes()
    kind = b"\x06\0\0\0\x08\0\0\0\x09\0"  # an array's class and flags: uint8
    assert content.count(kind) == 1
    content = content.replace(kind, kind[:8] + bytes([code, flags]))
    (tmp_path / "data.mat").write_bytes(content)
    save_net(tmp_path / "net.mat", net())
    given = read.read(tmp_path / "net.mat", data=tmp_path / "data.mat")
    np.testing.assert_array_equal(given.data.x, x)
    assert given.data.x.dtype == ("f4" if code == 7 else "f8")
    assert given.notes == ["images and targets are x and y of the file"]


@pytest.mark.parametrize(
    ("name", "content", "wording"),
    [
        ("missing.mat", None, "cannot be read (No such file or directory): name a .mat file; in"),
        ("notes.md", b"# Notes" * 40, "cannot be read as a .mat file (Unknown mat file type"),
        (
            "part.mat",
            b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM" + bytes(400),
            "is of format 7.3: in",
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
