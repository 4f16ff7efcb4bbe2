"""Whole data sets: MNIST from files, and the digits that come with the library."""

from importlib import resources
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
import scipy.io
from numpy.typing import NDArray

from ..unused import warn
from .idx import read_idx
from .images import images
from .targets import one_of_many

MAT_FILE = "mnist_uint8.mat"
_SIDE, _CLASSES = 28, 10


class DataSet(NamedTuple):
    """Images to train on and to test on, with their targets.

    Attributes
    ----------
    train_x, test_x : numpy.ndarray
        Images (rows, cols, N) in [0, 1].
    train_y, test_y : numpy.ndarray
        Targets (classes, N), one-of-many.
    """

    train_x: NDArray[np.float64]
    train_y: NDArray[np.float64]
    test_x: NDArray[np.float64]
    test_y: NDArray[np.float64]


def load_digits() -> DataSet:
    """Load the 1,797 handwritten digits that come with the library.

    Returns
    -------
    DataSet
        Images of 8x8 pixels, x(:, :, n) the transposed digit as in the toolbox's MNIST: 1,500 to
        train on and 297 to test on; ten classes.

    Notes
    -----
    The test set of "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak (UCI
    Machine Learning Repository, 1998), licensed under CC BY 4.0; the pixels, 0 to 16
    there, are divided by 16.

    Examples
    --------
    >>> from dltcnn import load_digits
    >>> digits = load_digits()
    >>> digits.train_x.shape, digits.test_y.shape
    ((8, 8, 1500), (10, 297))
    """
    with (
        resources.files(__package__).joinpath("digits.npz").open("rb") as file,
        np.load(file) as content,
    ):
        x, y = images(content["pixels"], 8, 8) / 16, one_of_many(content["labels"], 10)
    return DataSet(x[:, :, :1500], y[:, :1500], x[:, :, 1500:], y[:, 1500:])


def load_mnist(path: str | PathLike[str]) -> DataSet:
    """Load MNIST as the toolbox's example has it.

    Parameters
    ----------
    path : str or Path
        A folder with the toolbox's mnist_uint8.mat, or with the four IDX files (train-images-
        idx3-ubyte, train-labels-idx1-ubyte, t10k-...), packed with gzip or not; or the .mat file.
        Of the test files alone the first nine tenths are to train on, and a warning says so.

    Returns
    -------
    DataSet
        Images (28, 28, N) in [0, 1], double, as ``double(reshape(train_x', 28, 28, N)) / 255``
        gives them, and targets (10, N): the same bits from either kind of file.

    Raises
    ------
    FileNotFoundError
        If the files are not there: which were looked for.
    ValueError
        If a file is damaged or holds something else: which file, and what is in it.
    """
    path = Path(path)
    mat = path / MAT_FILE if path.is_dir() else path
    if mat.is_file():
        return _from_mat(mat)
    if not path.is_dir():
        raise FileNotFoundError(
            f"there is no file or folder {path}: give {MAT_FILE}, or the folder with it or with "
            "MNIST's IDX files"
        )
    train, test = _from_idx(path, "train"), _from_idx(path, "t10k")
    if test is None:
        raise FileNotFoundError(
            f"no MNIST files in {path}: expected {MAT_FILE}, or t10k-images-idx3-ubyte and "
            "t10k-labels-idx1-ubyte (and train-...), packed with gzip or not"
        )
    if train is None:
        (x, y), count = test, test[0].shape[2]
        split = count * 9 // 10
        warn(
            f"{path} has MNIST's test files only: of their {count} images the first {split} are to "
            f"train on and the other {count - split} to test on"
        )
        train, test = (x[:, :, :split], y[:, :split]), (x[:, :, split:], y[:, split:])
    return DataSet(*train, *test)


def _from_mat(path):
    names = DataSet._fields
    try:
        content = scipy.io.loadmat(path, variable_names=names)
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise ValueError(
            f"{path} cannot be read as the toolbox's {MAT_FILE} ({error}): fetch it again, or save "
            "its four arrays with -v7"
        ) from None
    missing = [name for name in names if name not in content]
    if missing:
        raise ValueError(
            f"{path} has no {', '.join(missing)}: expected the toolbox's {MAT_FILE} with "
            f"{', '.join(names)}"
        )
    parts = []
    for name in names:
        rows, wanted = content[name], _SIDE**2 if name.endswith("x") else _CLASSES
        count = len(content[f"{name[:-1]}x"])
        pixels = name.endswith("x")
        kinds = rows.dtype == np.uint8 if pixels else rows.dtype.kind in "buif"
        if rows.shape != (count, wanted) or not kinds:
            raise ValueError(
                f"{path}: {name} is {' x '.join(map(str, rows.shape))} of class {rows.dtype}, "
                f"expected {count} x {wanted}{' of uint8' if pixels else ''}: for other data use "
                "images and one_of_many"
            )
        parts.append(images(rows, _SIDE, _SIDE) / 255 if pixels else rows.T.astype(float))
    return DataSet(*parts)


def _from_idx(folder, kind):
    """Read images and labels of one kind; None where the files are not there."""
    files = [_find(folder, f"{kind}-{what}", f"idx{n}-ubyte") for what, n in _PARTS]
    if None in files:
        return None
    (pixels, labels) = (read_idx(file, n) for file, (_, n) in zip(files, _PARTS, strict=True))
    if pixels.shape[1:] != (_SIDE, _SIDE):
        raise ValueError(
            f"{files[0]} has images of {'x'.join(map(str, pixels.shape[1:]))} pixels: expected "
            f"{_SIDE}x{_SIDE}"
        )
    if len(pixels) != len(labels) or labels.max(initial=0) >= _CLASSES:
        raise ValueError(
            f"{files[0]} has {len(pixels)} images and {files[1]} {len(labels)} labels up to "
            f"{labels.max(initial=0)}: expected as many labels, 0 to {_CLASSES - 1}"
        )
    x = images(pixels.reshape(-1, _SIDE**2), _SIDE, _SIDE) / 255
    return x, one_of_many(labels, _CLASSES)


_PARTS = (("images", 3), ("labels", 1))


def _find(folder, name, ending):
    """Find a file under the names that it is passed on by."""
    names = [f"{name}{sep}{ending}{packed}" for sep in "-." for packed in ("", ".gz")]
    return next((folder / each for each in names if (folder / each).is_file()), None)
