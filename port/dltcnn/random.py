"""Random numbers: Octave's streams, bit for bit."""

import operator

import numpy as np

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
        rows, cols = _count(rows), _count(cols)
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
            If `n` is not a whole number.
        """
        n = _count(n)
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


def _count(n):
    """Convert a size as Octave does."""
    if np.isinf(n):
        raise MatlabError("out of memory or dimension too large for Octave's index type")
    if n != np.floor(n):
        raise MatlabError(f"conversion of {n:g} to int64_t value failed")
    return max(int(n), 0)
