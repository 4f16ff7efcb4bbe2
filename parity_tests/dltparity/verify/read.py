"""The files that a user gives: a net, data and options."""

import re
from dataclasses import dataclass, field

import numpy as np
import scipy.io

from dltcnn import Net, Opts
from dltcnn.matfile import load_net

from ..errors import RequestError

_X, _Y = ("x", "train_x", "test_x", "data", "chardata"), ("y", "train_y", "test_y", "label")


@dataclass
class Given:
    """What was read.

    Attributes
    ----------
    net : Net
        The net.
    writer : dict of str to str
        What the file's header says: 'platform', 'date', and 'by', MATLAB or Octave.
    x, y : numpy.ndarray or None
        Images (rows, cols, N) and targets (classes, N).
    opts : Opts or None
        The options.
    notes : list of str
        What was done to the data.
    """

    net: Net
    writer: dict
    x: np.ndarray | None = None
    y: np.ndarray | None = None
    opts: Opts | None = None
    notes: list = field(default_factory=list)


def read(path, name=None, data=None, opts=None):
    """Read a net, and data and options where they are given.

    Parameters
    ----------
    path, data, opts : Path
        Files of MATLAB's format 5 to 7.
    name : str, optional
        The net's variable.

    Returns
    -------
    Given
        What they hold.

    Raises
    ------
    RequestError
        If one cannot be read or does not hold what it should.
    """
    try:
        net = load_net(path, name)
    except (ValueError, OSError, TypeError, AttributeError) as error:
        raise RequestError(str(error)) from None
    header = _variables(path)["__header__"].decode("latin-1")
    found = Given(net, _writer(header))
    if data is not None:
        _read_data(found, data)
    if opts is not None:
        found.opts = _opts(opts)
    return found


def _writer(header):
    platform = re.search(r"Platform: ([^,]*)", header)
    date = re.search(r"Created on: (.*)", header)
    by = "Octave" if "Octave" in header else "MATLAB" if platform else "unknown"
    return {
        "by": by,
        "platform": platform[1].strip() if platform else "unknown",
        "date": (date[1] if date else header).strip(" \0")[:60],
    }


def _variables(path):
    try:
        return scipy.io.loadmat(path)
    except OSError as error:
        raise RequestError(f"{str(path)!r} cannot be read ({error.strerror or error})") from None
    except Exception as error:  # scipy lets whatever a damaged file causes come through
        raise RequestError(f"{str(path)!r} cannot be read as a .mat file ({error})") from None


def _opts(path):
    variables = _variables(path)
    table = variables.get("opts")
    if table is not None and table.dtype.names:
        variables = {name: table[name].flat[0] for name in table.dtype.names}
    known = {"alpha", "batchsize", "numepochs"} & variables.keys()
    if not known:
        raise RequestError(f"{str(path)!r} holds no alpha, batchsize or numepochs, nor opts")
    return Opts(**{name: float(np.ravel(variables[name])[0]) for name in known})


def _read_data(found, path):
    variables = _variables(path)
    x = next((variables[name] for name in _X if name in variables), None)
    y = next((variables[name] for name in _Y if name in variables), None)
    if x is None or y is None:
        held = ", ".join(sorted(name for name in variables if not name.startswith("__")))
        raise RequestError(
            f"{str(path)!r} holds {held or 'nothing'}: expected images x (rows, cols, N) and "
            "targets y (classes, N)"
        )
    found.y = _targets(found, np.asarray(y))
    found.x = _images(found, np.asarray(x), found.y.shape[1], path)


def _targets(found, y):
    classes = len(found.net.ffb) if hasattr(found.net, "ffb") else y.shape[0]
    if y.shape[0] != classes and y.shape[1] == classes:
        found.notes.append(f"the targets are transposed: {y.shape[0]}x{y.shape[1]} in the file")
        y = y.T
    return np.array(y, float)


def _images(found, x, count, path):
    if x.dtype == np.uint8:
        found.notes.append("the images are divided by 255: they are uint8 in the file")
        x = x / 255.0
    if x.ndim == 2 and x.shape[0] == count:
        side = round(x.shape[1] ** 0.5)
        if side * side != x.shape[1]:
            raise RequestError(f"{str(path)!r}: {x.shape[1]} pixels an image make no square")
        found.notes.append(f"each row of {x.shape[1]} pixels is an image of {side}x{side}")
        x = x.T.reshape(side, side, count, order="F")
    if x.ndim != 3 or x.shape[2] != count:
        size = "x".join(map(str, x.shape))
        raise RequestError(
            f"{str(path)!r}: images of {size} and {count} targets: expected (rows, cols, {count})"
        )
    return np.asfortranarray(x.astype(x.dtype if x.dtype.kind == "f" else float))
