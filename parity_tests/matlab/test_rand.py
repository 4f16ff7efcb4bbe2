"""OctaveRandom against Octave's own rand and randperm."""

import random

import numpy as np
import pytest

from both_sides.expressions import check
from both_sides.functions import assert_same, in_octave, refusal_of
from dltcnn import OctaveRandom
from dltcnn.matlab.rand import rand


@pytest.mark.parametrize("seed", [0, 1, 5, 2**31, 2**32 - 1])
def test_one_stream_feeds_rand_and_randperm(original_session, seed):
    session = original_session
    session.give("seed", seed)
    session.eval(
        "clear('r'); rand('state', seed); r.first = rand(3, 4); r.order = randperm(17);"
        "r.none = rand(0, 3); r.one = randperm(1); r.last = rand(2, 1);"
    )
    rng = OctaveRandom(seed)
    port = {
        "first": rng.rand(3, 4),
        "order": rng.randperm(17).reshape(1, -1) + 1.0,
        "none": rng.rand(0, 3),
        "one": rng.randperm(1).reshape(1, -1) + 1.0,
        "last": rng.rand(2, 1),
    }
    assert_same(session.fields("r"), port)


def test_it_is_the_mersenne_twister_of_python_too():
    stream = random.Random(42)
    drawn = OctaveRandom(42).rand(2, 3)
    assert drawn.ravel(order="F").tolist() == [stream.random() for _ in range(6)]
    assert drawn.flags.c_contiguous


def test_randperm_is_of_the_index_class():
    order = OctaveRandom(3).randperm(5)
    assert order.dtype == np.intp
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert OctaveRandom(3).randperm(0).shape == (0,)


@pytest.mark.parametrize("size", [(-1, 3), (3, -2), (0, 0)])
def test_a_negative_size_counts_as_nothing(original_session, size):
    theirs = in_octave(original_session, "rand(in.size(1), in.size(2))", size=size)
    assert_same(theirs, {"value": OctaveRandom(0).rand(*size)})


class Drawn:
    """A generator that gives prepared numbers."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)
        self.asked = []

    def random_sample(self, count):
        self.asked.append(count)
        taken, self.numbers = self.numbers[:count], self.numbers[count:]
        return np.array(taken)


def test_an_exact_zero_is_drawn_again():
    rng = OctaveRandom(0)
    rng._generator = Drawn(0.25, 0.0, 0.5, 0.0, 0.75, 0.125, 0.0, 0.375)
    assert rng.rand(1, 5).ravel().tolist() == [0.25, 0.5, 0.75, 0.125, 0.375]
    assert rng._generator.asked == [5, 2, 1]  # one more would be one too far in the stream


class Asked:
    """A stream that says what it was asked for."""

    def rand(self, rows, cols):
        return rows, cols


@pytest.mark.parametrize(("sizes", "asked"), [((-2, 3), (0, 3)), ((2, -3), (2, 0))])
def test_a_stream_of_any_kind_is_asked_for_no_negative_size(sizes, asked):
    assert rand(Asked(), *sizes) == asked


@pytest.mark.parametrize("seed", [-1, 2**32, 2**32 + 1])
def test_seeds_out_of_range_are_refused(seed):
    with pytest.raises(ValueError, match="expected") as error:
        OctaveRandom(seed)
    assert str(error.value) == f"seed {seed} was given: expected an integer from 0 to 2**32 - 1"


@pytest.mark.parametrize("seed", [1.0, "1", None])
def test_seeds_that_are_no_integers_are_refused(seed):
    with pytest.raises(TypeError, match="expected") as error:
        OctaveRandom(seed)
    assert str(error.value) == f"seed {seed!r} was given: expected an integer from 0 to 2**32 - 1"
    assert error.value.__suppress_context__


@pytest.mark.parametrize("seed", [0, 2**32 - 1, np.int64(7)])
def test_seeds_in_range_are_taken(seed):
    assert OctaveRandom(seed).rand(1, 1).shape == (1, 1)


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (2.5, "conversion of 2.5 to int64_t value failed"),
        (np.inf, "out of memory or dimension too large for Octave's index type"),
    ],
)
def test_sizes_that_are_no_numbers_of_rows(original_session, size, says):
    assert refusal_of(OctaveRandom(0).rand, size, 1)[0] == says
    assert refusal_of(in_octave, original_session, "rand(in.n, 1)", n=size)[0] == says


def test_randperm_refuses_what_is_no_count():
    message, _ = refusal_of(OctaveRandom(0).randperm, 2.5)
    assert message == "conversion of 2.5 to int64_t value failed"


SIZES = (3, 0, -1, 2.5, np.nan, np.inf, -np.inf, np.array([[2.0, 3.0]]), np.array([[2.5, 1.0]]))
SIZES += (np.array([[2.0], [-1.0]]), np.ones((2, 2)), np.zeros((0, 0)), np.array([[-2.0, -1.0]]))


def check_drawn(session, code, draw, n):
    """Demand the same numbers of both sides from the same state, or the same refusal."""
    session.eval("rand('state', 3);")
    check(session, lambda n: draw(OctaveRandom(3), n), code, n=n)


@pytest.mark.parametrize("n", SIZES, ids=str)
def test_odd_sizes_of_squares(original_session, n):
    check_drawn(original_session, "rand(in.n)", rand, n)


@pytest.mark.parametrize("n", SIZES, ids=str)
def test_odd_numbers_of_columns(original_session, n):
    check_drawn(original_session, "rand(2, in.n)", lambda rng, n: rand(rng, 2, n), n)


@pytest.mark.parametrize("n", [4, 0, -1, -2.5, 2.5, np.nan, np.inf])
def test_odd_lengths_of_permutations(original_session, n):
    check_drawn(original_session, "randperm(in.n)", lambda rng, n: rng.randperm(n) + 1.0, n)
