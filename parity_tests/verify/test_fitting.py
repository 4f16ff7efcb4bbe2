"""What does not fit is said before any work, in words; what is odd is noted."""

import json
from pathlib import Path

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
from dltparity.verify import read, run, saved
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
def saved_as(tmp_path):
    """Save a net, and return the command line that verifies it."""

    def save(net):
        save_net(tmp_path / "net.mat", net)
        return ["verify", str(tmp_path / "net.mat"), "--out", str(tmp_path)]

    return save


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
        (
            {"x": RNG.random((9, 9, 20)), "y": Y},
            "images of 9x9, and those of its last batch are 6x6",
        ),
        ({"x": X, "y": Y, "test_x": RNG.random((9, 9, 20)), "test_y": Y}, "images of 9x9"),
        ({"x": X[:3].repeat(4, 1)[:, :12], "y": Y}, "images of 3x12"),
        ({"x": X, "y": 1 + np.arange(20)[:, None] % 3}, "class numbers from 1 to 3"),
        ({"x": X, "y": np.ones((4, 20))}, "targets"),
    ],
)
def test_data_for_another_net_are_refused(net, tmp_path, variables, wording):
    with pytest.raises(RequestError, match=f"^the data do not fit the net: .*{wording}"):
        check_data(given(net, tmp_path, **variables), "cnn")


def test_without_a_batch_in_the_file_the_outputs_tell_the_size(net, tmp_path):
    del net.layers[0].a
    with pytest.raises(RequestError, match="the net was set up for other images, such as 6x6"):
        check_data(given(net, tmp_path, x=RNG.random((9, 9, 20)), y=Y), "cnn")


@pytest.mark.parametrize(
    ("variables", "wording"),
    [
        ({"x": "abc", "y": "def"}, "x holds no real numbers: it is "),
        ({"x": X + 1j, "y": Y}, "x holds no real numbers: it is a 6x6x20 complex double"),
        ({"x": X, "y": np.array([[1.0], "a"], object)}, "y holds no real numbers"),
        ({"x": X, "y": np.ones((3, 2, 20))}, "targets of 3x2x20: expected"),
    ],
)
def test_data_that_are_no_numbers_are_refused(net, tmp_path, variables, wording):
    with pytest.raises(RequestError, match=wording):
        given(net, tmp_path, **variables)


def test_names_that_belong_together_come_before_a_mixture(net, tmp_path):
    found = given(net, tmp_path, x=0 * X, train_x=X, train_y=Y)
    assert found.notes == ["images and targets are train_x and train_y of the file"]


@pytest.mark.parametrize("alpha", [np.nan, np.inf, -np.inf])
def test_a_learning_rate_that_is_not_finite_is_refused(tmp_path, alpha):
    scipy.io.savemat(tmp_path / "opts.mat", {"alpha": alpha})
    with pytest.raises(RequestError, match=f"alpha is {alpha:g}: expected a finite number"):
        read._opts(tmp_path / "opts.mat", [])


@pytest.mark.parametrize(
    ("layer", "option", "family"),
    [
        (1, {}, "cnn"),
        (1, {"activation": "sigm", "maps": np.ones((1, 2))}, "cnn"),
        (0, {"channels": 1}, "cnn"),
        (2, {"trainable": False}, "cnn"),
        (1, {"activation": "tanh"}, "acnn"),
        (1, {"maps": np.array([[0, 1]])}, "acnn"),
        (1, {"kernelsize": np.array([[3, 3]])}, "acnn"),
        (0, {"channels": 3}, "acnn"),
        (2, {"trainable": True}, "acnn"),
        (2, {"scale": np.array([[2, 1]])}, "acnn"),
    ],
)
def test_the_family_is_told_by_the_layers_options(net, layer, option, family):
    vars(net.layers[layer]).update(option)
    assert run._family(net) == family


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


def test_without_the_originals_files_a_net_of_the_toolbox_is_not_judged(
    net, saved_as, capsys, monkeypatch, tmp_path
):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "none")
    assert cli.main(saved_as(net)) == 3
    assert "run `dltparity fetch`" in capsys.readouterr().err


