"""load_mnist and load_digits: both formats give the same arrays; what is wrong is named."""

import gzip
import warnings

import numpy as np
import pytest
import scipy.io

from data.files import LABELS, PIXELS, idx, mat, write_idx
from dltcnn import DltWarning, class_numbers, load_digits, load_mnist


def test_both_formats_give_the_toolboxs_arrays(tmp_path):
    scipy.io.savemat(tmp_path / "mnist_uint8.mat", mat())
    (tmp_path / "idx").mkdir()
    one, other = load_mnist(tmp_path), load_mnist(write_idx(tmp_path / "idx"))
    for name, value in one._asdict().items():
        assert np.array_equal(value, getattr(other, name))
    assert np.array_equal(one.train_x[:, :, 7], PIXELS[7].T / 255)
    assert np.array_equal(class_numbers(one.train_y), LABELS)
    assert one.train_x.dtype == one.train_y.dtype == float
    named = load_mnist(str(tmp_path / "mnist_uint8.mat"))
    assert np.array_equal(named.test_x, one.test_x)


def test_they_are_what_octave_makes_of_the_file(original_session, tmp_path):
    scipy.io.savemat(tmp_path / "mnist_uint8.mat", mat())
    code = (
        "s = load(in.file); result.x = double(reshape(s.train_x', 28, 28, 60)) / 255;"
        "result.y = double(s.train_y');"
    )
    theirs = original_session.compute(code, {"file": str(tmp_path / "mnist_uint8.mat")})
    ours = load_mnist(tmp_path)
    assert ours.train_x.tobytes("F") == theirs["x"].tobytes("F")
    assert ours.train_y.tobytes("F") == theirs["y"].tobytes("F")


@pytest.mark.parametrize("sep", "-.")
@pytest.mark.parametrize("packed", ["plain", "gz"])
def test_files_are_found_under_the_names_in_use(tmp_path, sep, packed):
    for kind in ("train", "t10k"):
        for what, content in (("images", PIXELS), ("labels", LABELS)):
            name = f"{kind}-{what}{sep}idx{content.ndim}-ubyte"
            data = idx(content)
            if packed == "gz":
                name, data = f"{name}.gz", gzip.compress(data)
            (tmp_path / name).write_bytes(data)
    assert load_mnist(tmp_path).test_x.shape == (28, 28, 60)


def test_test_files_alone_are_split_with_a_warning(tmp_path):
    write_idx(tmp_path, kinds=["t10k"])
    with pytest.warns(DltWarning, match="60 images the first 54 are to train on") as wording:
        images = load_mnist(tmp_path)
    assert wording[0].filename == __file__
    assert (images.train_x.shape[2], images.test_x.shape[2]) == (54, 6)
    assert np.array_equal(class_numbers(images.test_y), LABELS[54:])


@pytest.mark.parametrize(
    ("change", "wording"),
    [
        ({"pixels": PIXELS[:, :5, :5]}, "images of 5x5 pixels: expected 28x28"),
        ({"labels": LABELS[:-1]}, "60 images and .* 59 labels"),
        ({"labels": LABELS + 10}, "labels up to"),
    ],
)
def test_idx_files_of_other_things_are_refused(tmp_path, change, wording):
    with pytest.raises(ValueError, match=wording):
        load_mnist(write_idx(tmp_path, **change))


NAME = "train-labels-idx1-ubyte.gz"


@pytest.mark.parametrize(
    ("content", "wording"),
    [
        (b"", "cannot be read"),
        (b"\x1f\x8b damaged", "cannot be read"),
        (gzip.compress(b"x" * 99, mtime=0)[:-9], "magic number"),
        (gzip.compress(idx(LABELS))[:-9], "cannot be read"),
        (idx(LABELS, magic=0xD01), "magic number is 0xd01, expected 0x801"),
        (idx(LABELS)[:-1], "says 60 bytes, and it has 59"),
        (idx(LABELS) + b"x", "says 60 bytes, and it has more"),
        (idx(LABELS)[:4] + b"\xff" * 4, "says -1 bytes"),
        (idx(LABELS)[:4] + b"\x7f" + b"\xff" * 3, "and it has 0"),
        (gzip.compress(idx(LABELS) + bytes(10**7)), "it has more"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_damaged_idx_files_are_refused_by_name(tmp_path, content, wording):
    write_idx(tmp_path)
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(ValueError, match=wording) as error:
        load_mnist(tmp_path)
    assert NAME in str(error.value)


@pytest.mark.parametrize(
    ("change", "wording"),
    [
        ({"train_x": None}, "has no train_x"),
        ({"train_x": PIXELS}, "train_x is 60 x 28 x 28 of class uint8, expected 60 x 784 of uint8"),
        ({"train_x": mat()["train_x"] / 255}, "class float64, expected 60 x 784 of uint8"),
        ({"train_y": np.zeros((59, 10))}, "train_y is 59 x 10 of class float64, expected 60 x 10"),
        ({"test_x": np.empty((60, 784), object)}, "test_x is .* of class object"),
    ],
)
def test_mat_files_of_other_things_are_refused(tmp_path, change, wording):
    content = {key: value for key, value in {**mat(), **change}.items() if value is not None}
    if content.get("test_x", np.zeros(1)).dtype == object:
        content["test_x"].fill("text")
    scipy.io.savemat(tmp_path / "mnist_uint8.mat", content)
    with pytest.raises(ValueError, match=wording) as error:
        load_mnist(tmp_path)
    assert "mnist_uint8.mat" in str(error.value)


def test_damaged_mat_files_are_refused(tmp_path):
    file = tmp_path / "mnist_uint8.mat"
    scipy.io.savemat(file, mat(), do_compression=True)
    whole = file.read_bytes()
    for damaged in (b"", whole[:300], whole[:150] + b"\0" * 100 + whole[250:]):
        file.write_bytes(damaged)
        with pytest.raises(ValueError, match="cannot be read as the toolbox's"):
            load_mnist(tmp_path)


def test_missing_files_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no MNIST files in .*t10k-images-idx3-ubyte"):
        load_mnist(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"there is no file or folder .*nowhere"):
        load_mnist(tmp_path / "nowhere")


def test_the_digits_come_with_the_library():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        digits = load_digits()
    assert digits.train_x.shape == (8, 8, 1500) and digits.test_x.shape == (8, 8, 297)
    assert digits.train_x.min() == 0 and digits.train_x.max() == 1
    assert set(np.unique(digits.train_x * 16)) == set(range(17))
    assert np.bincount(class_numbers(digits.train_y)).min() > 140
    top = digits.train_x[:, 0].T  # x(:, :, n) is transposed: this is the digit's first line
    assert np.array_equal(top[0], np.array([0, 0, 5, 13, 9, 1, 0, 0]) / 16)
