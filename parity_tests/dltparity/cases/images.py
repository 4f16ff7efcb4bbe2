"""Real images: the library's digits, and MNIST from its files."""

import sys
import warnings

import numpy as np

from dltcnn import DataSet, load_digits, load_mnist

from ..errors import RequestError

_FEWEST = 2  # the toolbox takes no batch of one


def small_digits():
    """Load the 1,797 digits as they are: x (8, 8, 1797) in [0, 1] and y (10, 1797)."""
    bundle = load_digits()
    x = np.concatenate([bundle.train_x, bundle.test_x], axis=2)
    return x, np.concatenate([bundle.train_y, bundle.test_y], axis=1)


def digits():
    """Load the 1,797 digits, enlarged from 8x8 to 28x28: 1,500 to train, 297 to test."""
    bundle = load_digits()
    large = (np.kron(x, np.ones((3, 3, 1))) for x in (bundle.train_x, bundle.test_x))
    train_x, test_x = (np.pad(x, ((2, 2), (2, 2), (0, 0))) for x in large)
    return DataSet(train_x, bundle.train_y, test_x, bundle.test_y)


def mnist(path):
    """Load MNIST.

    Parameters
    ----------
    path : str or Path
        As for `dltcnn.load_mnist`; what it warns of is said on standard error.

    Raises
    ------
    RequestError
        If the files are missing or not what their names say.
    """
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            images = load_mnist(path)
    except (ValueError, OSError) as error:
        raise RequestError(str(error)) from None
    for warning in caught:
        print(f"dltparity: {warning.message}", file=sys.stderr)
    counts = images.train_x.shape[2], images.test_x.shape[2]
    if min(counts) < _FEWEST:
        raise RequestError(
            f"{path} holds {counts[0]} images to train on and {counts[1]} to test: expected at "
            f"least {_FEWEST} of each"
        )
    return images
