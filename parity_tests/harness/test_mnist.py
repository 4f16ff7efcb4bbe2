"""The toolbox's example as a command: the same training, interrupted or not."""

import gzip
import json
import struct

import numpy as np
import pytest

from dltcnn import Net, OctaveRandom, Opts, cnnsetup, cnntest, cnntrain
from dltparity import fingerprint
from dltparity.cases import images
from dltparity.cases.shorthand import build, parse
from dltparity.cli import main
from dltparity.exit_codes import KEPT, WRONG_REQUEST
from dltparity.mnist import training
from dltparity.traces.trace import net_fields, parameters


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """MNIST's test files in small: 50 images, of which 45 are to train on."""
    return write_images(tmp_path_factory.mktemp("mnist"), seed=0)


def write_images(folder, seed):
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (50, 28, 28), np.uint8)
    labels = np.arange(50, dtype=np.uint8) % 10
    for name, content in (("images-idx3", pixels), ("labels-idx1", labels)):
        header = struct.pack(f">{1 + content.ndim}i", 0x800 + content.ndim, *content.shape)
        with gzip.open(folder / f"t10k-{name}-ubyte.gz", "wb") as file:
            file.write(header + content.tobytes())
    return folder


@pytest.fixture
def run(folder, tmp_path, capsys):
    """Run the command; return its exit code, its report and what it printed."""

    def run(*options):
        common = ["--data", str(folder), "--batchsize", "5", "--out", str(tmp_path / "out")]
        code = main(["mnist", *common, *map(str, options)])
        report = tmp_path / "out" / "mnist.json"
        content = json.loads(report.read_text()) if report.exists() else None
        return code, content, "".join(capsys.readouterr())

    return run


def state_of(path):
    """Every array of a checkpoint, but the time that the epochs took."""
    with np.load(path) as file:
        seconds = json.loads(str(file["about"]))["net"]["Net"]["seconds"]["array"]
        return {name: file[name].tobytes() for name in file if name != f"net{seconds}"}


@pytest.mark.parametrize(
    "engine", [[], ["--engine", "lines"], ["--engine", "compiled", "--threads", 2]]
)
def test_a_resumed_training_has_the_bits_of_an_uninterrupted_one(run, tmp_path, engine):
    parts, whole = tmp_path / "parts.npz", tmp_path / "whole.npz"
    assert run(*engine, "--epochs", 1, "--checkpoint", parts)[0] == KEPT
    code, resumed, text = run(*engine, "--epochs", 3, "--checkpoint", parts)
    assert code == KEPT and "going on after epoch 1" in text
    _, uninterrupted, text = run(*engine, "--epochs", 3, "--checkpoint", whole)
    assert "going on" not in text
    assert state_of(parts) == state_of(whole)
    assert resumed["rL"] == uninterrupted["rL"] and len(resumed["rL"]) == 28
    errors = [[epoch["test_error"] for epoch in r["epochs"]] for r in (resumed, uninterrupted)]
    assert errors[0] == errors[1] and len(errors[0]) == 3


@pytest.mark.parametrize("engine", ["lines", "compiled"])
def test_it_is_the_training_of_cnntrain(folder, engine):
    loaded, settings = images.mnist(folder), training.Settings(engine, batchsize=5)
    state = training.start(loaded, settings)
    for _ in range(2):
        training.epoch(state, loaded, settings, None)
    rng = OctaveRandom(0)
    net = cnnsetup(Net(build(parse("6c5-2s-12c5-2s"))), loaded.train_x, loaded.train_y, rng)
    opts = Opts(alpha=1, batchsize=5, numepochs=2)
    net = cnntrain(net, loaded.train_x, loaded.train_y, opts, rng, False)
    ours, theirs = net_fields(state.net), net_fields(net)
    for path in parameters(theirs):
        assert ours[path].tobytes() == theirs[path].tobytes(), path
    assert state.epochs[-1]["test_error"] == cnntest(net, loaded.test_x, loaded.test_y)[0]


def test_the_report_names_data_and_settings(run, tmp_path):
    code, content, text = run("--engine", "lines", "--alpha", 0.5)
    assert code == KEPT and "test error" in text
    assert content["images"] == {"train": 45, "test": 5}
    assert content["settings"]["alpha"] == 0.5 and content["settings"]["engine"] == "lines"
    markdown = (tmp_path / "out" / "mnist.md").read_text()
    assert 'engine "lines"' in markdown and "about 200 seconds" in markdown


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--epochs", 0], "expected 1 or more"),
        (["--batchsize", 7], "expected a divisor of the 45 images"),
        (["--batchsize", 1], "at least 2"),
        (["--threads", 0], "expected 1"),
        (["--data", "nowhere"], "there is no file or folder nowhere"),
    ],
)
def test_wrong_requests_are_refused(run, options, message):
    code, content, text = run(*options)
    assert code == WRONG_REQUEST and message in text and content is None


def test_a_checkpoint_of_another_training_is_refused(run, tmp_path):
    path = tmp_path / "checkpoint.npz"
    run("--epochs", 2, "--checkpoint", path)
    before = path.read_bytes()
    for options, message in [
        (["--alpha", 0.5, "--epochs", 3], "alpha 1.0 (now: 0.5)"),
        (["--epochs", 1], "2 epochs and 0 batches (now: 1)"),
    ]:
        code, _, text = run("--checkpoint", path, *options)
        assert code == WRONG_REQUEST and message in text and "another file" in text
    assert path.read_bytes() == before
    path.write_bytes(before[:1000])
    code, _, text = run("--checkpoint", path)
    assert code == WRONG_REQUEST and "cannot be read as a checkpoint" in text


def test_a_checkpoint_of_other_images_is_refused(run, tmp_path):
    path, others = tmp_path / "checkpoint.npz", tmp_path / "others"
    others.mkdir()
    run("--epochs", 1, "--checkpoint", path)
    options = "--epochs", 2, "--checkpoint", path, "--data", write_images(others, seed=1)
    code, _, text = run(*options)
    assert code == WRONG_REQUEST and "is of a training with images " in text


@pytest.mark.parametrize("part", ["port", "harness", "references", "octave", "python", "machine"])
def test_a_checkpoint_of_another_state_is_refused(run, tmp_path, monkeypatch, part):
    path, now = tmp_path / "checkpoint.npz", fingerprint.of_runs()
    run("--epochs", 1, "--checkpoint", path)
    monkeypatch.setattr(fingerprint, "of_runs", lambda: now | {part: "another"})
    code, _, text = run("--epochs", 2, "--checkpoint", path)
    assert code == WRONG_REQUEST and f"is of a training with state of the {part} " in text
