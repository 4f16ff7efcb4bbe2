"""What the compiled functions are given: sizes, and where everything is. Nothing else reaches them.

All that the C code relies on is made here, of a `Structure`: sizes, arrays of these sizes in C
order and of one class, and the workspace. Images, indices and targets are checked in `Plan.run`.
"""

import ctypes
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ..matlab.classes import DOUBLE, SINGLE
from .library import aligned
from .structure import ACTIVATIONS, COMBINE

BACKWARD, GIVEN = 1, 4
_OWN_CLASS, _OTHER_CLASS, _BYTES = range(3)
_ADDRESS, _NUMBER = ctypes.c_void_p, ctypes.c_int64


class _Stage(ctypes.Structure):
    """`Stage` of plan.h."""

    _fields_ = [
        *((name, _NUMBER) for name in ("kind", "act", "maps", "rows", "cols", "kh", "kw")),
        *((name, _NUMBER) for name in ("kernels", "trainable")),
        *((name, _ADDRESS) for name in ("table", "k", "b", "A", "dk", "db", "dA", "a", "d", "p")),
        *((name, _NUMBER) for name in ("pad", "lanes_a", "lanes_d", "lanes_p", "forward")),
        *((name, _NUMBER) for name in ("backward", "pixels", "deltas", "products", "totals")),
        ("together", _NUMBER),
    ]


class _Plan(ctypes.Structure):
    """`Plan` of plan.h."""

    _fields_ = [
        *((name, _NUMBER) for name in ("stages", "images", "mode", "lowest", "threads")),
        ("x", _ADDRESS),
        *((name, _NUMBER) for name in ("x_type", "x_row", "x_col", "x_channel", "x_image")),
        *((name, _ADDRESS) for name in ("index", "y", "e", "loss", "weights")),
        ("weight_count", _NUMBER),
        *((name, _ADDRESS) for name in ("sigm", "workspace")),
        *((name, _NUMBER) for name in ("shared", "private_size", "scratch", "first_pixels")),
        *((name, _NUMBER) for name in ("errors", "arrived", "round", "bad", "odd_weights")),
        ("stage", ctypes.POINTER(_Stage)),
    ]