def test_a_refusal_names_the_option_of_the_command_line(tmp_path, capsys):
    layers = np.empty((1, 1), object)
    layers[0, 0] = {"type": "i"}
    scipy.io.savemat(tmp_path / "two.mat", {each: {"layers": layers} for each in ("a", "b")})
    assert cli.main(["verify", str(tmp_path / "two.mat"), "--out", str(tmp_path)]) == 2
    assert "which variable is meant with --name\n" in capsys.readouterr().err


ODD = {
    "layers{2}.k{1}{1}": lambda net: net.layers[1].k[0][0],
    "ffW": lambda net: net.ffW,
    "e": lambda net: net.e,
    "layers{1}.a{1}": lambda net: net.layers[0].a[0],
}


@pytest.mark.parametrize("field", ODD)
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_named(net, field, value):
    assert saved.not_finite(net) == ""
    ODD[field](net)[0, 0] = value
    assert saved.not_finite(net) == f"{field} holds {value:g}"


@pytest.mark.octave
@pytest.mark.original
@pytest.mark.parametrize("field", ["layers{2}.k{1}{1}", "e"])
def test_an_altered_net_with_nan_is_never_passed(net, saved_as, capsys, field):
    ODD[field](net)[0, 0] = np.nan
    assert cli.main(saved_as(net)) == 4
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"NOT MEASURED: {field} holds nan; see ")


@pytest.mark.octave
@pytest.mark.original
@pytest.mark.parametrize("names", [("x",), ("y",), ("x", "y")])
def test_single_data_of_a_double_net_are_judged_by_bits_alone(net, saved_as, names):
    data = {"x": X, "y": Y}
    data |= {name: data[name].astype(np.float32) for name in names}
    words = saved_as(net)
    scipy.io.savemat(Path(words[-1]) / "data.mat", data)
    assert cli.main([*words, "--data", f"{words[-1]}/data.mat"]) == 0
    found = json.loads((Path(words[-1]) / "verify-net.json").read_text())
    skipped = [each["stage"] for each in found["not_judged"] if "mixed" in each["reason"]]
    assert (
        skipped == [f"passes on the data ({each} BLAS)" for each in found["provenance"]["blas"]][1:]
    )


@pytest.mark.octave
@pytest.mark.original
def test_a_net_that_no_data_have_met_is_judged_on_data(saved_as):
    layers = [Layer("i"), Layer("c", outputmaps=1, kernelsize=3), Layer("s", scale=2)]
    words = saved_as(cnnsetup(Net(layers), X, Y, OctaveRandom(0)))
    scipy.io.savemat(Path(words[-1]) / "data.mat", {"x": X, "y": Y})
    assert cli.main([*words, "--data", f"{words[-1]}/data.mat"]) == 0


@pytest.mark.octave
@pytest.mark.original
def test_a_training_of_no_epochs_is_none_that_passed(net, saved_as):
    words = saved_as(net)
    folder = Path(words[-1])
    scipy.io.savemat(folder / "data.mat", {"x": X, "y": Y})
    scipy.io.savemat(folder / "opts.mat", {"alpha": 0.5, "batchsize": 5.0, "numepochs": 0.0})
    words += ["--data", str(folder / "data.mat"), "--opts", str(folder / "opts.mat")]
    assert cli.main(words) == 0
    found = json.loads((folder / "verify-net.json").read_text())
    reasons = [each["reason"] for each in found["not_judged"] if "training" in each["stage"]]
    assert reasons and all(each == "numepochs is 0: nothing would be trained" for each in reasons)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("say which variable is meant with name=", "say which variable is meant with --name"),
        ('load it with name="a.b"', 'load it with --name "a.b"'),
        ("name='x' was given:\n  expected", "--name 'x' was given: expected"),
        ("'a_name=3.mat' holds no net", "'a_name=3.mat' holds no net"),
    ],
)
def test_an_argument_of_load_net_becomes_an_option(text, told):
    assert read._on_the_command_line(text) == told
