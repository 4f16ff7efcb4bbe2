"""Real images: scikit-learn's digits, and MNIST from its IDX files or the toolbox's .mat file.

Every loader gives the toolbox's arrays: x (rows, cols, N) in [0, 1] with x(:,:,n) the transposed
image, y (10, N) one-of-ten.
"""

import gzip
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.io

from ..errors import RequestError

MAT_FILE = "mnist_uint8.mat"
_FEWEST = 2  # the toolbox takes no batch of one


@dataclass(frozen=True)
class Images:
    """Training and test images with their targets."""

    train_x: np.ndarray
    train_y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray


def small_digits():
    """Load the 1,797 digits as they are: x (8, 8, 1797) in [0, 1] and y (10, 1797)."""
    from sklearn.datasets import load_digits

    bundle = load_digits()
    return bundle.images.transpose(2, 1, 0) / 16, one_of_ten(bundle.target)


def digits():
    """Load the 1,797 digits, enlarged from 8x8 to 28x28: 1,500 to train, 297 to test."""
    small, y = small_digits()
    large = np.kron(small, np.ones((3, 3, 1)))
    x = np.pad(large, ((2, 2), (2, 2), (0, 0)))
    return Images(x[:, :, :1500], y[:, :1500], x[:, :, 1500:], y[:, 1500:])


def mnist(path):
    """Load MNIST.

    Parameters
    ----------
    path : str or Path
        The toolbox's mnist_uint8.mat, or a folder with it or with the IDX files (gzipped or not).
        A folder with the test files alone gives their first nine tenths to train on.

    Raises
    ------
    RequestError
        If the files are missing or not what their names say.
    """
    path = Path(path)
    images = _mnist(path)
    counts = images.train_x.shape[2], images.test_x.shape[2]
    if min(counts) < _FEWEST:
        raise RequestError(
            f"{path} holds {counts[0]} images to train on and {counts[1]} to test: expected at "
            f"least {_FEWEST} of each"
        )
    return images


def _mnist(path):
    mat = path if path.suffix == ".mat" else path / MAT_FILE
    if mat.is_file():
        return _from_mat(mat)
    test = _idx_pair(path, "t10k")
    if test is None:
        raise RequestError(
            f"no MNIST files in {path}: expected {MAT_FILE}, or t10k-images-idx3-ubyte and "
            "t10k-labels-idx1-ubyte (and train-...), gzipped or not"
        )
    train = _idx_pair(path, "train")
    if train is None:
        split = test[0].shape[2] * 9 // 10
        train, test = (
            (test[0][:, :, :split], test[1][:, :split]),
            (test[0][:, :, split:], test[1][:, split:]),
        )
    return Images(*train, *test)


def one_of_ten(labels):
    """Turn labels 0..9 into columns."""
    y = np.zeros((10, len(labels)))
    y[labels, np.arange(len(labels))] = 1
    return y


def _from_mat(path):
    try:
        content = scipy.io.loadmat(path)
        parts = [content[name] for name in ("train_x", "train_y", "test_x", "test_y")]
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise RequestError(
            f"{path} cannot be read as the toolbox's {MAT_FILE} "
            f"(train_x, train_y, test_x, test_y): {error}"
        ) from None
    counts = [len(parts[0]), len(parts[0]), len(parts[2]), len(parts[2])]
    for part, wanted in zip(parts, zip(counts, (784, 10, 784, 10), strict=True), strict=True):
        if part.shape != wanted or part.dtype.kind not in "uif":
            raise RequestError(
                f"{path} holds an array {part.shape} of {part.dtype}: expected numbers, images x "
                "784 and as many x 10"
            )
    return Images(*(_from_rows(part) for part in parts))


def _from_rows(rows):
    """Turn the .mat's rows, one per image, into the toolbox's arrays."""
    if rows.shape[1] == 784:
        return np.ascontiguousarray(rows.T.reshape((28, 28, -1), order="F")) / 255
    return rows.T.astype(float)


def _idx_pair(folder, kind):
    """Read images and labels of one kind; None where the files are not there."""
    images = _find(folder, f"{kind}-images-idx3-ubyte")
    labels = _find(folder, f"{kind}-labels-idx1-ubyte")
    if images is None or labels is None:
        return None
    pixels, classes = _read_idx(images, 3), _read_idx(labels, 1)
    if pixels.shape[1:] != (28, 28):
        raise RequestError(
            f"{images.name} has images of {'x'.join(map(str, pixels.shape[1:]))} pixels: "
            "expected 28x28"
        )
    if len(pixels) != len(classes) or classes.max(initial=0) > 9:
        raise RequestError(
            f"{images.name} has {len(pixels)} images and {labels.name} {len(classes)} labels up to "
            f"{classes.max(initial=0)}: expected as many labels, 0 to 9"
        )
    return np.ascontiguousarray(pixels.transpose(2, 1, 0)) / 255, one_of_ten(classes)


def _find(folder, name):
    return next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)


def _read_idx(path, ndim):
    """Read an IDX file of unsigned bytes."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            magic, *dims = struct.unpack(f">{1 + ndim}i", file.read(4 * (1 + ndim)))
            content = np.frombuffer(file.read(), np.uint8)
    except (OSError, EOFError, struct.error, zlib.error) as error:
        raise RequestError(f"{path} cannot be read as an IDX file: {error}") from None
    if magic != 0x800 + ndim or content.size != np.prod(dims):
        raise RequestError(
            f"{path} is not an IDX file of unsigned bytes with {ndim} dimensions: "
            f"magic number {magic:#x}, {content.size} bytes for {'x'.join(map(str, dims))}"
        )
    return content.reshape(dims)
