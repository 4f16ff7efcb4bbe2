"""Cases: named, seeded, frozen. A case is a net, its images and a short training."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from dltcnn import DataSet

from ..errors import RequestError
from . import images
from .shorthand import parse

EXAMPLE = "6c5-2s-12c5-2s"  # the net of the toolbox's example


@dataclass(frozen=True)
class Case:
    """What the reference and the port are given.

    Attributes
    ----------
    name : str
        Unique among the cases of a run.
    layers : str
        The net in shorthand (`shorthand.parse`).
    rows, cols, classes : int
        Size of the images and number of outputs, where the source is 'random'.
    images : int
        How many to train on; 0 for all that the source has.
    source : str
        'random', 'digits' or the path of MNIST's files.
    x_class, y_class : str
        numpy's names of their classes.
    seed : int
        The seed of Octave's generator (weights, shuffles) and of the random images.
    batchsize, epochs : int
        Options of the training. The step that is compared field by field takes the first batch.
    alpha : float
        Learning rate.
    tests : int
        How many random images to test on; 0 for a batch, at least seven.
    special : bool
        Whether NaN, Inf, denormals and signed zeros are put into images and weights; most values
        of a trace may then be NaN.
    """

    name: str
    layers: str
    rows: int = 28
    cols: int = 28
    classes: int = 10
    images: int = 15
    source: str = "random"
    x_class: str = "float64"
    y_class: str = "float64"
    seed: int = 0
    batchsize: int = 5
    epochs: int = 2
    alpha: float = 1.0
    tests: int = 0
    special: bool = False

    @property
    def spec(self):
        """The layers' fields."""
        return parse(self.layers)

    @property
    def class_name(self):
        """The class of the arithmetic: 'double' or 'single'."""
        return "single" if "float32" in (self.x_class, self.y_class) else "double"

    @cached_property
    def _images(self):
        return _random(self) if self.source == "random" else _real(self)

    @property
    def x(self):
        """Training images (rows, cols, N)."""
        return self._images.train_x

    @property
    def y(self):
        """Training targets (classes, N)."""
        return self._images.train_y

    @property
    def test_x(self):
        """Test images."""
        return self._images.test_x

    @property
    def test_y(self):
        """Test targets."""
        return self._images.test_y

    def pokes(self, fields):
        """Draw special values into the weights.

        Parameters
        ----------
        fields : dict of str to numpy.ndarray
            The net's fields after setup.

        Returns
        -------
        dict of str to numpy.ndarray
            The weights that change, whole; empty where the case is not special.
        """
        if not self.special:
            return {}
        rng = np.random.default_rng([self.seed, 1])
        poked = {}
        for path, value in sorted(fields.items()):
            if ".k{" in path or path == "ffW":
                value = value.copy()
                hit = rng.random(value.shape) < 0.06
                value[hit] = rng.choice(_SPECIAL_WEIGHTS, int(hit.sum()))
                poked[path] = value
        return poked


_SPECIAL_PIXELS = np.array([np.nan, np.inf, -np.inf, 5e-324, -0.0, 0.0, 1e300, -1e-310])
_SPECIAL_WEIGHTS = np.array([np.inf, -np.inf, 5e-324, -0.0, 0.0, 1e-320, -1e250])


def _random(case):
    """Uniform images, one-of-many targets; integer classes span their range, logicals are half."""
    rng = np.random.default_rng([case.seed, 0])
    test = case.tests or max(case.batchsize, 7)
    count = case.images + test
    x = rng.random((case.rows, case.cols, count))
    if case.special and np.dtype(case.x_class).kind == "f":
        hit = rng.random(x.shape) < 0.004
        x[hit] = rng.choice(_SPECIAL_PIXELS, int(hit.sum()))
    x = _of_class(x, case.x_class)
    y = np.zeros((case.classes, count))
    y[rng.integers(0, case.classes, count), np.arange(count)] = 1
    if case.classes == 1:
        y[0] = rng.random(count) < 0.5
    y = y.astype(case.y_class)
    n = case.images
    return DataSet(x[:, :, :n], y[:, :n], x[:, :, n:], y[:, n:])


def _of_class(x, name):
    if np.dtype(name).kind in "iu":
        return (x * 255).astype(name)
    if name == "bool":
        return x < 0.5
    with np.errstate(all="ignore"):
        return x.astype(name)


def _real(case):
    real = _load(case.source)
    n = case.images or real.train_x.shape[2]
    return DataSet(
        _of_class(real.train_x[:, :, :n], case.x_class),
        real.train_y[:, :n].astype(case.y_class),
        _of_class(real.test_x, case.x_class),
        real.test_y.astype(case.y_class),
    )


@lru_cache(maxsize=2)
def _load(source):
    return images.digits() if source == "digits" else images.mnist(source)


def _both_classes(case):
    return [case, replace(case, name=f"{case.name}-single", x_class="float32")]


