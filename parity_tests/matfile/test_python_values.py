"""Python's values in a net: kept in MATLAB's form, or refused by their path."""

import numpy as np
import pytest
import scipy.sparse

from dltcnn import Layer, Net, Opts
from dltcnn.matfile import load_net, save_net
from dltcnn.matlab.struct import Cell, Struct

pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # fields of any name


def back(tmp_path, value):
    net = Net([Layer("i")])
    net.mine = value
    save_net(tmp_path / "net.mat", net)
    return load_net(tmp_path / "net.mat").mine


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (True, np.array([[True]])),
        (np.bool_(False), np.array([[False]])),
        (3, np.array([[3.0]])),
        (2.5, np.array([[2.5]])),
        (1 + 2j, np.array([[1 + 2j]])),
        (np.uint8(7), np.array([[7]], np.uint8)),
        ([1, 2, 3], np.array([[1.0, 2.0, 3.0]])),
        ([[True, False]], np.array([[True, False]])),
        ([], np.zeros((0, 0))),
        (np.arange(3, dtype=np.int16), np.array([[0, 1, 2]], np.int16)),
        (np.array(1.5, np.float32), np.array([[1.5]], np.float32)),
        (np.array([[1, 2]], ">f8"), np.array([[1.0, 2.0]])),
        (np.asfortranarray(np.ones((2, 3))), np.ones((2, 3))),
        (np.ones((2, 1, 1)), np.ones((2, 1))),
        (scipy.sparse.csr_array([[0, 2.0]]), np.array([[0, 2.0]])),
        ("text", "text"),
        ("", ""),
        ("a\0\N{EURO SIGN}\N{GRINNING FACE}", "a\0\N{EURO SIGN}\N{GRINNING FACE}"),
        (np.str_("text"), "text"),
        (["one", "two"], Cell("mine", items=["one", "two"])),
        (np.array(["one", "two"]), Cell("mine", items=["one", "two"])),
        (np.array([["a", "b"], ["c", "d"]]), np.array([["a", "b"], ["c", "d"]])),
    ],
)
def test_what_matlab_has_is_kept(tmp_path, value, wanted):
    loaded = back(tmp_path, value)
    assert Cell("c", items=[loaded]) == Cell("c", items=[wanted])


@pytest.mark.parametrize("value", [{"a": 1, "b": {"c": "d"}}, Opts(alpha=0.5), {}])
def test_dicts_and_options_become_structs(tmp_path, value):
    loaded = back(tmp_path, value)
    assert type(loaded) is Struct
    wanted = vars(value) if isinstance(value, Opts) else value
    assert [*vars(loaded)] == [*wanted]


def test_a_net_in_a_net_becomes_a_struct(tmp_path):
    loaded = back(tmp_path, Net([Layer("i"), Layer("s", scale=2)]))
    assert loaded.layers.dims == (2, 1)
    net = Net([Layer("i")])
    net.best = Net([Layer("s", scale=3)])
    save_net(tmp_path / "net.mat", net)
    assert load_net(tmp_path / "net.mat", "net.best") == net.best


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, r"net\.mine is None, for which MATLAB has nothing: .* leave it out with del net"),
        ({1, 2}, r"net\.mine is a set"),
        (object(), r"net\.mine is a object"),
        (b"bytes", r"net\.mine is a bytes"),
        ([[1], [1, 2]], r"net\.mine is a list of parts that make no array"),
        (2**60, r"net\.mine is 1152921504606846976, which no double is"),
        (np.float16(1), r"net\.mine is an array of class float16"),
        (np.array([None]), r"net\.mine is an array of class object"),
        (np.array(["2020-01-01"], "M8[D]"), r"net\.mine is an array of class datetime64"),
        ({"a": [1, None]}, r"net\.mine\.a is a list of parts"),
        ({"a": {"b": None}}, r"net\.mine\.a\.b is None"),
        (Cell("mine", items=[1, None]), r"net\.mine\{2\} is None"),
    ],
)
def test_what_matlab_has_not_is_refused_by_path(tmp_path, value, words):
    with pytest.raises(TypeError, match=words):
        back(tmp_path, value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a b", "net has a field 'a b': the name of one has letters"),
        ("1a", "has a field '1a'"),
        ("na\u00efve", "has a field"),
        ("__class__", "has a field '__class__'"),
        ("a" * 64, "names have at most 63 characters"),
    ],
)
def test_names_that_matlab_has_not_are_refused(tmp_path, name, words):
    net = Net([Layer("i")])
    vars(net)[name] = 1
    with pytest.raises(ValueError, match=words):
        save_net(tmp_path / "net.mat", net)


@pytest.mark.parametrize("name", ["_note", "a" * 63, "A", "lambda", "copy"])
def test_other_names_are_kept(tmp_path, name):
    net = Net([Layer("i")])
    vars(net)[name] = 1
    save_net(tmp_path / "net.mat", net)
    assert load_net(tmp_path / "net.mat") == net


def test_what_holds_itself_is_refused(tmp_path):
    net = Net([Layer("i")])
    net.mine = {"a": 1}
    net.mine["me"] = net.mine
    with pytest.raises(ValueError, match="lies deeper than 100 structs and cells"):
        save_net(tmp_path / "net.mat", net)
