"""The files that a user gives to verify. No Octave is needed."""

import gzip
import json
import math
import os
import struct

import numpy as np
import pytest
import scipy.io

from dltcnn import Layer, Net, OctaveRandom, Opts, cnnsetup
from dltcnn.matfile import save_net
from dltparity import cli
from dltparity.commands import verify
from dltparity.errors import RequestError
from dltparity.verify import read, run
from dltparity.verify.altered import altered, convolution
from dltparity.verify.batches import misfits
from dltparity.verify.data import Data, read_data


def net():
    layers = [Layer("i"), Layer("c", outputmaps=1, kernelsize=3), Layer("s", scale=2)]
    return cnnsetup(Net(layers), np.zeros((6, 6, 2)), np.zeros((3, 2)), OctaveRandom(0))


@pytest.mark.parametrize(
    ("header", "by", "platform", "date"),
    [
        (
            "MATLAB 5.0 MAT-file, Platform: PCWIN64, Created on: Sun Aug 30 10:45:15 2015",
            *("MATLAB", "PCWIN64", "Sun Aug 30 10:45:15 2015"),
        ),
        (
            "MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Mon May  2 2022 HDF5 schema 1.0",
            *("MATLAB", "GLNXA64", "Mon May  2 2022"),
        ),
        (
            "MATLAB 5.0 MAT-file, written by Octave 7.3.0, 2026-01-02 03:04:05 UTC",
            *("Octave 7.3.0", "unknown", "2026-01-02 03:04:05 UTC"),
        ),
        (
            "MATLAB 5.0 MAT-file Platform: posix, Created on: Sun Nov 29 02:49:05 2026",
            *("another program", "unknown", "Sun Nov 29 02:49:05 2026"),
        ),
        (
            "MATLAB 5.0 MAT-file, written by dltcnn, Sun Nov 29 02:49:05 2026",
            *("dltcnn", "unknown", "Sun Nov 29 02:49:05 2026"),
        ),
        ("MATLAB 5.0 MAT-file", "another program", "unknown", "unknown"),
    ],
)
def test_the_header_says_who_wrote_a_file(tmp_path, header, by, platform, date):
    (tmp_path / "net.mat").write_bytes(header.encode().ljust(128, b"\0"))
    found = read._writer(tmp_path / "net.mat")
    assert found == {"by": by, "platform": platform, "date": date}


def test_save_nets_own_files_are_recognised(tmp_path):
    save_net(tmp_path / "net.mat", net())
    assert read._writer(tmp_path / "net.mat")["by"] == "dltcnn"


@pytest.mark.parametrize(
    ("family", "batch", "size", "count", "wording"),
    [
        ("cnn", 5, 5, 20, []),
        ("cnn", 5, 4, None, ["last batch in the file has 5 images"]),
        ("cnn", 5, 7, 20, ["last batch in the file has 5", "which does not divide the 20 images"]),
        ("cnn", 5, 30, 20, ["last batch in the file has 5", "which does not divide the 20 images"]),
        ("cnn", None, 7, 20, ["batchsize is 7, which does not divide the 20 images of the data"]),
        ("cnn", None, 2.5, 20, []),
        ("cnn", None, 0, 20, ["batchsize is 0, which does not divide the 20 images of the data"]),
        ("cnn", None, math.nan, 20, ["batchsize is nan, which does not divide the 20 images"]),
        ("cnn", None, -5, 20, ["batchsize is -5, which does not divide the 20 images"]),
        ("acnn", None, 0, 20, []),  # acnncheck refuses it
        ("cnn", 1, 5, None, ["last batch in the file has 1 image: cnntrain with these options"]),
        ("acnn", 1, 1, 20, []),
        ("acnn", 1, 19, 20, []),
        ("acnn", 1, 6, 20, ["file has 1 image: acnntrain with these options and this data"]),
        ("acnn", 2, 6, 20, []),  # the last batch is the rest
        ("acnn", 5, 6, 20, ["last batch in the file has 5 images"]),
        ("acnn", 5, 6, None, []),  # may be a rest
        ("acnn", 5, 4, None, ["last batch in the file has 5 images"]),
    ],
)
def test_a_batchsize_that_does_not_fit_is_said(family, batch, size, count, wording):
    given = read.Given(net(), {}, opts=Opts(batchsize=float(size)))
    if batch:
        given.net.layers[0].a = [np.zeros((6, 6, batch) if batch > 1 else (6, 6))]
    if count:
        x = np.zeros((6, 6, count))
        given.data = Data(x, x[0], x, x[0], ())
    found = misfits(given, family)
    assert len(found) == len(wording)
    assert all(part in each for part, each in zip(wording, found, strict=True))
    assert not any("does not divide" in each for each in misfits(given, family, steps=1))


