"""Class numbers into the toolbox's one-of-many targets, and back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .images import numbers, shown


def one_of_many(labels: ArrayLike, classes: int | None = None) -> NDArray[np.float64]:
    """Turn class numbers into targets with a 1 in each column.

    Parameters
    ----------
    labels : array_like
        N whole numbers from 0 to ``classes - 1``: (N,), a row or a column, of any class.
    classes : int, optional
        How many; by default one more than the largest label. Give it where a class may be missing,
        as in a small test set.

    Returns
    -------
    numpy.ndarray
        (classes, N), double: 1 in the row of the image's class, else 0.

    Raises
    ------
    TypeError
        If the labels are not numbers.
    ValueError
        If a label is not a whole number from 0 to ``classes - 1``, or `labels` has two dimensions.

    See Also
    --------
    class_numbers : the way back.

    Examples
    --------
    >>> from dltcnn import one_of_many
    >>> one_of_many([2, 0], 3)
    array([[0., 1.],
           [0., 0.],
           [1., 0.]])
    """
    labels = numbers("labels", labels, "N class numbers from 0")
    if labels.size != max(labels.shape, default=1):
        raise ValueError(
            f"labels is {shown(labels)}: expected N class numbers, (N,)"
            + ("; these may be targets already, or need .T" if labels.ndim == 2 else "")
        )
    labels = labels.ravel()
    if classes is None:
        classes = int(labels.max()) + 1 if labels.size else 0
    if not isinstance(classes, int | np.integer) or classes < 1:
        raise ValueError(f"classes is {classes!r}: expected a whole number of at least 1")
    wrong = np.flatnonzero(~((labels >= 0) & (labels < classes) & (labels == np.floor(labels))))
    if wrong.size:
        first = labels[wrong[0]]
        from_one = labels.min() >= 1 and labels.max() == classes
        raise ValueError(
            f"labels[{wrong[0]}] is {first}: expected whole numbers from 0 to {classes - 1}"
            + ("; labels that count from 1 need one_of_many(labels - 1, ...)" if from_one else "")
        )
    y = np.zeros((classes, labels.size))
    y[labels.astype(np.intp), np.arange(labels.size)] = 1
    return y


def class_numbers(y: ArrayLike) -> NDArray[np.intp]:
    """Turn targets, or a net's outputs ``net.o``, into class numbers.

    Parameters
    ----------
    y : array_like
        (classes, N), the largest of each column at the image's class.

    Returns
    -------
    numpy.ndarray
        (N,), from 0 (MATLAB's ``[~, h] = max(y)`` counts from 1): the first where several are
        largest, and 0 where all are NaN.

    Raises
    ------
    TypeError
        If `y` does not hold numbers.
    ValueError
        If `y` does not have two dimensions, or no rows.

    Examples
    --------
    >>> from dltcnn import class_numbers, one_of_many
    >>> class_numbers(one_of_many([2, 0], 3))
    array([2, 0])
    """
    y = numbers("y", y, "classes x N")
    if y.ndim != 2 or not y.shape[0]:
        raise ValueError(
            f"y is {shown(y)}: expected classes x N"
            + ("; for one image give y.reshape(-1, 1)" if y.ndim == 1 else "")
        )
    if not y.size:
        return np.zeros(0, np.intp)
    largest = np.where(np.isnan(y), -np.inf, y).max(axis=0)
    return np.argmax(y == largest, axis=0)  # argmax of y itself would stop at a NaN
