"""Nets whose fields were changed by hand: the port fails where Octave does, in its words."""

import numpy as np
import pytest

from both_sides.functions import assert_same_outcome
from both_sides.programs import Program, run_in_octave, run_in_port

NOTHING, ROW, COLUMN = np.zeros((0, 0)), np.full((1, 2), 3.0), np.full((2, 1), 3.0)
NUMBERS = {
    "outputmaps": (1, 1, 3, 0, 2.5, np.nan, ROW, NOTHING),
    "kernelsize": (1, 4, 2, 0, -1, 2.5, np.nan, np.inf, ROW, COLUMN, np.ones((2, 2)), NOTHING),
    "scale": (2, 4, 0, -1, -2, 2.5, np.nan, np.inf, -np.inf, ROW, NOTHING),
}
ARRAYS = {
    "nothing": np.zeros((0, 0)),
    "NaN": np.array([[np.nan]]),
    "a row": np.array([[1.0, 2.0, 3.0]]),
    "a column": np.array([[1.0], [2.0], [3.0]]),
    "pages": np.ones((3, 4, 2)),
    "int8": np.ones((3, 1), np.int8),
}
STAGES = {
    "before": ("setup", "change", "ff", "bp", "applygrads"),
    "between": ("setup", "ff", "change", "bp", "applygrads"),
    "after": ("setup", "ff", "bp", "change", "applygrads"),
    "training": ("setup", "change", "train", "test"),
}
NET = "2c3-2s-2c2"


def changed(name, stages, path, value, change):
    return pytest.param(
        Program(NET, STAGES[stages], changed_fields={path: value}, change=change), id=name
    )


def numbers():
    for field, (layer, *values) in NUMBERS.items():
        for value in values:
            for stages in ("before", "between"):

                def change(net, layer=layer, field=field, value=value):
                    setattr(net.layers[layer], field, value)

                path = f"layers{{{layer + 1}}}.{field}"
                name = f"{field} {value} {stages}".replace("\n", "")
                yield changed(name, stages, path, value, change)


CHANGED = {
    "ffW": ("before", "between"),
    "ffb": ("before",),
    "fv": ("between",),
    "o": ("between",),
    "dffW": ("after",),
    "dffb": ("after",),
}


def arrays():
    for field, moments in CHANGED.items():
        for kind, value in ARRAYS.items():
            for stages in moments:

                def change(net, field=field, value=value):
                    setattr(net, field, value.copy())

                yield changed(f"{field} {kind} {stages}", stages, field, value, change)


def cells():
    for field in ("k", "dk"):
        for kind, value in ARRAYS.items():
            for stages in ("before", "between") if field == "k" else ("after",):

                def change(net, field=field, value=value):
                    getattr(net.layers[3], field)[0][0] = value.copy()

                path = f"layers{{4}}.{field}{{1}}{{1}}"
                yield changed(f"{field} {kind} {stages}", stages, path, value, change)


def shortened():
    for stages in STAGES:
        yield changed(
            f"k {stages}", stages, "layers{4}.k(2)", "= []", lambda net: net.layers[3].k.pop()
        )
        yield changed(
            f"k{{1}} {stages}",
            stages,
            "layers{4}.k{1}(2)",
            "= []",
            lambda net: net.layers[3].k[0].pop(),
        )
        yield changed(
            f"b {stages}", stages, "layers{2}.b(2)", "= []", lambda net: net.layers[1].b.pop()
        )


@pytest.mark.parametrize("program", [*numbers(), *arrays(), *cells(), *shortened()])
def test_odd_fields(original_session, program):
    assert_same_outcome(run_in_octave(original_session, program), run_in_port(program))


def test_short_cells_are_out_of_bound():
    found = [run_in_port(param.values[0]) for param in shortened() if param.id.endswith("before")]
    assert [message for message, _ in found] == ["net(2): out of bound 1 (dimensions are 1x1)"] * 3
    assert [line for _, line in found] == ["cnnff.m:14", "cnnff.m:14", "cnnff.m:17"]
