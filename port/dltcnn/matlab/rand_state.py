"""The states of Octave's random streams and of numpy's Mersenne twister."""

import numpy as np


def octaves_state(generator):
    """Return a generator's state as Octave has it, (625, 1) of uint32.

    numpy ends it with how many of the 624 are used, Octave with one more than are left.
    """
    state = generator.get_state(legacy=False)["state"]
    return np.append(state["key"], np.uint32(625 - state["pos"])).reshape(-1, 1)


def go_on(generator, name, numbers):
    """Set a generator to a state of Octave's.

    Parameters
    ----------
    generator : numpy.random.RandomState
        A Mersenne twister.
    name : {'rand', 'randn'}
        Whose state is expected, for the message.
    numbers : array_like
        The state.

    Raises
    ------
    ValueError
        If it is none: what was got, and what was expected.
    """
    numbers = np.asarray(numbers)
    expected = f"expected the 625 numbers of {name}('state')"
    if numbers.shape not in ((625,), (625, 1), (1, 625)) or numbers.dtype.kind not in "uif":
        raise ValueError(
            f"a state of shape {numbers.shape} and class {numbers.dtype} was given: {expected}"
        )
    numbers = numbers.ravel()
    wrong = ~((numbers >= 0) & (numbers < 2**32) & (numbers == np.floor(numbers)))
    if wrong.any():
        raise ValueError(
            f"a state with {numbers[wrong][0]} in it was given: {expected}, whole and from 0 to "
            "2**32 - 1"
        )
    left = int(numbers[-1])
    if not 1 <= left <= 624:
        raise ValueError(
            f"a state that ends in {left} was given: {expected}, where the last counts from 1 to "
            "624"
        )
    key = numbers[:-1].astype(np.uint32)
    if not (key[0] >> 31 or key[1:].any()):
        raise ValueError(f"a state of zeros was given, which gives zeros only: {expected}")
    generator.set_state(("MT19937", key, 625 - left))
