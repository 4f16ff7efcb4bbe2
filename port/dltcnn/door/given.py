"""What a public function was given, as far as a look at it can tell."""

from typing import Any, NamedTuple

import numpy as np

from ..matlab.classes import operand
from ..net import Layer, Net, Opts
from .sizes import Sizes, channels, through


class Given(NamedTuple):
    """The arguments of a call.

    Attributes
    ----------
    acnn : bool
        Whether the function is one of acnn's.
    task : str
        The function's name without its prefix: 'setup', 'train', 'ff', ...
    net : Net
        The net.
    x, y : numpy.ndarray or None
        Images and targets; None where there are none, or nothing can be told of them.
    listed, line : bool
        Whether the images came as a list, and in one dimension.
    opts : Opts or None
        Training options.
    axis : int
        Which axis of `x` should hold the images.
    sizes : Sizes or None
        What images of this size become in the net.
    """

    acnn: bool
    task: str
    net: Net
    x: Any
    y: Any
    listed: bool
    line: bool
    opts: Any
    axis: int
    sizes: Sizes | None

    @property
    def ndim(self):
        """How many dimensions the images have in MATLAB, which knows no last ones of 1."""
        return next((dim for dim in range(self.x.ndim, 2, -1) if self.x.shape[dim - 1] != 1), 2)

    @property
    def count(self):
        """How many images there are, if they lie as they should."""
        return self.x.shape[self.axis] if self.x.ndim > self.axis else 1


def understood(name, arguments):
    """Look at the arguments of a call.

    Parameters
    ----------
    name : str
        The function.
    arguments : dict of str to object
        What it was given, by name.

    Returns
    -------
    Given or None
        None where there is no net to hold the rest against: the function says so itself.
    """
    net = arguments.get("net")
    layers = vars(net).get("layers") if isinstance(net, Net) else None
    if not isinstance(layers, list) or not layers or not all(isinstance(a, Layer) for a in layers):
        return None
    x, y, opts = _array(arguments.get("x")), _array(arguments.get("y")), arguments.get("opts")
    line = x is not None and x.ndim < 2
    if line:
        x = x.reshape(1, -1)
    if y is not None:
        y = _of_matlab(y)
    acnn = name.startswith("acnn")
    return Given(
        acnn=acnn,
        task=name.removeprefix("a").removeprefix("cnn"),
        net=net,
        x=x,
        y=y,
        listed=isinstance(arguments.get("x"), list | tuple),
        line=line,
        opts=opts if isinstance(opts, Opts) else None,
        axis=3 if acnn and channels(net) > 1 else 2,
        sizes=None if x is None else through(net, *x.shape[:2]),
    )


def arrayed(value):
    """Return an array for what numpy takes as one, such as a table or a tensor; else the same."""
    if hasattr(type(value), "__array__") and not isinstance(value, np.ndarray | np.generic):
        return operand(value)
    return value


def _array(value):
    """Return an array of numbers, a number or a list of them as one; None for all else."""
    if isinstance(value, list | tuple | int | float | np.generic):
        try:
            value = np.asarray(value)
        except ValueError:  # of different lengths
            return None
    known = isinstance(value, np.ndarray) and not isinstance(value, np.ma.MaskedArray)
    return np.asarray(value) if known and value.dtype.kind in "biuf" else None


def _of_matlab(array):
    """Return an array with its dimensions in MATLAB: at least two, no last ones of 1."""
    if array.ndim < 2:
        return array.reshape(1, -1)
    while array.ndim > 2 and array.shape[-1] == 1:
        array = array[..., 0]
    return array
