"""rand of all sizes, randn and randi against Octave's."""

import numpy as np
import pytest

from both_sides.functions import assert_same
from dltcnn import MatlabError, OctaveRandom
from dltparity.octave.errors import OctaveError
from dltparity.octave.values import matlab_array

SIZES = [(), (3,), (2, 3), (4, 5, 6), (2, 3, 4, 2), (3, -1, 2), (0,), ([2, 3, 4],), (2, 0, 3)]
ODD = [(-1,), (2.5,), (2, 2.5, 3), (2, 3, np.inf), ([2, 2.5],), (2, np.nan)]


def written(sizes):
    """The sizes as an Octave program has them."""
    text = ", ".join(str(size).replace("nan", "NaN").replace("inf", "Inf") for size in sizes)
    return f"({text})"


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("kind", ["rand", "randn"])
def test_numbers_of_any_size_are_octaves(original_session, kind, sizes):
    code = f"{kind}('state', 9); result = struct('value', {kind}{written(sizes)});"
    theirs = original_session.compute(code, {})
    ours = getattr(OctaveRandom(9), kind)(*sizes)
    assert isinstance(ours, float) or ours.flags.c_contiguous
    assert_same(theirs, {"value": matlab_array(ours)})


@pytest.mark.parametrize("sizes", ODD, ids=str)
@pytest.mark.parametrize("kind", ["rand", "randn"])
def test_odd_sizes_are_refused_in_octaves_words(original_session, kind, sizes):
    with pytest.raises(OctaveError) as theirs:
        original_session.compute(f"result = {kind}{written(sizes)};", {})
    with pytest.raises(MatlabError) as ours:
        getattr(OctaveRandom(9), kind)(*sizes)
    assert ours.value.message == theirs.value.message


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_a_hundred_thousand_normal_numbers_are_octaves(original_session, seed):
    """The tail's own method gives about one number in 3,700."""
    code = "randn('state', in.seed); result = struct('value', randn(100000, 1));"
    theirs = original_session.compute(code, {"seed": float(seed)})
    ours = OctaveRandom(seed).randn(100000, 1)
    assert (abs(ours) > 3.6541528853610088).sum() > 10
    assert_same(theirs, {"value": ours})


def test_the_streams_are_apart(original_session):
    theirs = original_session.compute(
        "r = struct(); rand('state', 2); randn('state', 2); r.p1 = rand(1, 2); r.p2 = randn(1, 3);"
        "r.p3 = randi(6, 2, 3); r.p4 = randn(); r.p5 = randperm(5); r.p6 = rand(); result = r;",
        {},
    )
    rng = OctaveRandom(2)
    ours = {
        **{
            "p1": rng.rand(1, 2),
            "p2": rng.randn(1, 3),
            "p3": rng.randi(6, 2, 3),
            "p4": rng.randn(),
        },
        **{"p5": rng.randperm(5).reshape(1, -1) + 1.0, "p6": rng.rand()},
    }
    assert_same(theirs, {k: matlab_array(v) for k, v in ours.items()})


@pytest.mark.parametrize("bounds", [1, 6, 10, [0, 1], [-5, 5], 2**31, [1, 3 * 2**51], [0, 2**52]])
def test_whole_numbers_are_octaves_and_so_is_the_stream_after_them(original_session, bounds):
    theirs = original_session.compute(
        "r = struct(); b = in.bounds; rand('state', 8); r.many = randi(b, 10, 20, 2);"
        "r.one = randi(b);"
        "r.square = randi(b, 3); r.none = randi(b, 0, 2); r.next = rand(); result = r;",
        {"bounds": np.asarray(bounds, float)},
    )
    rng = OctaveRandom(8)
    ours = {
        **{"many": rng.randi(bounds, 10, 20, 2), "one": rng.randi(bounds)},
        **{"square": rng.randi(bounds, 3), "none": rng.randi(bounds, 0, 2), "next": rng.rand()},
    }
    assert_same(theirs, {k: matlab_array(v) for k, v in ours.items()})


@pytest.mark.parametrize("bounds", [0, 2.5, [3, 1], [1, 2**53], 2**53, [-(2**52), 2**52], np.nan])
def test_odd_bounds_are_refused_in_octaves_words(original_session, bounds):
    with pytest.raises(OctaveError) as theirs:
        original_session.compute("result = randi(in.b, 2);", {"b": np.asarray(bounds, float)})
    with pytest.raises(MatlabError) as ours:
        OctaveRandom(0).randi(bounds, 2)
    assert ours.value.message == theirs.value.message
