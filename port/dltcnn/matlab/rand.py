"""Random numbers: Octave's streams, bit for bit."""

import copy
import math
import operator
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .classes import operand
from .dimensions import TOO_LARGE, bounded, int64
from .errors import MatlabError
from .rand_state import go_on, octaves_state
from .randn import normal

_FLINTMAX = float(2**53)


class OctaveRandom:
    """The streams of Octave after ``rand('state', seed)`` and ``randn('state', seed)``.

    Octave keeps one Mersenne twister for `rand`, `randi` and `randperm` together and another for
    `randn`, so the order of calls matters here as it does there. ``'twister'`` is the same as
    ``'state'``. MATLAB's streams are others: see the README on what to do there.

    Parameters
    ----------
    seed : int
        At least 0 and below 2**32, where Octave's stream is known to be this one.

    Raises
    ------
    ValueError
        If `seed` is outside that range.
    TypeError
        If `seed` is not an integer.
    """

    def __init__(self, seed: int) -> None:
        try:
            seed = operator.index(seed)
        except TypeError:
            raise TypeError(
                f"seed {seed!r} was given: expected an integer from 0 to 2**32 - 1"
            ) from None
        if not 0 <= seed < 2**32:
            raise ValueError(f"seed {seed} was given: expected an integer from 0 to 2**32 - 1")
        self._origin = f"OctaveRandom({seed})"
        self._generator = np.random.RandomState([seed])
        self._normal = np.random.RandomState([seed])

    def __repr__(self) -> str:
        ahead = copy.deepcopy(self)
        return f"<{self._origin}, next: rand {ahead.rand()!r}, randn {ahead.randn()!r}>"

    def rand(self, *sizes: int | Sequence[int]) -> Any:
        """Draw what ``rand(sizes)`` draws.

        Parameters
        ----------
        *sizes : int
            The dimensions; a negative one counts as 0. One alone is a square's; a sequence holds
            all of them; none asks for one number.

        Returns
        -------
        numpy.ndarray or float
            Of that shape, double, uniform in (0, 1), drawn column by column.

        Raises
        ------
        MatlabError
            If a size is not a whole number, or one alone is negative, as in Octave.
        """
        return _shaped("rand", self._draw, sizes)

    def randn(self, *sizes: int | Sequence[int]) -> Any:
        """Draw what ``randn(sizes)`` draws: normal numbers, from a stream of their own.

        Parameters
        ----------
        *sizes : int
            As for `rand`.

        Returns
        -------
        numpy.ndarray or float
            Of that shape, double, drawn column by column.

        Raises
        ------
        MatlabError
            As `rand` does.
        """
        return _shaped("randn", partial(normal, self._normal), sizes)

    def randi(self, bounds: int | Sequence[int], *sizes: int | Sequence[int]) -> Any:
        """Draw what ``randi(bounds, sizes)`` draws.

        Parameters
        ----------
        bounds : int or (int, int)
            The largest, or the smallest and the largest; one alone is at least 1.
        *sizes : int
            As for `rand`.

        Returns
        -------
        numpy.ndarray or float
            Of that shape, double, whole numbers from the smallest (1) to the largest.

        Raises
        ------
        MatlabError
            If the bounds are not whole numbers in this order, or span 2**53 or more; as `rand`.
        """
        low, high = _bounds(bounds)
        return _shaped("rand", lambda count: low + self._whole(high - low + 1, count), sizes)

    def randperm(self, n: int) -> NDArray[np.intp]:
        """Draw what ``randperm(n) - 1`` draws.

        Parameters
        ----------
        n : int
            At least 0.

        Returns
        -------
        numpy.ndarray
            A permutation (n,) of 0 to n - 1.

        Raises
        ------
        MatlabError
            If `n` is negative or not a whole number, as in Octave.
        """
        (n,) = bounded([int64(n)])
        if n < 0:
            raise MatlabError("randperm: M and N must be non-negative")
        order = list(range(n))
        for i, r in enumerate(self._draw(n).tolist()):
            k = i + int(r * (n - i))
            order[i], order[k] = order[k], order[i]
        return np.array(order, dtype=np.intp)

    @property
    def state(self) -> NDArray[np.uint32]:
        """Octave's ``rand('state')``, (625, 1) uint32: assigned to a stream, it goes on from here.

        The last number says how many of the other 624 are left: 1 when new ones are due. Given
        may be a row, a column or (625,), of any class that holds the numbers.
        """
        return octaves_state(self._generator)

    @state.setter
    def state(self, numbers: ArrayLike) -> None:
        go_on(self._generator, "rand", numbers)
        self._origin = "OctaveRandom from a state"

    @property
    def randn_state(self) -> NDArray[np.uint32]:
        """Octave's ``randn('state')``, as `state`."""
        return octaves_state(self._normal)

    @randn_state.setter
    def randn_state(self, numbers: ArrayLike) -> None:
        go_on(self._normal, "randn", numbers)
        self._origin = "OctaveRandom from a state"

    def _whole(self, span, count):
        """Draw whole numbers below `span`: of 2**53 ones, those beyond its last multiple fall."""
        times = math.floor(_FLINTMAX / span)
        share = times * span / _FLINTMAX
        more = math.ceil(count / share + 10 * math.sqrt(count / share - count))
        numbers = np.empty(0)
        while numbers.size < count:
            numbers = np.floor(self._draw(more) * _FLINTMAX)
            numbers = numbers[numbers < times * span]
        return np.floor(numbers[:count] / times)

    def _draw(self, count):
        """Draw from (0, 1): like Octave, draw again where an exact 0 comes."""
        numbers = self._generator.random_sample(count)
        while not numbers.all():
            numbers = numbers[numbers != 0]
            more = self._generator.random_sample(count - len(numbers))
            numbers = np.concatenate([numbers, more])
        return numbers


