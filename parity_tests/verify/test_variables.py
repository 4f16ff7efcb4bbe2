"""Files with data and options: what they hold, and what is said where they cannot be read."""

import numpy as np
import pytest
import scipy.io

from dltparity.errors import RequestError
from dltparity.verify.data import read_data
from dltparity.verify.read import _opts


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
    notes = []
    data = read_data(tmp_path / "data.mat", 3, notes)
    np.testing.assert_array_equal(data.x, x)
    assert data.x.dtype == ("f4" if code == 7 else "f8")
    assert notes == ["images and targets are x and y of the file"]


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
@pytest.mark.parametrize(
    ("option", "reader"),
    [("--data", lambda path: read_data(path, 3, [])), ("--opts", lambda path: _opts(path, []))],
)
def test_files_that_cannot_be_read_are_named_with_their_option(
    tmp_path, option, reader, name, content, wording
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RequestError) as error:
        reader(tmp_path / name)
    assert str(error.value).startswith(f"{option}: {str(tmp_path / name)!r}")
    assert wording in str(error.value)
    assert "MATLAB" in str(error.value)
