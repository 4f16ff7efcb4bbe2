"""Real images for the cases: the library's, refused as the command refuses."""

import pytest

from data.files import LABELS, PIXELS, write_idx
from dltparity.cases import images
from dltparity.cases.standard import standard
from dltparity.errors import RequestError


def test_test_files_alone_are_split_and_that_is_said(tmp_path, capsys):
    loaded = images.mnist(write_idx(tmp_path, kinds=["t10k"]))
    assert (loaded.train_x.shape[2], loaded.test_x.shape[2]) == (54, 6)
    wording = "of their 60 images the first 54 are to train on and the other 6 to test on"
    assert wording in capsys.readouterr().err


def test_the_small_digits_are_all_of_them():
    x, y = images.small_digits()
    assert (x.shape, y.shape) == ((8, 8, 1797), (10, 1797))


def test_the_digits_are_enlarged_and_split():
    loaded = images.digits()
    assert loaded.train_x.shape == (28, 28, 1500)
    assert loaded.test_y.shape == (10, 297)
    assert loaded.train_x.max() == 1
    assert not loaded.train_x[:2].any() and not loaded.train_x[:, -2:].any()
    assert (loaded.train_x[2:5, 2:5] == loaded.train_x[2:3, 2:3]).all()


@pytest.mark.parametrize(
    ("change", "wording"),
    [
        ({"pixels": PIXELS[:, :5, :5]}, "images of 5x5 pixels: expected 28x28"),
        ({"pixels": PIXELS[:1], "labels": LABELS[:1]}, "holds 1 images to train on"),
    ],
)
def test_files_of_other_things_are_refused(tmp_path, change, wording):
    with pytest.raises(RequestError, match=wording):
        images.mnist(write_idx(tmp_path, **change))


def test_missing_files_are_refused(tmp_path):
    with pytest.raises(RequestError, match="no MNIST files in"):
        images.mnist(tmp_path)


def test_fewer_images_than_a_batch_are_no_case(tmp_path):
    write_idx(tmp_path, PIXELS[:49], LABELS[:49])
    with pytest.raises(RequestError, match="holds 49 images to train on"):
        standard(str(tmp_path))