def _shaped(name, draw, sizes):
    """Draw so many numbers and lay them out column by column; a number where no size is given."""
    if not sizes:
        return float(draw(1)[0])
    shape = _dimensions(sizes, name)
    return np.ascontiguousarray(draw(math.prod(shape)).reshape(shape, order="F"))


def _dimensions(sizes, name="rand"):
    """Return the dimensions that Octave makes of the sizes it is given, in its words if it cannot.

    Negative ones count as 0, but one number alone.
    """
    if len(sizes) > 1:
        return bounded(max(int64(n), 0) for n in sizes)
    if np.size(sizes[0]) == 1:
        n = int64(sizes[0])
        if n < 0:
            raise MatlabError(TOO_LARGE)
        return bounded((n, n))
    sizes = operand(sizes[0]).ravel(order="F").astype(float)
    if not (sizes == np.floor(sizes)).all():
        raise MatlabError(f"{name}: dimensions must be a scalar or array of integers")
    return bounded(max(n, 0) for n in sizes.tolist()) or (0, 0)


def _bounds(bounds):
    """Return the smallest and the largest number that ``randi`` may draw."""
    numbers = operand(bounds).ravel(order="F").astype(float)
    if not (numbers.size and (numbers == np.trunc(numbers)).all()):
        raise MatlabError("randi: IMIN and IMAX must be integer bounds")
    low, high = (1.0, numbers[0]) if numbers.size == 1 else numbers[:2]
    if high < low:
        needs = "IMAX >= 1" if numbers.size == 1 else "IMIN <= IMAX"
        raise MatlabError(f"randi: require {needs}")
    if max(abs(low), abs(high)) >= _FLINTMAX:
        raise MatlabError("randi: IMIN and IMAX must be smaller than flintmax()")
    if high - low >= _FLINTMAX - 1:
        raise MatlabError("randi: integer range must be smaller than flintmax()-1")
    return int(low), int(high)


def rand(rng, *sizes):
    """Draw what ``rand(sizes)`` draws, in Octave's words where it cannot.

    Parameters
    ----------
    rng : OctaveRandom
        Any object with ``rand(rows, cols)``.
    *sizes : number or array_like
        Rows and columns, of a square alone, or all sizes in an array; a negative one counts as 0.

    Returns
    -------
    numpy.ndarray
        The numbers.

    Raises
    ------
    MatlabError
        If a size is not a whole number, or one number alone is negative.
    """
    shape = _dimensions(sizes)
    if len(shape) == 2:
        return rng.rand(*shape)
    return rng.rand(math.prod(shape), 1).reshape(shape, order="F")


def randperm(rng, n):
    """Draw what ``randperm(n) - 1`` draws.

    Parameters
    ----------
    rng : OctaveRandom
        Any object with ``randperm(n)``, 0-based.
    n : int
        At least 0.

    Returns
    -------
    numpy.ndarray
        A permutation (n,) of 0 to n - 1.
    """
    return rng.randperm(n)
