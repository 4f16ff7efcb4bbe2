"""Images in rows, as files have them, into the toolbox's (rows, cols, N)."""

import operator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def images(x: ArrayLike, rows: int, cols: int) -> NDArray[Any]:
    """Turn rows of pixels into images: MATLAB's ``reshape(x', rows, cols, N)``.

    The class stays: uint8 pixels from 0 to 255 come into [0, 1], where the toolbox wants them, by
    a division, as in ``images(train_x, 28, 28) / 255``, which gives double.

    Parameters
    ----------
    x : array_like
        (N, rows * cols), an image in each row, as in the toolbox's mnist_uint8.mat.
    rows, cols : int
        Size of the images, at least 1.

    Returns
    -------
    numpy.ndarray
        (rows, cols, N), of the class of `x`. The pixels of a row fill the image column by column,
        as in MATLAB: MNIST's digits lie on their side, there as here.

    Raises
    ------
    TypeError
        If `rows` or `cols` is not a whole number, or `x` does not hold numbers.
    ValueError
        If they are less than 1, or `x` is not (N, rows * cols).

    See Also
    --------
    one_of_many : the targets.

    Notes
    -----
    Arrays (N, rows, cols), as other libraries have them, need no pixels moved:
    ``x.transpose(1, 2, 0)`` puts the images last.

    Examples
    --------
    >>> import numpy as np
    >>> from dltcnn import images
    >>> x = images(np.arange(12, dtype=np.uint8).reshape(2, 6), 2, 3)
    >>> x.shape, x.dtype.name
    ((2, 3, 2), 'uint8')
    >>> x[:, :, 1]
    array([[ 6,  8, 10],
           [ 7,  9, 11]], dtype=uint8)
    """
    rows, cols = _whole("rows", rows), _whole("cols", cols)
    x = numbers("x", x, "N x pixels")
    pixels = rows * cols
    if x.ndim != 2 or x.shape[1] != pixels:
        raise ValueError(
            f"x is {shown(x)}: expected N x {pixels}, an image of {rows} x {cols} pixels in each "
            f"row{_remedy(x, rows, cols)}"
        )
    return np.array(x.T.reshape((rows, cols, -1) if x.size else (rows, cols, 0), order="F"))


def numbers(name, x, expected):
    """Return an argument as an array of numbers or logicals; refuse all else.

    Parameters
    ----------
    name : str
        Of the argument.
    x : array_like
        The argument.
    expected : str
        What it should have been.

    Returns
    -------
    numpy.ndarray
        The same.

    Raises
    ------
    TypeError
        If there are no numbers in it.
    """
    try:
        array = np.asarray(x)
    except ValueError:
        raise TypeError(
            f"{name} holds rows of different lengths: expected an array, {expected}"
        ) from None
    if array.dtype.kind not in "biuf":
        got = "text" if array.dtype.kind in "US" else f"of class {array.dtype}"
        raise TypeError(f"{name} is {got}: expected an array of numbers, {expected}")
    return array


def shown(x):
    """Say how many dimensions an array has, and how large they are."""
    return f"{x.ndim}-D, {' x '.join(map(str, x.shape))}" if x.ndim else "one number"


def _remedy(x, rows, cols):
    """Say what turns an array that is laid out in another way into images."""
    if x.ndim == 3 and x.shape[1:] == (rows, cols):
        return "; these are images already, N first: x.transpose(1, 2, 0) puts N last"
    if x.ndim == 3 and x.shape[:2] == (rows, cols):
        return "; these are images already, as the functions want them"
    if x.ndim == 2 and x.shape[0] == rows * cols:
        return "; here each column is an image: give x.T"
    if x.ndim == 1 and x.size == rows * cols:
        return "; for one image give x.reshape(1, -1)"
    return ""


def _whole(name, n):
    try:
        whole = operator.index(n)
    except TypeError:
        whole = int(n) if isinstance(n, float | np.floating) and n == np.floor(n) else None
    if whole is None:
        raise TypeError(f"{name} is {n!r}: expected a whole number of at least 1, such as 28")
    if whole < 1:
        raise ValueError(f"{name} is {n!r}: expected at least 1, such as 28")
    return whole
