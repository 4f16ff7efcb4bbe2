"""Which port a stored result is of."""

import hashlib
from pathlib import Path

import dltcnn

LINE_BY_LINE = (
    *("cnnsetup", "cnnff", "cnnbp", "cnnapplygrads", "cnntrain", "cnntest", "cnnnumgradcheck"),
    *("matlab", "convolution", "classes", "random", "util"),
    *("indexing", "division", "counts", "text"),
)
PORT = Path(dltcnn.__file__).parent
ACNN = tuple(sorted(path.stem for path in PORT.glob("acnn*.py")))
_BELOW = ("arguments", "by_value", "cells", "errors", "mfile", "net")


def port(family="cnn"):
    """Hash what computes the port's results.

    Parameters
    ----------
    family : {'cnn', 'acnn'}
        Whose functions; acnn's stand on the toolbox's.

    Returns
    -------
    str
        Sixteen hexadecimal digits, of the line-by-line files and what they are built on.
    """
    names = (*LINE_BY_LINE, *_BELOW, *((*ACNN, "elementary") if family == "acnn" else ()))
    return of(PORT / f"{name}.py" for name in names)


def module(name):
    """Hash one module of the port."""
    return of([PORT / f"{name}.py"])


def of(paths):
    """Hash files: sixteen hexadecimal digits."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
