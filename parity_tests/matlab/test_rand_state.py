"""The states of Octave's random streams: out, in, and what is none."""

import copy
import pickle

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import OctaveRandom

# Where the 624 numbers of a state are used up, and what comes just before and after.
DRAWN = (0, 1, 3, 311, 312, 313, 700)


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("kind", ["rand", "randn"])
def test_a_state_is_octaves_number_by_number(original_session, kind, drawn):
    rng = OctaveRandom(4)
    code = f"{kind}('state', 4); {kind}(in.n, 1); result = struct('state', {kind}('state'));"
    theirs = original_session.compute(code, {"n": float(drawn)})
    getattr(rng, kind)(drawn, 1)
    ours = rng.state if kind == "rand" else rng.randn_state
    assert_same(theirs, {"state": ours})


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("kind", ["rand", "randn"])
def test_octave_goes_on_from_our_state_and_we_from_octaves(original_session, kind, drawn):
    rng, other = OctaveRandom(5), OctaveRandom(6)
    name = "state" if kind == "rand" else "randn_state"
    getattr(rng, kind)(drawn, 1)
    code = f"{kind}('state', in.ours); result = struct('next', {kind}(2, 400));"
    theirs = original_session.compute(code, {"ours": getattr(rng, name)})
    assert_same(theirs, {"next": getattr(rng, kind)(2, 400)})
    code = (
        f"{kind}('state', 5); {kind}(in.n, 1); result = struct('state', {kind}('state'));"
        f"result.next = {kind}(2, 400);"
    )
    theirs = original_session.compute(code, {"n": float(drawn)})
    setattr(other, name, theirs["state"])
    assert_same({"next": theirs["next"]}, {"next": getattr(other, kind)(2, 400)})


@pytest.mark.parametrize(
    "given",
    [
        *(np.ravel, np.transpose, np.uint32, np.int64, np.float64, lambda s: s.astype(np.uint64)),
        *(lambda s: s[:, 0].astype(np.uint32), np.asfortranarray),
    ],
)
def test_a_state_may_be_a_row_a_column_or_flat_and_of_any_class(given):
    first, second = OctaveRandom(1), OctaveRandom(2)
    first.rand(9, 1)
    assert (first.state.shape, first.state.dtype) == ((625, 1), np.uint32)
    second.state = given(first.state)
    assert (second.rand(9, 90) == first.rand(9, 90)).all()


def test_a_copy_goes_its_own_way():
    rng = OctaveRandom(3)
    rng.rand(4), rng.randn(3)
    for other in (copy.deepcopy(rng), pickle.loads(pickle.dumps(rng))):
        assert (other.state == rng.state).all() and (other.randn_state == rng.randn_state).all()
        other.rand()
        assert (other.state != rng.state).any()


def changed(place, value):
    state = OctaveRandom(0).state.astype(float)
    state[place] = value
    return state


ZEROS = np.append(np.zeros(624), 1)
ZEROS[0] = 5  # of the first number only the highest bit counts


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        (np.zeros(624), "a state of shape (624,) and class float64"),
        (np.zeros(626), "a state of shape (626,) and class float64"),
        (np.zeros((25, 25)), "a state of shape (25, 25) and class float64"),
        (np.zeros((625, 2)), "a state of shape (625, 2) and class float64"),
        (np.zeros(625, complex), "a state of shape (625,) and class complex128"),
        (np.zeros(625, bool), "a state of shape (625,) and class bool"),
        ("state", "a state of shape () and class <U5"),
        (changed(7, 0.5), "a state with 0.5 in it"),
        (changed(7, -1), "a state with -1.0 in it"),
        (changed(7, 2**32), "a state with 4294967296.0 in it"),
        (changed(7, np.nan), "a state with nan in it"),
        (changed(624, 0), "a state that ends in 0 was"),
        (changed(624, 625), "a state that ends in 625 was"),
        (np.append(np.zeros(624), 1), "a state of zeros was given"),
        (ZEROS, "a state of zeros was given"),
    ],
)
@pytest.mark.parametrize("name", ["state", "randn_state"])
def test_what_is_no_state_is_refused_in_one_sentence(name, numbers, says):
    rng = OctaveRandom(0)
    before = getattr(rng, name)
    with pytest.raises(ValueError, match="expected the 625 numbers") as error:
        setattr(rng, name, numbers)
    assert str(error.value).startswith(says)
    assert "\n" not in str(error.value)
    assert f"{'randn' if name == 'randn_state' else 'rand'}('state')" in str(error.value)
    assert (getattr(rng, name) == before).all()


def test_the_repr_shows_where_the_stream_is_and_leaves_it_there():
    rng = OctaveRandom(7)
    shown, state = repr(rng), rng.state
    assert (rng.state == state).all()
    number, normal = rng.rand(), rng.randn()
    assert shown == f"<OctaveRandom(7), next: rand {number!r}, randn {normal!r}>"
    assert repr(rng) != shown
    rng.state = state
    assert repr(rng).startswith(f"<OctaveRandom from a state, next: rand {number!r}")