def test_without_a_batchsize_nothing_is_said():
    assert misfits(read.Given(net(), {}, opts=Opts(alpha=1.0)), "cnn") == []
    assert misfits(read.Given(net(), {}), "cnn") == []


def test_no_report_takes_the_place_of_another_nets(tmp_path):
    def written(file, variable=None):
        content = {"file": str(file), "place": run._place(file), "name": variable}
        name = verify._report(tmp_path, content)
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
        return name

    one, other = tmp_path / "a" / "net.mat", tmp_path / "b" / "net.mat"
    for path, variable, name in (
        (one, None, "verify-net"),
        (other, None, "verify-net-2"),
        (one, "nets{2}", "verify-net-nets_2_"),
        (one, "nets(2)", "verify-net-nets_2_-2"),
        (one, None, "verify-net"),
        (other, None, "verify-net-2"),
        ("it's\n;odd\udc80.mat", None, "verify-it_s_odd_"),
        (f"{'long' * 80}.mat", None, f"verify-{'long' * 25}"),
        (f"{'漢' * 80}.mat", None, f"verify-{'漢' * 33}"),  # of 3 bytes each
    ):
        assert written(path, variable) == name
    (tmp_path / "verify-net.json").write_text("{")
    assert written(one) == "verify-net-3"
    os.mkfifo(tmp_path / "verify-pipe.json")  # it would be waited for
    assert written(tmp_path / "pipe.mat") == "verify-pipe-2"


def test_nets_named_alike_from_their_own_folders_have_reports_of_their_own(tmp_path, monkeypatch):
    found = []
    for folder in (tmp_path / "a", tmp_path / "b", tmp_path / "a"):
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        content = {"file": "net.mat", "place": run._place("net.mat"), "name": None}
        found.append(verify._report(tmp_path, content))
        (tmp_path / f"{found[-1]}.json").write_text(json.dumps(content))
    assert found == ["verify-net", "verify-net-2", "verify-net"]


@pytest.mark.parametrize(
    "content, wording",
    [
        (
            {"z": 1.0},
            r"holds z: expected images \(rows, cols, N\), named x, train_x, data, images or ch",
        ),
        ({"x": np.zeros((4, 10)), "y": np.zeros((3, 4))}, "make no square"),
        ({"x": np.zeros((4, 4, 3)), "y": np.zeros((3, 5))}, "images of 4x4x3 and 5 targets"),
    ],
)
def test_data_that_does_not_fit_is_refused(tmp_path, content, wording):
    scipy.io.savemat(tmp_path / "data.mat", content)
    with pytest.raises(RequestError, match=wording):
        read_data(tmp_path / "data.mat", 3, [])


def test_what_is_done_to_data_is_said(tmp_path):
    pixels = np.arange(2 * 9, dtype=np.uint8).reshape(2, 9)
    scipy.io.savemat(tmp_path / "data.mat", {"train_x": pixels, "train_y": np.eye(3)[:2]})
    notes = []
    found = read_data(tmp_path / "data.mat", 3, notes)
    assert found.x[1, 0, 1] == 10 / 255 and found.y.shape == (3, 2)
    assert found.test_x is found.x
    assert notes[0] == "images and targets are train_x and train_y of the file"
    assert [note.split(":")[0] for note in notes[1:3]] == [
        "the targets were transposed by dltparity",
        "the images were divided by 255 by dltparity",
    ]
    assert notes[3] == "each row of 9 pixels was read as an image of 3x3"


