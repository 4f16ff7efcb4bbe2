"""The edges of the random streams: ranges, sizes, states and draws that hardly ever come."""

import math

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import MatlabError, OctaveRandom
from dltcnn.matlab.rand import rand
from dltparity.octave.errors import OctaveError
from dltparity.octave.values import matlab_array

MOST = 2**53


@pytest.mark.parametrize("bounds", [[0, MOST - 2], [1, MOST - 1], [1, 5, 9]])
def test_the_widest_ranges_and_more_than_two_bounds_are_octaves(original_session, bounds):
    given = {"b": np.asarray(bounds, float)[None]}
    theirs = original_session.compute(
        "rand('state', 4); result = struct('value', randi(in.b, 3));", given
    )
    assert_same(theirs, {"value": matlab_array(OctaveRandom(4).randi(bounds, 3))})


@pytest.mark.parametrize(
    "bounds", [[0, MOST - 1], [-1, MOST - 2], [2 * MOST, 2 * MOST], [-1.5, 3], [1, 2.5]]
)
def test_ranges_beyond_are_refused_in_octaves_words(original_session, bounds):
    with pytest.raises(OctaveError) as theirs:
        original_session.compute("result = randi(in.b, 2);", {"b": np.asarray(bounds, float)})
    with pytest.raises(MatlabError) as ours:
        OctaveRandom(0).randi(bounds, 2)
    assert ours.value.message == theirs.value.message


def test_randi_names_rand_where_a_size_is_odd():
    with pytest.raises(
        MatlabError, match=r"^rand: dimensions must be a scalar or array of integers"
    ):
        OctaveRandom(0).randi(3, [1.5, 2])


@pytest.mark.parametrize("sizes", [[-3, 2], [2, -3, 4], []])
@pytest.mark.parametrize("kind", ["rand", "randn"])
def test_sizes_in_an_array_below_one_are_none(original_session, kind, sizes):
    code = f"result = struct('value', {kind}(in.n));"
    theirs = original_session.compute(code, {"n": np.asarray(sizes, float).reshape(1, -1)})
    given = np.asarray(sizes, float)
    assert_same(theirs, {"value": matlab_array(getattr(OctaveRandom(0), kind)(given))})


class Stream:
    """A stream that gives what it is told, so many times each."""

    def __init__(self, *draws):
        self.draws = list(draws)

    def random_sample(self, count):
        return np.full(count, self.draws.pop(0))

    def rand(self, rows, cols):
        return np.full((rows, cols), self.draws.pop(0))


def test_where_only_zeros_come_all_are_drawn_again():
    rng = OctaveRandom(0)
    rng._generator = Stream(0.0, 0.0, 0.5)
    assert rng.rand(1, 3).tolist() == [[0.5, 0.5, 0.5]]


def test_what_is_beyond_the_last_whole_multiple_is_drawn_again():
    span = 3
    beyond = math.floor(MOST / span) * span
    rng = OctaveRandom(0)
    rng._generator = Stream(beyond / MOST, 0.5)
    assert rng.randi(span) == 2.0
    rng._generator = Stream((beyond - 1) / MOST)
    assert rng.randi(span) == 3.0


def test_a_stream_of_any_kind_is_asked_for_rows_and_columns_alone():
    assert rand(Stream(0.25), 2, 3, 4).shape == (2, 3, 4)
    assert rand(Stream(0.25), 2, 3).shape == (2, 3)


def state(**places):
    """A state of zeros but for some places; its last number says that new ones are due."""
    numbers = np.append(np.zeros(624), 1)
    for place, value in places.items():
        numbers[int(place[1:])] = value
    return numbers


@pytest.mark.parametrize("numbers", [state(_0=2**31), state(_1=1), state(_623=1)])
def test_one_bit_makes_a_state(numbers):
    rng = OctaveRandom(0)
    rng.state = numbers
    assert (rng.state.ravel() == numbers).all()


@pytest.mark.parametrize("first", [2**31 - 1, 2**30, 1])
def test_but_none_of_those_that_the_twister_does_not_read(first):
    with pytest.raises(
        ValueError, match="which gives zeros only: expected the 625 numbers of rand"
    ):
        OctaveRandom(0).state = state(_0=first)


@pytest.mark.parametrize("left", [1, 2, 623, 624])
def test_any_number_may_be_left(left):
    rng = OctaveRandom(0)
    rng.state = state(_0=2**31, _5=7, _624=left)
    assert rng.state[-1, 0] == left


EXPECTED = "expected the 625 numbers of {}('state')"


@pytest.mark.parametrize("name", ["rand", "randn"])
@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        (np.zeros(3), "a state of shape (3,) and class float64 was given: {}"),
        (
            state(_3=0.5, _4=-1),
            "a state with 0.5 in it was given: {}, whole and from 0 to 2**32 - 1",
        ),
        (
            state(_3=2**33),
            "a state with 8589934592.0 in it was given: {}, whole and from 0 to 2**32 - 1",
        ),
        (
            state(_0=2**31, _624=625),
            "a state that ends in 625 was given: {}, where the last counts from 1 to 624",
        ),
    ],
)
def test_a_refused_state_is_told_in_full(name, numbers, says):
    rng = OctaveRandom(0)
    with pytest.raises(ValueError, match="a state") as caught:
        setattr(rng, "state" if name == "rand" else "randn_state", numbers)
    assert str(caught.value) == says.format(EXPECTED.format(name))


def test_a_stream_with_another_normal_state_says_that_it_is_from_a_state():
    rng = OctaveRandom(7)
    rng.randn_state = rng.randn_state
    assert repr(rng).startswith("<OctaveRandom from a state, next: rand ")