_GEOMETRIES = [
    Case("wide", "3c5-2s-4c3-2s", 12, 20, seed=1),
    Case("tall", "4c3-2s-3c4-2s", 24, 12, seed=2),
    Case("scale-1", "2c3-1s-3c3-1s", 10, 10, seed=3),
    Case("scale-3", "2c3-3s-3c2-1s", 14, 11, seed=4),
    Case("scale-4", "3c4-4s-2c3-2s", 19, 19, seed=5),
    Case("kernel-1", "2c1-2s-3c1-2s", 8, 8, seed=6),
    Case("kernel-2", "2c2-2s-2c3-2s", 9, 9, seed=7),
    Case("kernel-4", "2c4-2s-3c3-2s", 15, 11, seed=8),
    Case("one-map", "1c5-2s-1c3-2s", 12, 12, seed=9),
    Case("last-c", "2c5-2s-3c3", 12, 12, seed=10),
    Case("only-c", "4c3", 9, 7, seed=11),
    Case("first-s", "2s-3c3-3s", 16, 16, seed=12),
    Case("only-s", "4s", 8, 12, seed=13),
    Case("only-i", "", 6, 5, seed=14),
    Case("one-output", "2c3-2s", 8, 8, classes=1, seed=15),
    Case("three-convolutions", "3c3-2s-3c3-2s-4c3-1s", 30, 30, seed=16),
    Case("many-maps", "8c3-2s-16c3-2s", 14, 14, seed=17),
    Case("batch-of-two", "3c5-2s-2c3-2s", 12, 12, images=6, batchsize=2, seed=18),
    Case("forty-classes", "2c5-2s", 12, 12, classes=40, images=80, batchsize=40, seed=19),
    Case("map-1x1", "2c5-2s-3c4", 12, 12, alpha=0.3, seed=20),
]

# What small nets cannot show: long sums, many maps, and what begins late in a training.
_LARGE = [
    Case("kernel-11", "2c11-2s", 14, 12, images=8, batchsize=4, seed=27),
    Case("kernel-7-below-a-kernel-6", "2c7-1s-2c6", 13, 14, images=8, batchsize=4, seed=28),
    Case("hundred-maps", "100c2-1s-2c2", 4, 3, images=4, batchsize=2, epochs=1, seed=29),
    Case("batch-of-300", "2c2-2s", 5, 5, images=600, batchsize=300, seed=30),
    # 1,250 updates of rL, an order of 2,500 images, an error over 2,500
    Case(
        "long", "1c2", 2, 3, classes=3, images=2500, batchsize=2, epochs=1, alpha=0.1, tests=2500,
        seed=31,
    ),
]  # fmt: skip

# NaN, Inf, denormals and signed zeros in every position of a net.
_SPECIAL = [
    Case(f"special-{name}", layers, rows, cols, special=True, seed=seed)
    for name, layers, rows, cols, seed in (
        ("first-s", "2s-3c3-3s", 16, 16, 32),
        ("last-c", "2c2-2s-3c3", 9, 11, 33),
        ("kernel-1", "3c1-2s-2c1", 6, 8, 34),
        ("only-s", "4s", 24, 20, 35),
        ("only-i", "", 14, 15, 36),
        ("scale-3", "2c3-3s", 11, 14, 37),
    )
]

_CLASSES = [
    Case("uint8-images", "2c3-2s-3c2-2s", 12, 12, x_class="uint8", alpha=0.1, seed=21),
    Case("logical-images", "2c3-2s", 8, 8, x_class="bool", seed=22),
    Case("logical-targets", "2c3-2s", 8, 8, y_class="bool", seed=23),
    Case("single-targets", "2c3-2s-2c3-2s", 10, 10, y_class="float32", seed=24),
    Case("special-values", "3c3-2s-3c3-2s", 14, 14, special=True, seed=25),
    Case(
        "special-values-single", "3c3-2s-3c3-2s", 14, 14, special=True, x_class="float32", seed=26
    ),
]

_EXAMPLE = Case("example", EXAMPLE, images=100, batchsize=50, epochs=1)

_DIGITS = Case("digits", EXAMPLE, source="digits", images=0, batchsize=10, epochs=5)


def standard(mnist=None):
    """List the standard cases.

    Parameters
    ----------
    mnist : str, optional
        Path of MNIST's files, which adds the toolbox's example on its first images.

    Returns
    -------
    list of Case
        The toolbox's example net, twenty further geometries and five large in one way, all in
        double and single, the classes of input that the toolbox takes, special values in every
        position, and a training on real digits.
    """
    cases = [
        variant for case in (_EXAMPLE, *_GEOMETRIES, *_LARGE) for variant in _both_classes(case)
    ]
    cases += [*_CLASSES, *_SPECIAL, _DIGITS]
    if mnist is not None:
        # Reading refuses a wrong path before any case is run.
        found = _load(str(mnist)).train_x.shape[2]
        count = min(found // _EXAMPLE.batchsize * _EXAMPLE.batchsize, 1000)
        if not count:
            raise RequestError(
                f"{mnist} holds {found} images to train on: the toolbox's example takes batches of "
                f"{_EXAMPLE.batchsize}"
            )
        cases.append(
            Case("mnist", EXAMPLE, source=str(mnist), images=count, batchsize=50, epochs=1)
        )
    return cases
