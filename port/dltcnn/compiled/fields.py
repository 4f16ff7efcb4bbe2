"""The fields of a net: arrays that the compiled functions write, and their way into the net."""

import numpy as np

from ..matlab.struct import Cell
from .accept import owner
from .structure import COMBINE, FULL, total


class Fields:
    """Arrays for the fields of a pass.

    Parameters
    ----------
    structure : Structure
        Of the net.
    dtype : numpy.dtype
        Double or single.
    images : int
        How many.
    forward, backward : bool
        Whether a, p and pool, and whether d and e.

    Attributes
    ----------
    lowest : int
        The lowest stage that has d: the input where only the output is above it, as line by line.
    e : numpy.ndarray or None
        Errors (classes, images).
    """

    def __init__(self, structure, dtype, images, forward=False, backward=False):
        self._structure, self._images, self._dtype = structure, images, dtype
        self._arrays, self.e = {}, None
        stages = structure.stages
        self.lowest = 0 if len(stages) == 2 else 1
        for number, stage in enumerate(stages):
            shape = stage.maps, stage.rows, stage.cols, images
            if forward and number:
                self._arrays[number, "a"] = np.empty(shape, dtype)
                if stage.kind == COMBINE:
                    shape_of_p = (stages[number - 1].maps * stage.kernels, *shape[1:])
                    self._arrays[number, "p"] = np.empty(shape_of_p, dtype)
                elif stage.trainable:
                    self._arrays[number, "p"] = np.empty(shape, dtype)
            if backward and number >= self.lowest:
                self._arrays[number, "d"] = np.empty(shape, dtype)
        if backward:
            self.e = np.empty((stages[-1].maps, images), dtype)

    def of(self, number, name):
        """Return an array for a stage, None where there is none."""
        return self._arrays.get((number, name))

    def put(self, number, name, array):
        """Give an array for a stage instead, of the shape that it would have."""
        self._arrays[number, name] = np.ascontiguousarray(array, self._dtype)

    def write_forward(self, net):
        """Put a, p, pool, fv and o into a net whose input layer has its images."""
        for number, (stage, below) in enumerate(self._structure.pairs, 1):
            to = owner(net, stage)
            if stage.kind == FULL:
                to.fv = self._features(net, number - 1)
            if stage.layer is None:
                net.o = self._maps(number, "a")[0]
                continue
            _assign(to.a, self._maps(number, "a"))
            if stage.kind == COMBINE:
                p, kernels = self._maps(number, "p"), stage.kernels
                for i in range(below.maps):
                    _assign(to.p[i], p[i * kernels : (i + 1) * kernels])
            elif stage.trainable:
                _assign(to.pool, self._maps(number, "p"))

    def write_backward(self, net, L):
        """Put e, the loss L, od, d and fvd into a net, in the order that they have by lines."""
        first = {"L": L, "e": self.e} if self._structure.acnn else {"e": self.e, "L": L}
        for name, value in first.items():
            setattr(net, name, value)
        for number, stage in enumerate(self._structure.stages):
            if (number, "d") not in self._arrays:
                continue
            if stage.layer is None:
                net.od = self._maps(number, "d")[0]
            else:
                _assign(net.layers[stage.layer].d, self._maps(number, "d"))
        net.fvd = stacked(net.layers[-1].d, self._images, self._dtype)

    def _features(self, net, number):
        """Return the feature vectors: all maps of an image below each other, column by column."""
        below = self._structure.stages[number]
        a = net.layers[below.layer].a
        kind = a[0].dtype
        return stacked(a, self._images, kind if kind.kind == "f" else np.dtype(float))

    def _maps(self, number, name):
        """Cut an array into maps that are owners of their own, so that none keeps another alive.

        Passing by value copies arrays that have an owner in common, and these need no copies.
        """
        array, stage = self._arrays[number, name], self._structure.stages[number]
        if stage.kind == FULL:
            return [array.reshape(stage.maps, self._images)]
        memory, shape = memoryview(array).cast("B"), array.shape[1:]
        bytes_of_map = total(shape) * array.itemsize
        return [np.ndarray(shape, array.dtype, memory, j * bytes_of_map) for j in range(len(array))]


def stacked(maps, images, dtype):
    """Return maps below each other, column by column: (numbers of an image, images)."""
    parts = [np.reshape(one, (-1, images), order="F") for one in maps]
    return np.concatenate(parts).astype(dtype, copy=False)


def _assign(cells, maps):
    """Put maps into cells, of which there may be none yet."""
    for j, one in enumerate(maps):
        cells[j] = one


def maps_of(cells, stage, images):
    """Return the maps in cells as one array, None where they are others than a stage's."""
    shape = (stage.maps, images) if stage.kind == FULL else (stage.rows, stage.cols, images)
    wanted = 1 if stage.kind == FULL else stage.maps
    arrays = isinstance(cells, Cell | list) and len(cells) == wanted
    if not arrays or not all(type(a) is np.ndarray and a.shape == shape for a in cells):
        return None
    return np.stack(cells).reshape(stage.maps, stage.rows, stage.cols, images)
