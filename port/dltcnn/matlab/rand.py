"""Random numbers: Octave's streams, bit for bit."""

import math
import operator

import numpy as np

from .classes import operand
from .dimensions import TOO_LARGE, bounded, int64
from .errors import MatlabError


class OctaveRandom:
    """The stream of Octave's ``rand`` after ``rand('state', seed)`` or ``rand('twister', seed)``.

    Octave keeps one Mersenne twister for `rand` and `randperm` together, so the order of calls
    matters here as it does there.

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

    def __init__(self, seed):
        try:
            seed = operator.index(seed)
        except TypeError:
            raise TypeError(
                f"seed {seed!r} was given: expected an integer from 0 to 2**32 - 1"
            ) from None
        if not 0 <= seed < 2**32:
            raise ValueError(f"seed {seed} was given: expected an integer from 0 to 2**32 - 1")
        self._generator = np.random.RandomState([seed])

    def rand(self, rows, cols):
        """Draw what ``rand(rows, cols)`` draws.

        Parameters
        ----------
        rows, cols : int
            Size; a negative one counts as 0.

        Returns
        -------
        numpy.ndarray
            (rows, cols), double, uniform in (0, 1), drawn column by column.

        Raises
        ------
        MatlabError
            If a size is not a whole number, as in Octave.
        """
        rows, cols = bounded(max(int64(n), 0) for n in (rows, cols))
        return np.ascontiguousarray(self._draw(rows * cols).reshape((rows, cols), order="F"))

    def randperm(self, n):
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
    def state(self):
        """Where the stream is: 625 numbers; assigned to another stream, they make it go on here."""
        state = self._generator.get_state(legacy=False)["state"]
        return np.append(state["key"], np.uint32(state["pos"]))

    @state.setter
    def state(self, numbers):
        numbers = np.asarray(numbers)
        if numbers.shape != (625,) or numbers.dtype != np.uint32:
            raise ValueError(
                f"a state of shape {numbers.shape} and class {numbers.dtype} was given: expected "
                "the 625 uint32 numbers that `state` gave"
            )
        self._generator.set_state(("MT19937", numbers[:-1], int(numbers[-1])))

    def _draw(self, count):
        """Draw from (0, 1): like Octave, draw again where an exact 0 comes."""
        numbers = self._generator.random_sample(count)
        while not numbers.all():
            numbers = numbers[numbers != 0]
            more = self._generator.random_sample(count - len(numbers))
            numbers = np.concatenate([numbers, more])
        return numbers


def rand(rng, rows, cols=None):
    """Draw what ``rand(rows, cols)`` draws, or ``rand(rows)``, in Octave's words where it cannot.

    Parameters
    ----------
    rng : OctaveRandom
        Any object with ``rand(rows, cols)``.
    rows, cols : number or array_like
        Size; a negative one counts as 0. Without `cols`, of a square or all sizes in an array.

    Returns
    -------
    numpy.ndarray
        The numbers.

    Raises
    ------
    MatlabError
        If a size is not a whole number, or one number alone is negative.
    """
    if cols is not None:
        return rng.rand(*bounded(max(int64(n), 0) for n in (rows, cols)))
    if np.size(rows) == 1:
        n = int64(rows)
        if n < 0:
            raise MatlabError(TOO_LARGE)
        return rng.rand(*bounded((n, n)))
    sizes = operand(rows).ravel(order="F").astype(float)
    if not (sizes == np.floor(sizes)).all():
        raise MatlabError("rand: dimensions must be a scalar or array of integers")
    sizes = bounded(max(n, 0) for n in sizes.tolist()) or (0, 0)
    return rng.rand(math.prod(sizes), 1).reshape(sizes, order="F")


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
