"""Nets in and out of .mat files, whole: by themselves and with Octave on the other side."""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, net_of
from dltcnn import Net, OctaveRandom, Opts, cnnff, cnntest, cnntrain
from dltcnn.matfile import load_net, save_net
from dltparity.cases.shorthand import build, parse
from dltparity.traces.trace import net_fields

OPTS = Opts(alpha=1, batchsize=4, numepochs=1)


def trained(text="3c3-2s-2c2", classes=3, x_class=float):
    x, y = images(12, 10, 8, classes)
    x = x.astype(x_class)
    return cnntrain(net_of(text, x, y), x, y, OPTS, OctaveRandom(0), verbose=False), x, y


@pytest.mark.parametrize("text", ["3c3-2s-2c2", "1c1", "2s", ""])
@pytest.mark.parametrize("classes", [1, 3])
@pytest.mark.parametrize("x_class", [float, np.float32])
def test_every_field_comes_back(tmp_path, text, classes, x_class):
    net, x, y = trained(text, classes, x_class)
    save_net(tmp_path / "net.mat", net)
    loaded = load_net(tmp_path / "net.mat")
    assert_same(net_fields(net), net_fields(loaded))
    assert [layer.type for layer in loaded.layers] == [layer.type for layer in net.layers]
    again = [cnntrain(n, x, y, OPTS, OctaveRandom(2), verbose=False) for n in (net, loaded)]
    assert_same(*map(net_fields, again))
    assert [path.name for path in tmp_path.iterdir()] == ["net.mat"]


def test_a_net_without_weights_comes_back(tmp_path):
    save_net(tmp_path / "net.mat", Net(build(parse("6c5-2s"))), name="cnn")
    loaded = load_net(tmp_path / "net.mat", name="cnn")
    assert vars(loaded.layers[1])["outputmaps"] == 6
    assert not hasattr(loaded, "ffW")
    assert not loaded.layers[1].k


def test_octave_reads_what_is_written(live, tmp_path):
    net, x, y = trained()
    save_net(tmp_path / "net.mat", net)
    live.session.give("in", {"file": str(tmp_path / "net.mat"), "x": x, "y": y})
    live.session.eval(
        f"clear('net', 't'); load(in.file); [t.er, t.bad] = {live.family}test(net, in.x, in.y);"
    )
    er, _ = cnntest(net, x, y)
    assert live.session.fields("t")["er"] == er
    assert_same(live.session.fields("net"), net_fields(net))


def test_what_octave_writes_is_read(live, tmp_path):
    net, x, _ = trained()
    live.session.give("net", net)
    live.session.give("file", str(tmp_path / "theirs.mat"))
    live.session.eval("other.x = 1; save('-v7', file, 'net', 'other');")
    loaded = load_net(tmp_path / "theirs.mat")
    assert_same(live.session.fields("net"), net_fields(loaded))
    assert_same(net_fields(cnnff(net, x)), net_fields(cnnff(loaded, x)))


def test_a_missing_file_is_its_own_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_net(tmp_path / "none.mat")


@pytest.mark.parametrize("name", ["2net", "_net", "a b", "", "na\u00efve"])
def test_names_that_matlab_does_not_take_are_refused(tmp_path, name):
    with pytest.raises(ValueError, match="not the name of a MATLAB variable"):
        save_net(tmp_path / "net.mat", Net(build(parse("6c5-2s"))), name)


def test_a_failed_write_leaves_the_earlier_file(tmp_path):
    path = tmp_path / "net.mat"
    path.write_text("earlier")
    net = Net(build(parse("6c5-2s")))
    net.strange = object()
    with pytest.raises(TypeError):
        save_net(path, net)
    assert path.read_text() == "earlier"
    assert [entry.name for entry in tmp_path.iterdir()] == ["net.mat"]


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("missing/net.mat", FileNotFoundError),
        ("file/net.mat", NotADirectoryError),
        ("folder", IsADirectoryError),
    ],
)
def test_a_file_that_cannot_be_written_is_named(tmp_path, path, error):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    words = rf"^{tmp_path / path} cannot be written \([A-Z][a-z ]+\): name a file in a folder"
    with pytest.raises(error, match=words):
        save_net(tmp_path / path, Net(build(parse("2s"))))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("net", [None, {"layers": []}, "net"])
def test_what_is_no_net_is_not_written(tmp_path, net):
    with pytest.raises(TypeError, match=f"net is of type {type(net).__name__}: expected one such"):
        save_net(tmp_path / "net.mat", net)


def test_a_name_is_text(tmp_path):
    with pytest.raises(ValueError, match="None is not the name of a MATLAB variable"):
        save_net(tmp_path / "net.mat", Net(build(parse("2s"))), name=None)
