"""A net that the original trained in Octave and saved: what its file holds is verified."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.io

from dltcnn import Layer, Net, OctaveRandom, acnnsetup
from dltcnn.matfile import load_net, save_net
from dltparity import cli
from dltparity.octave.blas import NoBlas
from dltparity.verify import run

TRAIN = """
    net = struct();
    net.layers = {struct('type', 'i'); struct('type', 'c', 'outputmaps', 2, 'kernelsize', 3); ...
                  struct('type', 's', 'scale', 2)};
    rand('state', 0);
    x = rand(8, 8, 20); y = double(rand(3, 20) < 0.3);
    opts.alpha = 0.5; opts.batchsize = 5; opts.numepochs = 1;
    net = cnntrain(cnnsetup(net, x, y), x, y, opts);
    save('-v6', [folder '/six.mat'], 'net');
    save('-v7', [folder '/seven.mat'], 'net');
    save('-v7', [folder '/data.mat'], 'x', 'y');
    save('-v7', [folder '/opts.mat'], 'opts');
    good = net;
    net.layers{2}.k{1}{2}(3, 1) = net.layers{2}.k{1}{2}(3, 1) + 0.125;
    save('-v7', [folder '/kernel.mat'], 'net');
    net = good;
    net.ffW(2, 5) = net.ffW(2, 5) + 1e-3;
    save('-v7', [folder '/ffW.mat'], 'net');
    net = good;
    net.layers{2}.dk{1}{1}(2, 2) = net.layers{2}.dk{1}{1}(2, 2) * (1 + 1e-9);
    save('-v7', [folder '/dk.mat'], 'net');
