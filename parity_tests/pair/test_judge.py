"""Two outcomes and the verdict, and how failing arguments are shrunk. No Octave is needed."""

from contextlib import suppress

import numpy as np
import pytest

from dltparity.noise import MULTIPLE
from dltparity.pair import python_side
from dltparity.pair.judge import by_noise, judge
from dltparity.pair.shrink import shrink
from dltparity.pair.values import Outcome, arrays

X = np.array([[1.5, 2.5, 4.25]])


def gave(*outputs):
    return Outcome(True, arrays(outputs))


@pytest.mark.parametrize(
    "theirs, ours, kind",
    [
        (gave(X), Outcome(False, message="no"), "outcome"),
        (Outcome(False, message="no"), gave(X), "outcome"),
        (gave({"a": X}), gave({"b": X}), "fields"),
        (gave([X, X]), gave([X]), "fields"),
        (gave(X), gave(X.astype(np.float32)), "class"),
        (gave(X), gave("text"), "class"),
        (gave(X), gave(X.T), "size"),
        (gave(X), gave(X[0]), "size"),
        (gave(X), gave(X + np.array([[0, 0, 1e-15]])), "values"),
        (gave(np.zeros((1, 1))), gave(-np.zeros((1, 1))), "values"),
        (Outcome(False, message="hangs", ended=True), gave(X), "time"),
    ],
)
def test_what_differs_is_named(theirs, ours, kind):
    found = judge(theirs, ours)
    assert (found.verdict, found.kind) == ("fail", kind)
    assert found.what


def test_what_is_the_same():
    for each in (gave(X), gave("a", {"b": [X, "c"]}), gave([]), gave(2 + 1j, True, np.nan)):
        assert judge(each, each).verdict == "kept"
    assert judge(Outcome(False, message="a"), Outcome(False, message="b")).verdict == "kept"


def test_noise_is_what_one_ulp_changes_do():
    theirs, moved = gave(X), gave(X + 1e-12)
    for times, verdict in ((MULTIPLE - 1, "kept"), (MULTIPLE + 1, "fail")):
        ours = gave(X + times * 1e-12)
        assert by_noise(judge(theirs, ours), theirs, ours, [moved]).verdict == verdict
    ours = gave(X + 1e-15)
    assert by_noise(judge(theirs, ours), theirs, ours, [gave(X)]).verdict == "fail"


@pytest.mark.parametrize(
    "theirs, ours, moved",
    [
        (gave(X), gave(X[:, :2]), gave(X[:, :2])),
        (gave(np.int8([[3]])), gave(np.int8([[4]])), gave(np.int8([[4]]))),
        (
            gave(X, np.array([[1.0, 2.0]])),
            gave(X, np.array([[2.0, 1.0]])),
            gave(X, np.array([[2.0, 1.0]])),
        ),
        (gave(X), Outcome(False), Outcome(False)),
    ],
)
def test_noise_never_judges_what_is_no_measurement(theirs, ours, moved):
    assert by_noise(judge(theirs, ours), theirs, ours, [moved]).verdict == "unstable"
    assert by_noise(judge(theirs, ours), theirs, ours, [theirs]).verdict == "fail"


def test_not_finite_is_no_noise():
    theirs, ours = gave(X), gave(np.array([[1.5, np.nan, 4.25]]))
    assert by_noise(judge(theirs, ours), theirs, ours, [gave(X + 1)]).verdict == "fail"


def test_shrinking():
    rng = np.random.default_rng(0)
    start = [rng.random((7, 5)), rng.random((7, 1)), "some text"]

    def fails(lists):
        return [a.shape[0] == b.shape[0] and a.shape[0] >= 3 and a.size > 2 for a, b, _ in lists]

    a, b, text = shrink(start, fails)
    assert (a.shape, len(b), text) == ((3, 1), 3, "")
    assert not a.any() and not b.any()


def test_the_python_side():
    def changes(x):
        x[0, 0] = 7
        return x

    def hangs(x):
        while True:
            with suppress(Exception):
                pass

    def one(x):
        return x

    def leaves(x):
        raise SystemExit(3)

    arguments = [X.copy()]
    found = python_side.call(changes, arguments, 1, 5)
    assert "changes its argument 1" in found.message and arguments[0][0, 0] == 1.5
    found = python_side.call(hangs, arguments, 1, 0.2)
    assert found.ended and "did not return within 0.2 s" in found.message
    assert "returns 1 outputs where 2" in python_side.call(one, arguments, 2, 5).message
    assert not python_side.call(leaves, arguments, 1, 5).returned
    assert "no counterpart" in python_side.call(lambda x: object(), arguments, 1, 5).message