def test_images_to_test_on_stay_apart(tmp_path):
    content = {"train_x": np.zeros((4, 4, 2)), "train_y": np.zeros((3, 2))}
    content |= {"test_x": np.ones((4, 4, 3)), "test_y": np.zeros((3, 3))}
    scipy.io.savemat(tmp_path / "data.mat", content)
    found = read_data(tmp_path / "data.mat", 3, [])
    assert (found.x.shape[2], found.test_x.shape[2], found.test_y.shape[1]) == (2, 3, 3)


def test_a_folder_with_idx_files(tmp_path):
    for kind, count in (("train", 3), ("t10k", 2)):
        pixels = struct.pack(">HBB3I", 0, 8, 3, count, 28, 28) + bytes(784 * count)
        labels = struct.pack(">HBBI", 0, 8, 1, count) + bytes(range(count))
        (tmp_path / f"{kind}-images-idx3-ubyte.gz").write_bytes(gzip.compress(pixels))
        (tmp_path / f"{kind}-labels-idx1-ubyte").write_bytes(labels)
    found = read_data(tmp_path, 10, [])
    assert (found.x.shape, found.test_x.shape) == ((28, 28, 3), (28, 28, 2))
    assert len(found.files) == 4
    with pytest.raises(RequestError, match="no MNIST files"):
        read_data(tmp_path / "..", 10, [])


@pytest.mark.parametrize(
    "content, wording",
    [
        ({"z": 1.0}, "holds no alpha, batchsize, numepochs"),
        ({"alpha": np.ones((2, 3))}, "alpha is 2x3 float64: expected one number"),
        ({"opts": {"alpha": {"ffW": 1.0}}}, "alpha is 1x1 .*: expected one number"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path, content, wording):
    scipy.io.savemat(tmp_path / "opts.mat", content)
    with pytest.raises(RequestError, match=wording):
        read._opts(tmp_path / "opts.mat", [])


def test_wrong_requests(tmp_path, capsys):
    scipy.io.savemat(tmp_path / "x.mat", {"x": 1.0})
    save_net(tmp_path / "net.mat", net())
    odd = tmp_path / "it's\n;system('touch hit').mat"
    for words, wording in (
        (["x.mat"], "no net"),
        (["none.mat"], "No such file"),
        ([odd.name], "No such file"),
        (["net.mat", "--name", "net;system('touch hit')"], "net;system"),
        (["net.mat", "--opts", str(odd)], "cannot be read"),
        (["net.mat", "--data", str(odd)], "cannot be read"),
        (["net.mat", "--port", "no_such_module"], "'no_such_module' cannot be imported"),
        (["net.mat", "--port", "json"], "'json' has none of the functions cnnsetup"),
        (["net.mat", "--toolbox", str(odd)], "is no folder"),
    ):
        words[0] = str(tmp_path / words[0])
        assert cli.main(["verify", *words, "--out", str(tmp_path)]) == 2
        error = capsys.readouterr().err
        assert wording in error and error.count("\n") == 1, error


def test_the_altered_value_is_found():
    rng = np.random.default_rng(0)
    below, kernels = [rng.random((6, 6, 3)) for _ in "ab"], [rng.random((3, 2)) for _ in "ab"]
    z = 0.25
    for each, kernel in zip(below, kernels, strict=True):
        for u in range(3):
            for v in range(2):
                z = z + kernel[u, v] * each[2 - u : 6 - u, 1 - v : 6 - v]
    saved = (1 / (1 + np.exp(-z))).ravel()
    kernels[1][2, 1] += 0.5
    inputs, weights = convolution(below, kernels, 0.25)
    at, told = altered(inputs, weights, saved)
    assert (at, weights[at] - told) == (11, pytest.approx(0.5))
    weights[3] += 0.5  # two of them: no single one explains the outputs
    assert altered(inputs, weights, saved) is None


@pytest.mark.parametrize(
    ("verdict", "missing", "line"),
    [
        ("pass", [], "PASS; see r.md"),
        ("pass", ["update"], "PASS, partly judged; see r.md"),
        ("not measured", ["update"], "NOT MEASURED; see r.md"),
    ],
)
def test_the_last_line_says_where_something_was_left_out(verdict, missing, line):
    content = {
        "verdict": verdict,
        "cause": "",
        "stages": [{"stage": "forward pass"}],
        "not_judged": [{"stage": each, "reason": "give --opts"} for each in missing],
    }
    assert verify._headline(content, "r.md") == line
