"""The images and targets that a user gives, from whatever file or folder."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dltcnn import load_mnist
from dltcnn.described import described

from ..errors import RequestError
from .variables import variables

_X = ("x", "train_x", "data", "images", "chardata")
_Y = ("y", "train_y", "targets", "label", "labels")
# Names of images and of targets: those that belong together come before any mixture.
_TRAINED = ((("x",), ("y",)), (("train_x",), ("train_y",)), (_X, _Y))
_TESTED = ((("test_x",), ("test_y",)),)


@dataclass(frozen=True)
class Data:
    """Images and targets.

    Attributes
    ----------
    x, y : numpy.ndarray
        Images (rows, cols, N), or (rows, cols, channels, N) for the acnn functions, and targets
        (classes, N).
    test_x, test_y : numpy.ndarray
        Those that the net is tested on; the same where the file has no others.
    files : tuple of Path
        Every file that was read.
    """

    x: np.ndarray
    y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray
    files: tuple


def read_data(path, classes, notes):
    """Read images and targets.

    Parameters
    ----------
    path : Path
        A .mat file with x and y (or train_x, train_y, test_x, test_y), or a folder with MNIST's
        IDX files or mnist_uint8.mat.
    classes : int or None
        How many outputs the net has.
    notes : list of str
        Gets what is done to the data.

    Returns
    -------
    Data
        Them.

    Raises
    ------
    RequestError
        If they cannot be read, or do not fit each other.
    """
    if path.is_dir():
        return _mnist(path, notes)
    held = variables(path, "--data", "save('data.mat', 'x', 'y', '-v7')")
    x, y, names = _pair(held, _TRAINED)
    test_x, test_y, tested = _pair(held, _TESTED)
    if x is None:
        x, y, names = test_x, test_y, tested
    if x is None:
        names = ", ".join(sorted(name for name in held if not name.startswith("__")))
        raise RequestError(
            f"{str(path)!r} holds {names or 'nothing'}: expected images (rows, cols, N), named "
            f"{_or(_X)}, and targets (classes, N), named {_or(_Y)}"
        )
    notes.append(f"images and targets are {names} of the file")
    y = _targets(y, classes, notes)
    x = _images(x, y.shape[1], path, notes)
    if test_x is None:
        return Data(x, y, x, y, (path,))
    test_y = _targets(test_y, classes, [])  # the same notes again
    return Data(x, y, _images(test_x, test_y.shape[1], path, []), test_y, (path,))


def _or(names):
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _mnist(folder, notes):
    with warnings.catch_warnings(record=True) as wording:
        warnings.simplefilter("always")
        try:
            found = load_mnist(folder)
        except (ValueError, OSError) as error:
            raise RequestError(str(error)) from None
    notes += [str(each.message) for each in wording]
    files = sorted(file for file in Path(folder).iterdir() if file.is_file())
    return Data(found.train_x, found.train_y, found.test_x, found.test_y, tuple(files))


def _pair(held, choices):
    """Return the first images and targets that are there, and their names; else None and None."""
    for xs, ys in choices:
        x, y = (next((name for name in names if name in held), None) for names in (xs, ys))
        if x is not None and y is not None:
            return _numbers(x, held[x]), _numbers(y, held[y]), f"{x} and {y}"
    return None, None, ""


def _numbers(name, value):
    value = np.asarray(value)
    if value.dtype.kind not in "biuf":
        raise RequestError(f"{name} holds no real numbers: it is {described(value)}")
    return value


def _targets(y, classes, notes):
    if y.ndim != 2:
        size = "x".join(map(str, y.shape))
        raise RequestError(f"targets of {size}: expected (classes, N)")
    if classes not in (None, len(y)) and y.shape[1] == 1:
        return y.T.astype(float)  # a column of class numbers, as is said later
    if classes not in (None, y.shape[0]) and y.shape[1] == classes:
        notes.append(
            f"the targets were transposed by dltparity: {y.shape[0]}x{y.shape[1]} in the file"
        )
        y = y.T
    return np.array(y, y.dtype if y.dtype.kind == "f" else float, order="F")


def _images(x, count, path, notes):
    if x.dtype == np.uint8:
        notes.append("the images were divided by 255 by dltparity: they are uint8 in the file")
        x = x / 255.0
    if x.ndim == 2 and x.shape[0] == count:
        side = round(x.shape[1] ** 0.5)
        if side * side != x.shape[1]:
            raise RequestError(f"{str(path)!r}: {x.shape[1]} pixels an image make no square")
        notes.append(f"each row of {x.shape[1]} pixels was read as an image of {side}x{side}")
        x = x.T.reshape(side, side, count, order="F")
    if x.ndim not in (3, 4) or x.shape[-1] != count:
        size = "x".join(map(str, x.shape))
        raise RequestError(
            f"{str(path)!r}: images of {size} and {count} targets: expected (rows, cols, {count})"
        )
    return np.array(x, x.dtype if x.dtype.kind == "f" else float, order="F")
