"""What does not fit is said before any work, in words; what is odd is noted."""

import numpy as np
import pytest
import scipy.io

from dltcnn import Layer, Net, OctaveRandom, Opts, cnnsetup, cnntrain
from dltcnn.matfile import save_net
from dltcnn.matlab.foreign import Foreign
from dltcnn.matlab.struct import Struct
from dltparity import cli
from dltparity.errors import RequestError
from dltparity.original import cache
from dltparity.verify import read, run
from dltparity.verify.data import read_data
from dltparity.verify.fitting import check_data, foreign

RNG = np.random.default_rng(0)
X, Y = RNG.random((6, 6, 20)), np.eye(3)[:, np.arange(20) % 3]


@pytest.fixture
def net():
    layers = [Layer("i"), Layer("c", outputmaps=1, kernelsize=3), Layer("s", scale=2)]
    rng = OctaveRandom(0)
    net = cnnsetup(Net(layers), X, Y, rng)
    return cnntrain(net, X, Y, Opts(alpha=0.5, batchsize=5, numepochs=1), rng, verbose=False)


@pytest.fixture
def saved(net, tmp_path):
    """The command line up to the net's file, and the folder."""
    save_net(tmp_path / "net.mat", net)
    return ["verify", str(tmp_path / "net.mat"), "--out", str(tmp_path)], tmp_path


def given(net, folder, **variables):
    scipy.io.savemat(folder / "data.mat", variables)
    notes = []
    return read.Given(net, {}, read_data(folder / "data.mat", 3, notes), notes=notes)


def test_data_that_fit_are_not_noted(net, tmp_path):
    found = given(net, tmp_path, x=X, y=Y)
    check_data(found, "cnn")
    assert found.notes == ["images and targets are x and y of the file"]


@pytest.mark.parametrize(
    ("variables", "wording"),
    [
        ({"x": X, "y": 1 + np.arange(20)[None] % 3}, r"class numbers from 1 to 3: .* one_of_many"),
        ({"x": RNG.random((9, 9, 20)), "y": Y}, r"the net was set up for other images, such as"),
        ({"x": X, "y": Y, "test_x": RNG.random((9, 9, 20)), "test_y": Y}, "other images"),
        ({"x": X, "y": np.ones((4, 20))}, "targets"),
    ],
)
def test_data_for_another_net_are_refused(net, tmp_path, variables, wording):
    with pytest.raises(RequestError, match=f"^the data do not fit the net: .*{wording}"):
        check_data(given(net, tmp_path, **variables), "cnn")


@pytest.mark.parametrize("more", [{}, {"test_x": 255 * X, "test_y": Y}])
def test_values_that_the_functions_were_not_made_for_are_noted_once(net, tmp_path, more):
    found = given(net, tmp_path, x=255 * X, y=Y, **more)
    check_data(found, "cnn")
    assert sum("x holds values up to" in each for each in found.notes) == 1


@pytest.mark.parametrize("names", [("images", "labels"), ("data", "targets")])
def test_usual_names_of_images_and_targets_are_taken(net, tmp_path, names):
    found = given(net, tmp_path, **dict(zip(names, (X, Y), strict=True)))
    assert np.array_equal(found.data.x, X) and np.array_equal(found.data.y, Y)


def test_options_without_alpha_are_named(tmp_path):
    scipy.io.savemat(tmp_path / "opts.mat", {"opts": {"learningrate": 1.0, "batchsize": 5.0}})
    notes = []
    assert vars(read._opts(tmp_path / "opts.mat", notes)) == {"batchsize": 5.0}
    assert notes == ["the options hold no alpha: they hold learningrate, batchsize"]
    scipy.io.savemat(tmp_path / "opts.mat", {"alpha": 1.0})
    read._opts(tmp_path / "opts.mat", notes)
    assert len(notes) == 1


HANDLE = Foreign("a function handle, @(x)max(0,x)")
OPTIONS = Struct()
OPTIONS.alpha = 1.0


@pytest.mark.parametrize(
    ("place", "value", "wording"),
    [
        ("net", HANDLE, "net.odd is a function handle, @(x)max(0,x), which"),
        ("layer", HANDLE, "net.layers{2}.odd is a function handle"),
        ("net", OPTIONS, "net.odd is a struct with the fields alpha, which"),
        ("net", np.array([1j]), "net.odd is a 1x1 complex double, which"),
    ],
)
def test_what_octave_cannot_be_handed_is_named_with_a_remedy(net, place, value, wording):
    struct = {"net": "net", "layer": "net.layers{2}"}[place]
    vars(net if place == "net" else net.layers[1])["odd"] = value
    assert foreign(net).startswith(wording)
    assert f"{struct} = rmfield({struct}, 'odd')" in foreign(net)


def test_numbers_text_and_cells_of_them_are_handed(net):
    assert foreign(net) == ""
    net.note, net.count, net.flag, net.empty = "a note", 3, np.array(True), []
    assert foreign(net) == ""


def test_a_net_with_a_handle_is_not_measured_and_the_last_line_says_why(
    net, tmp_path, capsys, monkeypatch, acnn_session
):
    monkeypatch.setattr(run, "read", lambda *given: read.Given(net, read._writer(given[0])))
    monkeypatch.setattr(run, "require_original", lambda: None)
    monkeypatch.setattr(run, "octave_paths", lambda _: run.acnn_paths())
    monkeypatch.setattr(run, "BLAS", {"reference": run.BLAS["reference"]})
    save_net(tmp_path / "net.mat", net)
    net.act_fun = HANDLE
    assert cli.main(["verify", str(tmp_path / "net.mat"), "--out", str(tmp_path)]) == 4
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("NOT MEASURED: net.act_fun is a function handle, @(x)max(0,x), which")


def test_without_the_originals_files_a_net_of_the_toolbox_is_not_judged(saved, capsys, monkeypatch):
    words, folder = saved
    monkeypatch.setattr(cache, "cache_folder", lambda: folder / "none", raising=True)
    assert cli.main(words) == 3
    assert "run `dltparity fetch`" in capsys.readouterr().err


def test_a_refusal_names_the_option_of_the_command_line(tmp_path, capsys):
    layers = np.empty((1, 1), object)
    layers[0, 0] = {"type": "i"}
    scipy.io.savemat(tmp_path / "two.mat", {each: {"layers": layers} for each in ("a", "b")})
    assert cli.main(["verify", str(tmp_path / "two.mat"), "--out", str(tmp_path)]) == 2
    assert "which variable is meant with --name\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("say which variable is meant with name=", "say which variable is meant with --name"),
        ('load it with name="a.b"', 'load it with --name "a.b"'),
        ("name='x' was given:\n  expected", "--name 'x' was given: expected"),
    ],
)
def test_an_argument_of_load_net_becomes_an_option(text, told):
    assert read._on_the_command_line(text) == told
