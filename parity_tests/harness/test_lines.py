"""Line-level parity without Octave: the instrumented copy, the Python side, the comparison."""

from types import SimpleNamespace

import numpy as np
import pytest

from both_sides.planted_faults import broken_port
from dltcnn import Layer, Net
from dltparity.cases.standard import Case
from dltparity.lines import steps, watch
from dltparity.lines.instrument import instrument
from dltparity.lines.python_side import watching
from dltparity.lines.steps import Event
from dltparity.original import mcode

CASE = Case("lines", "2c3-2s-3c2", 10, 12, images=3, batchsize=3, seed=3)


# The instrumented copy


def test_every_form_of_statement_is_watched_on_its_own_line():
    text = """function net = f(net, x)  % not this
    % nor this
    a = [1, 2]; b = 'x; y = 1'
    [q, ~] = max(net.o);
    net.k{i}{j + 1}(2, :) = a' ...
        * 2;
    for l = 1 : n
        if a == 1, z = 3; end
    end
    assert(a == b, 'no');
    net.(name)(2) = 1; f(a);
    return
end
"""
    assert instrument(text).splitlines() == [
        "function net = f(net, x); dlt_line(0, '', []);",
        "",
        "    a = [1, 2]; dlt_line(3, 'a', a); b = 'x; y = 1'; dlt_line(3, 'b', b);",
        "    [q, ~] = max(net.o); dlt_line(4, 'q', q);",
        "    net.k{i}{j + 1}(2, :) = a' ...",
        "        * 2; dlt_line(5, sprintf('net.k{%d}{%d}', i, j + 1), net.k{i}{j + 1});",
        "    for l = 1 : n; dlt_line(7, 'l', l);",
        "        if dlt_condition(8,  a == 1), z = 3; dlt_line(8, 'z', z); end",
        "    end",
        "    assert(a == b, 'no'); dlt_line(10, 'if', false);",
        "    net.(name)(2) = 1; dlt_line(11, sprintf('net.%s', name), net.(name)); f(a);"
        " dlt_line(11, '', []);",
        " dlt_line(12, '', []);     return",
        "end",
    ]


@pytest.mark.parametrize("code", ["switch a", "do", "try"])
def test_what_cannot_be_watched_is_refused_by_its_line(code):
    with pytest.raises(ValueError, match=f"line 2: '{code}' cannot be traced"):
        instrument(f"x = 1;\n{code}\n")


@pytest.mark.parametrize(
    ("code", "targets"),
    [
        ("a = b == c;", ["a"]),
        ("x(a == 1) = 2;", ["x(a == 1)"]),
        ("x=-y;", ["x"]),
        ("f(a == b);", []),
        ("a ~= b", []),
        ("a >= b", []),
    ],
)
def test_assignments_are_told_from_comparisons(code, targets):
    (line,) = mcode.lines(code)
    assert mcode.assigned(line.code, line.bare) == targets


# The Python side

FUNCTION = """
def helper(x):
    x = x + 1  # f.m:9
    return x


def f(net, rows):
    if rows is None:  # f.m:2
        raise ValueError("no rows")  # f.m:2
    total = 0  # f.m:3
    for i, row in enumerate(rows):  # f.m:4
        if row > 1:  # f.m:5
            total = (
                total
                + helper(row)
            )  # f.m:6
        elif row < 0:  # f.m:7
            pass
        net.found[i] = row  # f.m:8
    net.row[0] = 7.0  # g.m:1
    more = 1  # f.m:12
    more = helper(more)  # f.m:12
    for i in range(2):  # f.m:13
        net.found[i] = 0.0  # f.m:13
    name = "row"  # f.m:10
    setattr(net, name, ["a", rows[:0]])  # f.m:11
    return total
"""


@pytest.fixture
def watched(tmp_path):
    """The events of a made-up function."""
    path = tmp_path / "made_up.py"
    path.write_text(FUNCTION)
    namespace = {"__name__": "made_up"}
    exec(compile(FUNCTION, str(path), "exec"), namespace)
    net = SimpleNamespace(found=[0.0] * 3, row=np.zeros(2))
    with watching(path, "f.m") as events:
        namespace["f"](net, [5.0, -1.0, 0.5])
    return events


def test_statements_are_seen_in_order_once_they_are_done(watched):
    lines = [event.line for event in watched]
    assert lines == [
        0,
        2,
        3,
        *(4, 5, 0, 9, 6, 8),
        *(4, 5, 7, 8),
        *(4, 5, 7, 8),
        0,
        9,
        12,
        13,
        10,
        11,
    ]
    assert {event.line: event.python for event in watched}[6] == 13


NAMED = """
def f(net):
    layer, other = net.layers[1], 3  # f.m:1
    layer.b[0] = 7.0  # f.m:2
"""


@pytest.mark.parametrize(
    ("variables", "paths"),
    [
        (set(), [["other"], ["net.layers{2}.b{1}"]]),
        ({"layer"}, [["layer.scale", "other"], ["layer.b{1}"]]),
    ],
)
def test_a_layer_that_has_a_name_in_python_only_is_that_of_the_net(tmp_path, variables, paths):
    path = tmp_path / "named.py"
    path.write_text(NAMED)
    namespace = {"__name__": "named"}
    exec(compile(NAMED, str(path), "exec"), namespace)
    net = Net([Layer("i"), Layer("s", scale=2)])
    with watching(path, "f.m", variables) as events:
        namespace["f"](net)
    assert [sorted(event.values) for event in events[1:]] == paths


