"""Comparisons of the ziggurat method in which both sides are equal, which hardly ever comes."""

import numpy as np

from dltcnn.matlab import randn


class Uniform:
    """A generator that gives what it is told."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def random_sample(self):
        return self.numbers.pop(0)


def test_a_number_on_the_density_is_none():
    widths, _, densities = randn._tables()
    layer = 100
    edge = float(widths[layer]) * 2.0**53
    assert np.exp(-0.5 * edge * edge) > 0
    assert randn._settle(Uniform(1e-300), 0, layer, edge * (1 + 1e-9)) == []
    assert randn._settle(Uniform(1e-300), 0, layer, edge) == []
    assert randn._settle(Uniform(1e-300), 0, layer, edge * (1 - 1e-9)) != []
    assert densities[layer] < densities[layer - 1]


def test_a_number_on_the_edge_of_the_tail_is_drawn_again():
    found = randn._from_the_tail(Uniform(1.0, 1.0, 1.0, 0.5), negative=False)
    assert found == randn._TAIL  # of the second pair


class Words:
    """A generator that gives one fraction, and counts what is drawn besides."""

    def __init__(self, fraction):
        self._words = [int(fraction) << 1 & 0xFFFFFFFF, int(fraction) << 1 >> 32]
        self.uniform = 0

    def get_state(self):
        return None

    def set_state(self, state):
        pass

    def randint(self, low, high, shape, cls):
        return np.tile(np.array(self._words, cls), (shape[0], 1))

    def random_sample(self):
        self.uniform += 1
        return 0.5


def test_the_first_fraction_that_a_layer_does_not_take_at_once_is_compared_with_the_density():
    _, safe, _ = randn._tables()
    named = safe & np.uint64(len(safe) - 1)  # the layer, by the fraction's last bits
    layer = int(np.flatnonzero(named == np.arange(len(safe)))[-1])
    for fraction, compared in ((safe[layer] - np.uint64(len(safe)), 0), (safe[layer], 1)):
        generator = Words(fraction)
        randn.normal(generator, 1)
        assert generator.uniform == compared


def test_a_pair_on_the_edge_of_the_tail_takes_two_more_numbers():
    generator = Uniform(1.0, 1.0, 1.0, 0.5)
    randn._from_the_tail(generator, negative=False)
    assert generator.numbers == []