class Plan:
    """A pass, forward or there and back, of so many images through a net.

    Parameters
    ----------
    engine : Engine
        Of the class.
    weights : Parameters
        The weights that each run takes.
    images : int
        How many go through the net together.
    gradient : Parameters, optional
        Where to write the gradient; without, the pass is forward only.
    fields : Fields, optional
        Arrays for the fields that are wanted.
    given : bool
        Whether the fields of the forward pass are there and taken as they are.
    lowest : int
        The lowest stage whose sensitivity is wanted.
    crew : Crew, optional
        Who shares the work.

    Attributes
    ----------
    combined : list of tuple
        For each combination stage the arrays of its A, to be filled before a run, and of its dA.
    loss : numpy.ndarray
        The loss, one number, without penalties.
    """

    def __init__(
        self, engine, weights, images, gradient=None, fields=None, given=False, lowest=1, crew=None
    ):
        self._engine, self._crew, self.images = engine, crew or Crew(1), images
        self.structure, self._dtype = weights.structure, engine.dtype
        self._kept = weights, gradient, fields  # the addresses below are theirs
        self.combined = []
        stages = self.structure.stages
        self._stages = (_Stage * len(stages))()
        for number, stage in enumerate(stages):
            self._fill(number, stage)
        # No thread without a block of its own: it would only wait.
        threads = max(1, min(self._crew.threads, -(-images // engine.block)))
        self.loss = np.zeros(1, engine.dtype)
        self._plan = _Plan(
            stages=len(stages),
            images=images,
            mode=(BACKWARD if gradient else 0) | (GIVEN if given else 0),
            lowest=lowest,
            threads=threads,
            loss=_address(self.loss),
            weights=_address(weights.vector),
            weight_count=weights.vector.size,
            sigm=engine.sigm,
            stage=self._stages,
        )
        if fields and fields.e is not None:
            self._plan.e = _address(fields.e)
        engine.layout(ctypes.byref(self._plan))
        self._workspace = aligned(self._plan.shared + threads * self._plan.private_size)
        self._plan.workspace = _address(self._workspace)

    def _fill(self, number, stage):
        """Fill in one stage."""
        weights, gradient, fields = self._kept
        to = self._stages[number]
        to.kind, to.act = stage.kind, ACTIVATIONS.index(stage.activation)
        to.maps, to.rows, to.cols = stage.maps, stage.rows, stage.cols
        (to.kh, to.kw), to.kernels, to.trainable = stage.window, stage.kernels, stage.trainable
        if stage.table is not None:
            to.table = _address(stage.table.view(np.uint8))
        if number and weights.views[number - 1]:
            to.k, to.b = (_address(weights.views[number - 1][name]) for name in "kb")
        if number and gradient and gradient.views[number - 1]:
            to.dk, to.db = (_address(gradient.views[number - 1][name]) for name in "kb")
        if number and stage.kind == COMBINE:
            shape = self.structure.stages[number - 1].maps, stage.maps
            A, dA = np.zeros(shape, self._dtype), np.zeros(shape, self._dtype)
            self.combined.append((A, dA))
            to.A, to.dA = _address(A), _address(dA)
        if fields:
            for name in "adp":
                if (array := fields.of(number, name)) is not None:
                    setattr(to, name, _address(array))

    def run(self, x=None, index=None, targets=None):
        """Run it.

        Parameters
        ----------
        x : numpy.ndarray
            Images (rows, cols, channels, N), not needed where the fields are given.
        index : numpy.ndarray, optional
            Which of them, 0-based; all by default.
        targets : numpy.ndarray, optional
            (classes, images).

        Returns
        -------
        bool
            Whether all numbers were finite. If not, nothing that was written means anything.
        """
        kept = []
        if x is not None:
            kept.append(self._take(x, index))
        if targets is not None:
            y = np.ascontiguousarray(targets.T, self._dtype)
            if y.shape != (self.images, self.structure.stages[-1].maps):
                raise ValueError(f"targets of shape {targets.shape}")
            self._plan.y = _address(y)
            kept.append(y)
        self._plan.bad = self._plan.odd_weights = 0
        self._crew.run(self._engine.run, ctypes.byref(self._plan), self._plan.threads)
        return not (self._plan.bad or self._plan.odd_weights)

    def _take(self, x, index):
        """Fill in the images; returns what must live as long as they are read."""
        first = self.structure.stages[0]
        if x.shape[:3] != (first.rows, first.cols, first.maps):
            raise ValueError(f"images of shape {x.shape}")
        if index is None and x.shape[3] != self.images:
            raise ValueError(f"images of shape {x.shape}, {self.images} are expected")
        if index is not None:
            index = np.ascontiguousarray(index, np.int64)
            if index.shape != (self.images,) or index.min() < 0 or index.max() >= x.shape[3]:
                raise ValueError("indices beyond the images")
        if x.dtype not in (DOUBLE, SINGLE, np.uint8, np.bool_):
            x = (x if index is None else x[..., index]).astype(self._dtype)
            index = None
        plan = self._plan
        plan.x, plan.index = _address(x), None if index is None else _address(index)
        plan.x_row, plan.x_col, plan.x_channel, plan.x_image = x.strides
        kinds = {self._dtype: _OWN_CLASS, np.dtype(np.uint8): _BYTES, np.dtype(bool): _BYTES}
        plan.x_type = kinds.get(x.dtype, _OTHER_CLASS)
        return x, index


class Crew:
    """Those who share a pass: as many threads, with the same bits for any number.

    Parameters
    ----------
    threads : int
        At least 1.

    Raises
    ------
    ValueError
        If it is not.
    """

    def __init__(self, threads):
        if not isinstance(threads, int | np.integer) or isinstance(threads, bool) or threads < 1:
            raise ValueError(f"threads={threads!r} was given: expected a whole number from 1 on")
        self.threads, self._others = int(threads), None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._others:
            self._others.shutdown()
            self._others = None

    def run(self, function, plan, threads):
        """Call a function of the library once for each of some threads, together."""
        if threads == 1:
            function(plan, 0)
            return
        self._others = self._others or ThreadPoolExecutor(self.threads - 1)
        others = [self._others.submit(function, plan, number) for number in range(1, threads)]
        function(plan, 0)
        for other in others:
            other.result()


def _address(array):
    return array.__array_interface__["data"][0]
