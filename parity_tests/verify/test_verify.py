"""A net that the original trained in Octave and saved: what its file holds is verified."""

import json

import numpy as np
import pytest
import scipy.io

from dltcnn import Layer, Net, OctaveRandom, acnnsetup
from dltcnn.matfile import save_net
from dltparity import cli
from dltparity.errors import RequestError
from dltparity.verify import altered, read

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
    net.layers{2}.k{1}{2}(3, 1) = net.layers{2}.k{1}{2}(3, 1) + 0.125;
    save('-v7', [folder '/altered.mat'], 'net');
    save('-v7', [folder '/data.mat'], 'x', 'y');
    save('-v7', [folder '/opts.mat'], 'opts');
"""


@pytest.fixture(scope="module")
def files(original_session, tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's;nets")
    original_session.give("folder", str(folder))
    original_session.eval(TRAIN)
    return folder


def verified(files, net, out, *more):
    code = cli.main(["verify", str(files / net), *map(str, more), "--out", str(out)])
    return code, json.loads((out / "verify.json").read_text())


@pytest.mark.parametrize("net", ["six.mat", "seven.mat"])
def test_it_passes(files, tmp_path, net):
    data, opts = ("--data", files / "data.mat"), ("--opts", files / "opts.mat")
    code, found = verified(files, net, tmp_path, *data, *opts)
    assert (code, found["verdict"], found["not_judged"]) == (0, "pass", [])
    assert found["writer"]["by"] == "Octave"
    assert len(found["stages"]) == 8
    ported = [each for each in found["stages"] if each["compared"] == "the port and Octave"]
    assert all(each["values"] and not each["different"] for each in ported)


def test_without_options_and_data_the_rest_is_named(files, tmp_path):
    code, found = verified(files, "seven.mat", tmp_path)
    assert code == 0
    saved = found["stages"][0]
    assert (saved["compared"], saved["different"]) == ("the file and Octave", 0)
    assert sum("give --opts" in each["reason"] for each in found["not_judged"]) == 2
    assert sum("give --data" in each["reason"] for each in found["not_judged"]) == 3


def test_an_altered_kernel_is_named_with_its_value(files, tmp_path):
    code, found = verified(files, "altered.mat", tmp_path, "--opts", files / "opts.mat")
    assert code == 1
    stage = next(each for each in found["stages"] if each["stage"].startswith("forward"))
    net = scipy.io.loadmat(files / "seven.mat")["net"]
    value = net["layers"][0, 0][1, 0]["k"][0, 0][0, 0][0, 1][2, 0]
    assert "layers{2}.k{1}{2}(3, 1) is" in stage["note"]
    assert f"its saved activations tell {value:.6g}"[:-1] in stage["note"]


@pytest.mark.octave
def test_a_net_of_the_acnn_functions(tmp_path):
    layers = [Layer("i"), Layer("c", outputmaps=2, kernelsize=3), Layer("f", units=4)]
    rng = np.random.default_rng(0)
    data = {"x": rng.random((6, 6, 5)), "y": np.eye(3)[:, [0, 1, 2, 0, 1]]}
    save_net(tmp_path / "net.mat", acnnsetup(Net(layers), data["x"], data["y"], OctaveRandom(0)))
    scipy.io.savemat(tmp_path / "data.mat", data)
    code, found = verified(tmp_path, "net.mat", tmp_path, "--data", tmp_path / "data.mat")
    assert (code, found["family"]) == (0, "acnn")
    assert [each["different"] for each in found["stages"]] == [0, 0, 0]


def test_the_altered_value_is_found():
    rng = np.random.default_rng(0)
    below, kernels = [rng.random((6, 6, 3)) for _ in "ab"], [rng.random((3, 2)) for _ in "ab"]
    z = 0.25
    for each, kernel in zip(below, kernels, strict=True):
        for u in range(3):
            for v in range(2):
                z = z + kernel[u, v] * each[2 - u : 6 - u, 1 - v : 6 - v]
    saved = 1 / (1 + np.exp(-z))
    kernels[1][2, 1] += 0.5
    [(number, at, value, told)] = altered.altered(below, kernels, 0.25, saved)
    assert (number, at) == (2, (2, 1))
    assert value - told == pytest.approx(0.5)


@pytest.mark.parametrize(
    "content, said",
    [
        ({"z": 1.0}, "holds z: expected images x"),
        ({"x": np.zeros((4, 10)), "y": np.zeros((3, 4))}, "make no square"),
        ({"x": np.zeros((4, 4, 3)), "y": np.zeros((3, 5))}, "images of 4x4x3 and 5 targets"),
    ],
)
def test_data_that_does_not_fit_is_refused(tmp_path, content, said):
    scipy.io.savemat(tmp_path / "data.mat", content)
    found = read.Given(type("net", (), {"ffb": np.zeros(3)})(), {})
    with pytest.raises(RequestError, match=said):
        read._read_data(found, tmp_path / "data.mat")


def test_no_net_is_a_wrong_request(tmp_path, capsys):
    scipy.io.savemat(tmp_path / "x.mat", {"x": 1.0})
    assert cli.main(["verify", str(tmp_path / "x.mat"), "--out", str(tmp_path)]) == 2
    assert cli.main(["verify", str(tmp_path / "none.mat"), "--out", str(tmp_path)]) == 2
    assert "holds no net" in capsys.readouterr().err
