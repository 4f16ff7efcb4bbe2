"""Two nets, traces, arrays or .mat files. No Octave is needed."""

import json
from pathlib import Path

import numpy as np
import pytest
import scipy.io

import dltparity
from dltcnn import Layer, Net, OctaveRandom, cnnsetup
from dltcnn.matfile import save_net
from dltcnn.matlab.foreign import Foreign
from dltcnn.matlab.struct import Struct, StructArray
from dltparity import cli, comparing


def net():
    layers = [Layer("i"), Layer("c", outputmaps=2, kernelsize=3), Layer("s", scale=2)]
    return cnnsetup(Net(layers), np.zeros((8, 8, 2)), np.zeros((3, 2)), OctaveRandom(0))


def with_handle(text, raw):
    one = net()
    one.act_fun = Foreign(f"a function handle, {text}", raw)
    return one


def test_function_handles_are_compared_by_what_they_are_and_by_their_bytes():
    given = with_handle("@(x)x", b"1")
    assert dltparity.compare(given, with_handle("@(x)x", b"1")).same
    for other in (with_handle("@(x)-x", b"1"), with_handle("@(x)x", b"2"), net()):
        found = dltparity.compare(given, other)
        assert [row.field for row in found.different] == ["act_fun"]


def test_a_text_of_the_net_itself_is_compared():
    a, b = net(), net()
    a.activation, b.activation = "tanh", "linear"
    assert [row.field for row in dltparity.compare(a, b).different] == ["activation"]


def test_structs_in_a_net_are_compared_field_by_field():
    a, b = net(), net()
    for each, rate in ((a, 1.0), (b, 2.0)):
        each.options, each.log = Struct(), StructArray(["loss"], (1, 2), [Struct(), Struct()])
        each.options.alpha = each.log[1].loss = rate
    found = dltparity.compare(a, b)
    assert [row.field for row in found.different] == ["options.alpha", "log(2).loss"]


def test_files_with_function_handles_are_refused_with_the_way_round(tmp_path, capsys, monkeypatch):
    scipy.io.savemat(tmp_path / "a.mat", {"x": 1.0})
    monkeypatch.setattr(comparing, "as_value", lambda _: b"what scipy makes of a handle")
    assert cli.main(["compare", *[str(tmp_path / "a.mat")] * 2]) == 2
    assert "holds a function handle or an object" in capsys.readouterr().err


def test_two_nets():
    a, b = net(), net()
    found = dltparity.compare(a, b)
    assert found and found.same
    assert "all the same, bit for bit" in repr(found)
    b.layers[1].k[0][1][2, 0] += 1e-16
    found = dltparity.compare(a, b)
    assert not found
    assert [row.field for row in found.different] == ["layers{2}.k{1}{2}"]
    assert "layers{2}.k{1}{2}: 1 of 9 values differ" in repr(found)
    assert "the first at (3, 1)" in repr(found)


def test_text_counts():
    a, b = net(), net()
    b.layers[2].type = "c"
    assert [row.field for row in dltparity.compare(a, b).different] == ["layers{3}.type"]


@pytest.mark.parametrize(
    "a, b, wording",
    [
        (np.zeros((2, 3)), np.zeros((3, 2)), "the value: size 2x3 in the first, 3x2 in the second"),
        (np.zeros((2, 3)), np.zeros((2, 3), np.float32), "class double in the first, single"),
        ({"a": np.ones((1, 1))}, {"b": np.ones((1, 1))}, "a: is missing in the second"),
        (0.0, -0.0, "1 of 1 values differ, by up to 0"),
        ({}, {}, "0 fields"),
    ],
)
def test_what_differs_is_said(a, b, wording):
    found = dltparity.compare(a, b)
    assert not found
    assert wording in repr(found)


def test_any_nan_is_any_nan():
    assert dltparity.compare(np.array([[np.nan]]), -np.array([[np.nan]]))


def test_the_command(tmp_path, capsys):
    a, b = tmp_path / "a.mat", tmp_path / "it's;system('touch hit').mat"
    first, second = net(), net()
    save_net(a, first)
    second.ffb[1, 0] = 1
    save_net(b, second, name="other")
    assert cli.main(["compare", str(a), str(a)]) == 0
    assert cli.main(["compare", str(a), str(b)]) == 1
    assert "value.ffb: 1 of 3 values differ" in capsys.readouterr().out
    assert cli.main(["compare", str(a), str(b), "--json"]) == 1
    content = json.loads(capsys.readouterr().out)
    assert [row["field"] for row in content["fields"] if not row["same"]] == ["value.ffb"]


def test_wrong_requests(tmp_path, capsys):
    (tmp_path / "text.mat").write_text("no")
    scipy.io.savemat(tmp_path / "empty.mat", {})
    scipy.io.savemat(tmp_path / "x.mat", {"x": 1.0})
    for first, more, wording in (
        ("none.mat", [], "cannot be read"),
        ("text.mat", [], "cannot be read as a .mat file"),
        ("empty.mat", [], "holds no variable"),
        ("x.mat", ["--name", "y"], "has no 'y': it has x"),
    ):
        path = str(tmp_path / first)
        assert cli.main(["compare", path, str(tmp_path / "x.mat"), *more]) == 2
        assert wording in capsys.readouterr().err


def test_one_thing_has_the_name():
    assert dltparity.compare is comparing.compare
    assert not Path(dltparity.__file__).with_name("compare").exists()
    with pytest.raises(AttributeError, match="no attribute 'compares'"):
        _ = dltparity.compares