def test_values_are_matlabs(watched):
    shown = [
        (event.line, name, value.ravel().tolist())
        for event in watched
        for name, value in event.values.items()
    ]
    assert shown[:8] == [
        (2, "if", [False]),
        (3, "total", [0.0]),
        (4, "i", [1.0]),
        (4, "row", [6.0]),
        (5, "if", [True]),
        (9, "x", [6.0]),
        (6, "total", [6.0]),
        (8, "net.found{1}", [5.0]),
    ]
    assert shown[-1] == (10, "name", [114.0, 111.0, 119.0])
    assert not watched[-1].values  # text and empty lists inside a cell
    assert all(value.ndim == 2 for event in watched for value in event.values.values())


# The comparison


def event(line, python=None, **values):
    return Event(line, {k: np.array([[float(v)]]) for k, v in values.items()}, python)


def test_two_statements_may_do_the_work_of_one():
    theirs = [event(1, x=1), event(2, x=3)]
    ours = [event(1, 10, x=1), event(2, 11, helper=9), event(2, 12, x=3)]
    rows, divergence = steps.compare(theirs, ours)
    assert divergence is None
    assert [(row.line, row.python, row.values) for row in rows] == [(1, {10}, 1), (2, {12}, 1)]


def test_the_first_difference_is_named_and_all_are_counted():
    theirs = [event(1, x=1), event(2, y=1), event(3, z=1)]
    ours = [event(1, 10, x=1), event(2, 11, y=np.nextafter(1, 2)), event(3, 12, z=-1)]
    rows, divergence = steps.compare(theirs, ours)
    assert (divergence.line, divergence.python, divergence.step, divergence.row.field) == (
        2,
        11,
        2,
        "y",
    )
    assert [(row.different, row.bits) for row in rows] == [(0, 0), (1, 1), (1, 1)]


def test_a_loop_variable_may_be_left_unnamed():
    assert steps.compare([event(1, epoch=2)], [event(1, _=2)])[1] is None
    assert steps.compare([event(1, epoch=2)], [event(1, _=3)])[1].row.field == "epoch"


def test_a_call_ends_a_step():
    called = [event(steps.CALL), event(1, x=1)]
    wrong = [event(steps.CALL), event(1, x=2)]
    rows, divergence = steps.compare(called * 2, wrong + called)
    assert divergence.row.field == "x"
    assert [(row.steps, row.values, row.different) for row in rows] == [(2, 2, 1)]


@pytest.mark.parametrize(
    ("theirs", "ours", "problem"),
    [
        (
            [event(1), event(3)],
            [event(1), event(2)],
            "reference goes to line 3, the port to line 2",
        ),
        ([event(1), event(3)], [event(1)], "reference goes to line 3, the port to its end"),
        ([event(1)], [event(1), event(4)], "reference goes to its end, the port to line 4"),
        ([event(1, x=1)], [event(1, y=1)], "the port does not set it here"),
        ([event(1)], [event(1, **{"net.q": 1})], "the reference does not set it here"),
    ],
)
def test_other_ways_and_other_variables_are_differences(theirs, ours, problem):
    _, divergence = steps.compare(theirs, ours)
    assert problem in divergence.row.problem


# Planted faults, against the port's own clean lines

LATE = ("cnnbp", "net.dffb = mean(net.od, 2)", "net.dffb = mean(net.od, 2) * (1 + 2**-52)")


def test_a_fault_in_a_late_line_is_named_by_its_line():
    chosen = watch.function("cnnbp")
    clean = watch.port_events(chosen, CASE)
    with broken_port(*LATE):
        faulty = watch.port_events(chosen, CASE)
    rows, divergence = steps.compare(clean, faulty)
    assert (divergence.line, divergence.row.field) == (51, "net.dffb")
    assert chosen.python.read_text().splitlines()[divergence.python - 1].endswith("# cnnbp.m:51")
    assert [row.line for row in rows if row.different] == [51]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "line"),
    [
        ("cnnff", "layer.scale**2", "layer.scale**2 * 1.5", 24),
        ("cnnff", "for i in colon(inputmaps)", "for i in reversed(colon(inputmaps))", 12),
        ("cnnbp", "reversed(range(n - 1))", "reversed(range(1, n - 1))", 23),
        ("cnnapplygrads", "range(1, len(net.layers))", "range(len(net.layers))", 2),
        ("cnnsetup", "fan_in = inputmaps", "fan_in = 2 * inputmaps", 18),
    ],
)
def test_a_wrong_value_order_or_branch_is_named(name, right, wrong, line):
    chosen = watch.function(name)
    clean = watch.port_events(chosen, CASE)
    with broken_port(name, right, wrong):
        faulty = watch.port_events(chosen, CASE)
    assert steps.compare(clean, faulty)[1].line == line


def test_a_short_name_for_a_layer_is_that_layer():
    """``layer = net.layers[l]`` has no counterpart in MATLAB: what it sets is the net's."""
    events = watch.port_events(watch.function("cnnff"), CASE)
    paths = {path for event in events for path in event.values}
    assert {"net.layers{2}.a{1}", "net.layers{3}.a{1}"} <= paths
    assert not [path for path in paths if path.startswith(("layer", "below", "last"))]