"""


@pytest.fixture(scope="module")
def files(original_session, tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's;nets")
    original_session.give("folder", str(folder))
    original_session.eval(TRAIN)
    return folder


@pytest.fixture
def reference_only(monkeypatch):
    """One BLAS will do."""
    monkeypatch.setattr(run, "BLAS", {"reference": run.BLAS["reference"]})


def verified(files, net, out, *more):
    code = cli.main(["verify", str(files / net), *map(str, more), "--out", str(out)])
    return code, json.loads((out / f"verify-{Path(net).stem}.json").read_text())


def stage(found, begin, compared="the file and Octave"):
    return next(
        each
        for each in found["stages"]
        if each["stage"].startswith(begin) and each["compared"] == compared
    )


def test_it_passes_on_every_blas_that_is_here(files, tmp_path):
    data, opts = ("--data", files / "data.mat"), ("--opts", files / "opts.mat")
    code, found = verified(files, "six.mat", tmp_path, *data, *opts)
    assert (code, found["verdict"]) == (0, "pass")
    assert found["writer"]["by"].startswith("Octave ")
    ported = [each for each in found["stages"] if each["compared"] == "the port and Octave"]
    bits = [each for each in ported if "(system BLAS)" not in each["stage"]]
    assert len(bits) == 7 and all(each["values"] and not each["different"] for each in bits)
    assert len(ported) == (10 if "system" in found["provenance"]["blas"] else 7)
    assert all(each["ratio"] <= 1 for each in ported if each["ratio"] is not None)
    assert all("(system BLAS)" in each["stage"] for each in found["not_judged"])
    assert [layer["layer"] for layer in bits[0]["layers"]] == ["1 (i)", "2 (c)", "3 (s)", "output"]
    assert "**Evidence of Octave" in (tmp_path / "verify-six.md").read_text()


def test_without_options_and_data_the_rest_is_named(files, tmp_path, reference_only):
    code, found = verified(files, "seven.mat", tmp_path)
    assert code == 0
    bounds = [each for each in found["stages"] if each["compared"] == "the file and its bounds"]
    assert len(bounds) == 2 and all(each["values"] and each["ratio"] <= 1 for each in bounds)
    ported = [stage(found, each, "the port and Octave") for each in ("forward", "backward")]
    assert all(each["values"] and not each["different"] for each in ported)
    assert [each["reason"] for each in found["not_judged"]] == ["give --data"]
    assert "no alpha was given: the saved outputs tell that it was 0.5" in found["notes"]


@pytest.mark.parametrize(("more", "shown"), [((), False), (("--opts", "opts.mat"), True)])
def test_kernels_after_an_update_need_one(files, more, shown, tmp_path, reference_only):
    more = [files / each if each.endswith(".mat") else each for each in more]
    _, found = verified(files, "seven.mat", tmp_path, "--data", files / "data.mat", *more)
    sheets = [each for entry in found["pictures"] for each in entry["sheets"]]
    assert ("apply" in [each["stage"] for each in sheets]) == shown


def test_weights_that_no_rate_explains_are_not_passed(files, tmp_path, reference_only):
    net = load_net(files / "seven.mat")
    net.ffW[:] = 0
    save_net(tmp_path / "zero.mat", net)
    code, found = verified(tmp_path, "zero.mat", tmp_path)
    assert (code, found["verdict"]) == (4, "not measured")
    (why,) = [each["reason"] for each in found["not_judged"] if each["lost"]]
    assert "no round learning rate makes them: give --opts" in why


@pytest.mark.parametrize("name", ["kernel.mat", "ffW.mat"])
def test_an_altered_weight_is_found_without_options(files, name, tmp_path, reference_only):
    code, found = verified(files, name, tmp_path)
    assert (code, stage(found, "forward")["verdict"]) == (1, "fail")


def test_an_altered_kernel_is_named_with_its_value(files, tmp_path, reference_only, capsys):
    code, found = verified(files, "kernel.mat", tmp_path, "--opts", files / "opts.mat")
    assert code == 1
    forward = stage(found, "forward")
    assert forward["verdict"] == "fail"
    assert [each["layer"] for each in forward["layers"] if each["verdict"] == "fail"] == ["2 (c)"]
    assert forward["first"]["field"] == "layers{2}.a{2}"
    assert forward["first"]["line"] == "cnnff.m:17"
    value = load_net(files / "seven.mat").layers[1].k[0][1][2, 0]
    assert "layers{2}.k{1}{2}(3, 1) is" in forward["note"]
    assert f"its saved outputs tell {value:.7g}"[:-1] in forward["note"]
    cause = forward["note"]
    assert f"**Verdict: FAIL.** {cause}. " in (tmp_path / "verify-kernel.md").read_text()
    assert f"FAIL: {cause}; see " in capsys.readouterr().out.splitlines()[-1]


def test_an_altered_output_weight_is_named(files, tmp_path, reference_only):
    code, found = verified(files, "ffW.mat", tmp_path, "--opts", files / "opts.mat")
    assert code == 1
    assert stage(found, "forward")["note"].startswith("ffW(2, 5) is ")


def test_an_altered_gradient_is_no_rounding_even_without_options(files, tmp_path, reference_only):
    code, found = verified(files, "dk.mat", tmp_path)
    assert code == 1
    first = stage(found, "backward", "the file and its bounds")["first"]
    assert (first["field"], first["line"]) == ("layers{2}.dk{1}{1}", "cnnbp.m:44")


def test_another_rate_than_the_files_is_found(files, tmp_path, reference_only):
    scipy.io.savemat(tmp_path / "opts.mat", {"alpha": 0.501})
    code, found = verified(files, "seven.mat", tmp_path, "--opts", tmp_path / "opts.mat")
    assert (code, stage(found, "forward")["verdict"]) == (1, "fail")
    (note,) = [each for each in found["notes"] if "alpha" in each]
    cause = "alpha is 0.501 in the options, and the saved outputs tell 0.5"
    assert note.startswith(cause) and found["cause"] == cause


def test_a_batchsize_that_does_not_fit_is_no_training(files, tmp_path, reference_only):
    opts = {"alpha": 0.5, "batchsize": 7.0, "numepochs": 1.0}
    scipy.io.savemat(tmp_path / "opts.mat", opts)
    options = ("--data", files / "data.mat", "--opts", tmp_path / "opts.mat")
    code, found = verified(files, "seven.mat", tmp_path, *options)
    assert code == 4
    (lost,) = [each for each in found["not_judged"] if each["lost"]]
    assert lost["reason"].startswith("batchsize is 7, which does not divide the 20 images")
    wording = "batchsize is 7 in the options, and the last batch in the file has 5 images"
    assert any(each.startswith(wording) for each in found["notes"])


@pytest.mark.octave
def test_a_net_of_the_acnn_functions(tmp_path, acnn_session, reference_only):
    layers = [
        *(Layer("i"), Layer("c", outputmaps=2, kernelsize=3, activation="tanh")),
        *(Layer("a", outputmaps=2, kernelsize=2, lam=1e-3), Layer("s", scale=1, trainable=True)),
        Layer("f", units=4),
    ]
    rng = np.random.default_rng(0)
    data = {"x": rng.random((7, 7, 6)), "y": np.eye(3)[:, [0, 1, 2, 0, 1, 2]]}
    opts = {"alpha": 0.5, "batchsize": 3.0, "numepochs": 1.0}
    net = acnnsetup(Net(layers, normalize="set"), data["x"], data["y"], OctaveRandom(0))
    acnn_session.give(
        "given", {"net": net, **data, "opts": opts, "file": str(tmp_path / "net.mat")}
    )
    acnn_session.eval(
        "net = acnntrain(given.net, given.x, given.y, given.opts); save('-v7', given.file, 'net');"
    )
    scipy.io.savemat(tmp_path / "data.mat", data)
    scipy.io.savemat(tmp_path / "opts.mat", opts)
    options = ("--data", tmp_path / "data.mat", "--opts", tmp_path / "opts.mat")
    code, found = verified(tmp_path, "net.mat", tmp_path, *options)
    assert (code, found["family"], found["not_judged"]) == (0, "acnn", [])
    ported = [each for each in found["stages"] if each["compared"] == "the port and Octave"]
    assert len(ported) == 7 and not any(each["different"] for each in ported)
    assert stage(found, "forward")["ratio"] < 1
    net = load_net(tmp_path / "net.mat")
    net.layers[4].W[1, 2] += 1e-6
    save_net(tmp_path / "net.mat", net)
    code, found = verified(tmp_path, "net.mat", tmp_path, *options[2:])
    assert code == 1
    assert stage(found, "forward")["first"]["field"].startswith("layers{5}.a")


def test_a_layer_that_no_function_knows(tmp_path, capsys, reference_only, acnn_session):
    layers = np.empty((1, 2), object)
    layers[0, 0], layers[0, 1] = {"type": "i"}, {"type": "pool"}
    scipy.io.savemat(tmp_path / "net.mat", {"net": {"layers": layers}})
    code, found = verified(tmp_path, "net.mat", tmp_path)
    assert (code, found["verdict"]) == (4, "not measured")
    [entry] = found["not_judged"]
    assert "layers{2}.type is 'pool': neither the toolbox's functions nor acnn's" in entry["reason"]


def test_without_the_reference_blas_bounds_are_judged(files, tmp_path, monkeypatch):
    opened = run.Octave

    def octave(blas, *more):
        if blas == "reference":
            raise NoBlas("it is not here")
        return opened(blas, *more)

    monkeypatch.setattr(run, "Octave", octave)
    options = ("--data", files / "data.mat", "--opts", files / "opts.mat")
    code, found = verified(files, "seven.mat", tmp_path, *options)
    assert code == 0
    assert "it is not here" in found["notes"]
    assert all(
        "system" in each["stage"] or "last batch" in each["stage"] for each in found["stages"]
    )


@pytest.mark.parametrize("size", [0, 2.5, math.nan, math.inf])
def test_steps_need_a_whole_number_of_images(files, size, tmp_path, capsys):
    scipy.io.savemat(tmp_path / "opts.mat", {"alpha": 1.0, "batchsize": size})
    words = ["six.mat", "--data", "data.mat", "--steps", "1"]
    words = [str(files / each) if each.endswith(".mat") else each for each in words]
    words += ["--opts", str(tmp_path / "opts.mat"), "--out", str(tmp_path)]
    assert cli.main(["verify", *words]) == 2
    wanted = "whole number of images" if math.isfinite(size) else "finite number"
    assert f"batchsize is {size:g}: expected a {wanted}" in capsys.readouterr().err


def test_steps(files, tmp_path, capsys, reference_only):
    options = ("--data", files / "data.mat", "--opts", files / "opts.mat")
    code, found = verified(files, "seven.mat", tmp_path, *options, "--steps", 2)
    assert code == 0
    assert stage(found, "training, 2 batches", "the port and Octave")["verdict"] == "pass"
    net, out = str(files / "seven.mat"), ["--out", str(tmp_path)]
    assert cli.main(["verify", net, *map(str, options), "--steps", "5", *out]) == 2
    assert "an epoch has 4 batches of 5 images" in capsys.readouterr().err
    assert cli.main(["verify", net, "--steps", "5", *out]) == 2
    assert "--steps needs --data" in capsys.readouterr().err
