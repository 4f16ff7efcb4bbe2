"""Real images: both formats give the same arrays, and damaged files are refused in one sentence."""

import gzip
import struct

import numpy as np
import pytest
import scipy.io

from both_sides.functions import unlike
from dltparity.cases import images
from dltparity.cases.standard import standard
from dltparity.errors import RequestError

PIXELS = (128 + 127 * unlike(60, 28, 28)).astype(np.uint8)
LABELS = (5 + 5 * unlike(60)).astype(np.uint8)


def idx(array, magic=None):
    head = struct.pack(f">{1 + array.ndim}i", magic or 0x800 + array.ndim, *array.shape)
    return head + array.tobytes()


def write_idx(folder, pixels=PIXELS, labels=LABELS, kinds=("train", "t10k")):
    for kind in kinds:
        (folder / f"{kind}-images-idx3-ubyte").write_bytes(idx(pixels))
        (folder / f"{kind}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(labels)))
    return folder


def mat(pixels=PIXELS, labels=LABELS):
    x, y = pixels.reshape(len(pixels), -1), np.eye(10, dtype=np.uint8)[labels]
    return {"train_x": x, "train_y": y, "test_x": x, "test_y": y}


def test_both_formats_give_the_toolboxs_arrays(tmp_path):
    scipy.io.savemat(tmp_path / "mnist_uint8.mat", mat())
    (tmp_path / "idx").mkdir()
    one, other = images.mnist(tmp_path), images.mnist(write_idx(tmp_path / "idx"))
    for name in ("train_x", "train_y", "test_x", "test_y"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    assert np.array_equal(one.train_x[:, :, 7], PIXELS[7].T / 255)
    assert np.array_equal(one.train_y.argmax(0), LABELS)
    assert one.train_x.dtype == float


def test_test_files_alone_are_split(tmp_path):
    loaded = images.mnist(write_idx(tmp_path, kinds=["t10k"]))
    assert (loaded.train_x.shape[2], loaded.test_x.shape[2]) == (54, 6)


def test_the_digits_are_enlarged_and_split():
    loaded = images.digits()
    assert loaded.train_x.shape == (28, 28, 1500)
    assert loaded.test_y.shape == (10, 297)
    assert loaded.train_x.max() == 1
    assert not loaded.train_x[:2].any() and not loaded.train_x[:, -2:].any()
    assert (loaded.train_x[2:5, 2:5] == loaded.train_x[2:3, 2:3]).all()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pixels": PIXELS[:, :5, :5]}, "images of 5x5 pixels: expected 28x28"),
        ({"labels": LABELS[:-1]}, "60 images and .* 59 labels"),
        ({"labels": LABELS + 10}, "labels up to"),
        ({"pixels": PIXELS[:1], "labels": LABELS[:1]}, "holds 1 images to train on"),
    ],
)
def test_idx_files_of_other_things_are_refused(tmp_path, change, said):
    with pytest.raises(RequestError, match=said):
        images.mnist(write_idx(tmp_path, **change))


def test_fewer_images_than_a_batch_are_no_case(tmp_path):
    write_idx(tmp_path, PIXELS[:49], LABELS[:49])
    with pytest.raises(RequestError, match="holds 49 images to train on"):
        standard(str(tmp_path))


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b damaged", gzip.compress(b"x" * 99, mtime=0)[:-9]]
)
def test_damaged_gzip_files_are_refused(tmp_path, content):
    write_idx(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(content)
    with pytest.raises(RequestError, match=r"cannot be read as an IDX file|is not an IDX file"):
        images.mnist(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"train_x": None},
        {"train_x": PIXELS},
        {"train_y": np.zeros((59, 10))},
        {"test_x": np.empty((60, 784), object)},
    ],
)
def test_mat_files_of_other_things_are_refused(tmp_path, change):
    content = {key: value for key, value in {**mat(), **change}.items() if value is not None}
    if content.get("test_x", np.zeros(1)).dtype == object:
        content["test_x"].fill("text")
    scipy.io.savemat(tmp_path / "mnist_uint8.mat", content)
    with pytest.raises(RequestError, match=r"mnist_uint8\.mat"):
        images.mnist(tmp_path)


def test_damaged_mat_files_are_refused(tmp_path):
    scipy.io.savemat(tmp_path / "mnist_uint8.mat", mat(), do_compression=True)
    whole = (tmp_path / "mnist_uint8.mat").read_bytes()
    for damaged in (b"", whole[:300], whole[:150] + b"\0" * 100 + whole[250:]):
        (tmp_path / "mnist_uint8.mat").write_bytes(damaged)
        with pytest.raises(RequestError, match="cannot be read as the toolbox's"):
            images.mnist(tmp_path)
