"""Function handles and objects are kept as they came."""

from copy import deepcopy

import numpy as np
import pytest

from dltcnn import Layer, Net, cnnff
from dltcnn.matfile import load_net, save_net
from dltcnn.matfile.writing import Writer
from dltcnn.matlab.foreign import Foreign
from dltcnn.matlab.struct import Struct

pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # fields of any name


def struct(**fields):
    made = Struct()
    vars(made).update(fields)
    return made


def element(kind, value, before=b""):
    """Make an element of another class of the one of a struct."""
    raw = bytearray(b"".join(map(bytes, Writer().array(value, "x"))))
    raw[16] = kind
    if before:
        raw = raw[:48] + before + raw[48:]
        raw[4:8] = (len(raw) - 8).to_bytes(4, "little")
    return bytes(raw)


def handle(function="sf%0@(x)max(0,x)", kind="anonymous"):
    """A function handle as MATLAB writes it: a struct in an element of class 16."""
    function = struct(function=function, type=kind, file="")
    inner = struct(matlabroot="/", separator="/", sentinel="@", function_handle=function)
    flags = b"\6\0\0\0\x08\0\0\0\x10\0\0\0\0\0\0\0"
    dims, name = b"\5\0\0\0\x08\0\0\0\1\0\0\0\1\0\0\0", b"\1\0\0\0\0\0\0\0"
    content = flags + dims + name + b"".join(map(bytes, Writer().array(inner, "x")))
    return b"\x0e\0\0\0" + len(content).to_bytes(4, "little") + content


def net_with(value):
    net = Net([Layer("i")])
    net.act_fun = value
    return net


def test_a_function_handle_comes_back_as_it_came(tmp_path):
    save_net(tmp_path / "net.mat", net_with(Foreign("", handle(), objects=b"\x0e\0\0\0\0\0\0\0")))
    net = load_net(tmp_path / "net.mat")
    assert net.act_fun.description == "a function handle, @(x)max(0,x)"
    assert (net.act_fun.raw, net.act_fun.objects) == (handle(), b"\x0e\0\0\0\0\0\0\0")
    save_net(tmp_path / "again.mat", deepcopy(net))
    assert load_net(tmp_path / "again.mat") == net
    bits = [(tmp_path / name).read_bytes()[116:] for name in ("net.mat", "again.mat")]
    assert bits[0] == bits[1]


def test_octave_reads_the_handle(octave, tmp_path):
    save_net(tmp_path / "net.mat", net_with(Foreign("", handle("abs", "simple"))))
    assert load_net(tmp_path / "net.mat").act_fun.description == "a function handle, @abs"
    octave.give("file", str(tmp_path / "net.mat"))
    octave.eval("net = load(file).net; r = net.act_fun([-1 2]);")
    assert octave.pull("r").tolist() == [[1, 2]]


def test_an_object_is_named_by_its_class(tmp_path):
    name = b"\1\0\0\0\x05\0\0\0point\0\0\0"
    raw = element(3, struct(x=1.0), name)
    save_net(tmp_path / "net.mat", net_with(Foreign("", raw)))
    net = load_net(tmp_path / "net.mat")
    assert net.act_fun.description == "an object of class point"
    save_net(tmp_path / "again.mat", net)
    assert load_net(tmp_path / "again.mat") == net


def test_complex_integers_are_kept(tmp_path):
    raw = bytearray(b"".join(map(bytes, Writer().array(np.array([[1 + 2j, 3 + 4j]]), "x"))))
    raw[16] = 8
    save_net(tmp_path / "net.mat", net_with(Foreign("", bytes(raw))))
    net = load_net(tmp_path / "net.mat")
    assert net.act_fun.description == "a complex array of an integer class"
    save_net(tmp_path / "again.mat", net)
    assert load_net(tmp_path / "again.mat") == net


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            Foreign("a function handle"),
            r"net\.act_fun is a function handle that came from a file",
        ),
        (
            Foreign("an object", b"x", ">"),
            "that came from a computer of another kind: leave",
        ),
    ],
)
def test_what_cannot_be_written_is_refused_by_path(tmp_path, value, words):
    with pytest.raises(TypeError, match=words):
        save_net(tmp_path / "net.mat", net_with(value))


def test_objects_of_two_files_do_not_mix(tmp_path):
    net = net_with(Foreign("a", handle(), objects=b"1"))
    net.other = Foreign("an object", handle(), objects=b"2")
    with pytest.raises(TypeError, match="is an object that came from another file than"):
        save_net(tmp_path / "net.mat", net)


def test_a_net_with_a_handle_still_computes():
    net = net_with(Foreign("a function handle"))
    net.ffW, net.ffb = np.ones((1, 4)), np.zeros((1, 1))
    assert cnnff(net, np.ones((2, 2, 2))).act_fun == net.act_fun
