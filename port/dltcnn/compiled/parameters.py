"""A net's weights in one vector, and their gradient in another of the same form."""

import numpy as np

from .accept import owner, weight_fields
from .structure import COMBINE, FULL, POOL, total


class Parameters:
    """The weights of a structure, but for the logits of combination layers.

    Parameters
    ----------
    structure : Structure
        Whose.
    dtype : numpy.dtype
        Double or single.

    Attributes
    ----------
    vector : numpy.ndarray
        All weights, zeros at first.
    views : list of dict
        For each stage after the input, what part of it is its 'k' (kernels (input maps, kernels,
        rows, cols), W or beta) and its 'b'.
    forms : dict
        The shapes of cells that hold a number as an array, 1x1, by stage, name and place.
    """

    def __init__(self, structure, dtype):
        self.structure = structure
        shapes = [_shapes(*pair) for pair in structure.pairs]
        self.vector = np.zeros(sum(total(s) for of in shapes for s in of.values()), dtype)
        self.views, start, self.forms = [], 0, {}
        for of_stage in shapes:
            views = {}
            for name, shape in of_stage.items():
                views[name] = self.vector[start : start + total(shape)].reshape(shape)
                start += total(shape)
            self.views.append(views)

    @classmethod
    def of(cls, net, structure, dtype):
        """Return the weights that a net has."""
        parameters = cls(structure, dtype)
        parameters.read(net)
        return parameters

    def read(self, net):
        """Take the weights of a net; those that its tables leave out are zeros."""
        for stage, views, name, bias in self._named(net):
            cells, b = getattr(owner(net, stage), name), getattr(owner(net, stage), bias)
            if stage.kind == FULL:
                views["k"][...], views["b"][...] = cells, b[:, 0]
                continue
            self._take(stage, "b", views["b"], b)
            if stage.kind == POOL:
                self._take(stage, "k", views["k"], cells)
                continue
            for i, j in _connected(stage, views["k"]):
                views["k"][i, j] = cells[i][j]

    def write(self, net, prefix=""):
        """Put the weights into a net, as copies; with prefix 'd', as gradients."""
        for stage, views, name, bias in self._named(net):
            to = owner(net, stage)
            if stage.kind == FULL:
                setattr(to, prefix + name, views["k"].copy())
                setattr(to, prefix + bias, views["b"][:, None].copy())
                continue
            cells = getattr(to, prefix + name)
            self._put(stage, "b", views["b"], getattr(to, prefix + bias))
            if stage.kind == POOL:
                self._put(stage, "k", views["k"], cells)
                continue
            for i, j in np.ndindex(views["k"].shape[:2]):
                if stage.table is None or stage.table[i, j]:
                    cells[i][j] = views["k"][i, j].copy()
                elif prefix:
                    cells[i][j] = np.zeros((0, 0))

    def _take(self, stage, name, numbers, cells):
        """Take numbers out of cells."""
        for j in range(stage.maps):
            numbers[j] = np.reshape(cells[j], ())
            if np.ndim(cells[j]):
                self.forms[stage.layer, name, j] = np.shape(cells[j])

    def _put(self, stage, name, numbers, cells):
        """Put numbers into cells, in the form that they were found in."""
        for j, number in enumerate(numbers):
            form = self.forms.get((stage.layer, name, j))
            cells[j] = number if form is None else np.full(form, number)

    def _named(self, net):
        for (stage, _), views in zip(self.structure.pairs, self.views, strict=True):
            if views:
                yield (stage, views, *weight_fields(stage))


def _connected(stage, k):
    """Run through the pairs of maps that have a kernel."""
    return (pair for pair in np.ndindex(k.shape[:2]) if stage.table is None or stage.table[pair])


def _shapes(stage, below):
    """Return the shapes of a stage's weights by name."""
    if not weight_fields(stage):
        return {}
    if stage.kind == FULL:
        return {"k": (stage.maps, below.pixels), "b": (stage.maps,)}
    if stage.kind == POOL:
        return {"k": (stage.maps,), "b": (stage.maps,)}
    return {"k": (below.maps, stage.kernels, *stage.window), "b": (stage.maps,)}


def combinations(structure):
    """List the stages that have logits, with their number among those after the input."""
    return [(n, stage) for n, (stage, _) in enumerate(structure.pairs) if stage.kind == COMBINE]
