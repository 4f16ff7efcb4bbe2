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
_BELOW = ("arguments", "by_value", "errors", "mfile", "net")


def port():
    """Hash what computes the port's results.

    Returns
    -------
    str
        Sixteen hexadecimal digits, of the line-by-line files and what they are built on.
    """
    return of(PORT / f"{name}.py" for name in (*LINE_BY_LINE, *_BELOW))


def module(name):
    """Hash one module of the port."""
    return of([PORT / f"{name}.py"])


def of(paths):
    """Hash files: sixteen hexadecimal digits."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
