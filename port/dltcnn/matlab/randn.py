"""Normal random numbers with Octave's bits: the ziggurat method of Marsaglia and Tsang (2000).

The normal density is covered by 256 layers of one area. A number is the layer's width times a
random fraction, at once where it lies under the layer above, after a comparison with the density
where it may not, and from the tail's own method in the lowest layer. Layers 0 and 1 are the tail's
and the top one.
"""

import math
from functools import cache

import numpy as np

_LAYERS = 256
_TAIL = 3.6541528853610088  # where the tail begins
_TAIL_INVERSE = 0.27366123732975828
_AREA = 0.00492867323399  # of each layer
_FRACTIONS = float(2**53)  # a fraction is a whole number of 53 bits
_AT_ONCE = 128  # about one number in 66 is not found at once


@cache
def _tables():
    """Return the layers' widths over 2**53, the fractions below which all is well, and densities.

    The logarithms and exponentials are the C library's, as Octave's are.
    """
    widths, densities = np.zeros(_LAYERS), np.zeros(_LAYERS)
    safe = np.zeros(_LAYERS, np.uint64)
    right = _TAIL
    widths[-1] = right / _FRACTIONS
    densities[-1] = math.exp(-0.5 * right * right)
    safe[0] = int(right * float(densities[-1]) / _AREA * _FRACTIONS)
    widths[0], densities[0] = _AREA / float(densities[-1]) / _FRACTIONS, 1
    for layer in range(_LAYERS - 2, 0, -1):
        x = math.sqrt(-2 * math.log(_AREA / right + float(densities[layer + 1])))
        safe[layer + 1] = int(x / right * _FRACTIONS)
        widths[layer], densities[layer] = x / _FRACTIONS, math.exp(-0.5 * x * x)
        right = x
    return widths, safe, densities


def normal(generator, count):
    """Draw what Octave's ``randn(count, 1)`` draws.

    Parameters
    ----------
    generator : numpy.random.RandomState
        A Mersenne twister in the state of Octave's ``randn('state')``.
    count : int
        How many, at least 0.

    Returns
    -------
    numpy.ndarray
        (count,), double.
    """
    drawn, left = [np.empty(0)], count
    while left:
        before = generator.get_state()
        fractions, layers, x = _candidates(generator, min(left, _AT_ONCE))
        good = fractions < _tables()[1][layers]
        found = len(good) if good.all() else int(np.argmin(good))
        if found < len(good):
            generator.set_state(before)
            _candidates(generator, found + 1)  # the ones before it are what they were
            other = _settle(generator, int(fractions[found]), int(layers[found]), float(x[found]))
            x = np.append(x[:found], other)
        drawn.append(x)
        left -= len(x)
    return np.concatenate(drawn)


def _candidates(generator, count):
    """Draw 54 bits per number: a sign, and a fraction whose last bits name the layer."""
    words = generator.randint(0, 2**32, (count, 2), np.uint32).astype(np.uint64)
    bits = (words[:, 1] & np.uint64(0x3FFFFF)) << np.uint64(32) | words[:, 0]
    fractions = bits >> np.uint64(1)
    layers = (fractions & np.uint64(_LAYERS - 1)).astype(np.intp)
    signs = np.where(bits & np.uint64(1), -1.0, 1.0)
    return fractions, layers, signs * fractions.astype(float) * _tables()[0][layers]


def _settle(generator, fraction, layer, x):
    """Return what a candidate that is not under the layer above comes to: nothing, or a number."""
    if layer == 0:
        return [_from_the_tail(generator, negative=fraction & _LAYERS)]
    densities = _tables()[2]
    lower, upper = float(densities[layer]), float(densities[layer - 1])
    height = (upper - lower) * _uniform(generator) + lower
    return [x] if height < math.exp(-0.5 * x * x) else []


def _from_the_tail(generator, negative):
    while True:
        beyond = -_TAIL_INVERSE * math.log(_uniform(generator))
        height = -math.log(_uniform(generator))
        if height + height > beyond * beyond:
            return -_TAIL - beyond if negative else _TAIL + beyond


def _uniform(generator):
    """Draw from (0, 1); an exact 0 is drawn again."""
    while not (number := generator.random_sample()):
        pass
    return number
