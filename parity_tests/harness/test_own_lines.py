"""A user's own statements against a .m file's. No Octave is needed."""

import numpy as np
import pytest

from dltparity.lines import own
from dltparity.lines.python_side import watching
from dltparity.lines.steps import Event

SOURCE = """
def own_function(x, odd):
    n = x.size  # f.m:2
    total, other = 0.0, object()  # f.m:3
    for k in range(n):  # f.m:4
        total = total + x[k]  # f.m:5
    s = {"a": x, "n": 3}  # f.m:6
    for word in ["no", "number"]:  # g.m:1
        odd(word)
    return total
"""


@pytest.fixture
def seen(tmp_path):
    path = tmp_path / "own_module.py"
    path.write_text(SOURCE)
    namespace = {"__name__": "own_module"}
    exec(compile(SOURCE, str(path), "exec"), namespace)
    with watching(path, "f.m", own=True) as events:
        namespace["own_function"](np.array([1.5, 2.0]), len)
    return events, own.Source(path, "f.m", frozenset(range(2, 7)))


def number(value):
    return np.array([[float(value)]])


def reference(*changes):
    """What the lines do in Octave, where loops count from 1."""
    x = np.array([[1.5, 2.0]])
    lines = [
        *((0, {}), (2, {"n": number(2)}), (3, {"total": number(0)})),
        *((4, {"k": number(1)}), (5, {"total": number(1.5)})),
        *((4, {"k": number(2)}), (5, {"total": number(3.5)})),
        *((6, {"s.a": x.T, "s.n": number(3)}), (9, {"more": number(1)})),
    ]
    for place, values in changes:
        lines[place] = (lines[place][0], values)
    return [Event(line, values) for line, values in lines]


def test_indices_from_0_and_vectors_without_a_direction_are_the_same(seen):
    events, source = seen
    assert own.compare(reference(), events, source) == (9, "")


@pytest.mark.parametrize(
    ("change", "wording"),
    [
        ((4, {"total": number(1.25)}), "f.m:5 (own_module.py:6): total(1, 1) is 0x1.4"),
        ((1, {"n": number(4)}), "f.m:2 (own_module.py:3): n(1, 1) is 0x1.0000000000000p+2"),
        ((7, {"s.n": number(4)}), "f.m:6 (own_module.py:7): s.n(1, 1) is "),
    ],
)
def test_the_first_difference_is_named(seen, change, wording):
    events, source = seen
    assert wording in own.compare(reference(change), events, source)[1]


def test_another_way_through_the_lines_is_named(seen):
    events, source = seen
    fewer = reference()
    del fewer[5:7]
    assert (
        "the reference goes to line 6, the port to line 4"
        in (own.compare(fewer, events, source)[1])
    )
