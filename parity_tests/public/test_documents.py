"""Every block of Python in the README runs as it stands, and no warning is given."""

import re
from pathlib import Path

import numpy as np
import pytest
import scipy.io

import dltcnn
from dltcnn import Layer, Net, OctaveRandom, Opts, cnnsetup, cnntrain, images, one_of_many
from dltcnn.matfile import save_net

CHECKOUT = Path(__file__).parents[2]
README = CHECKOUT / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)
COUNT = 20


def idx(path, array):
    """Write an IDX file, as MNIST's."""
    sizes = np.array(array.shape, ">i4").tobytes()
    path.write_bytes(bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes())


@pytest.fixture
def names(tmp_path, monkeypatch):
    """What the README speaks of without making it: data, nets, files in the working folder."""
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (COUNT, 784), np.uint8)
    labels = np.arange(COUNT, dtype=np.uint8) % 10
    Path("folder").mkdir()
    for part in ("train", "t10k"):
        idx(Path("folder", f"{part}-images-idx3-ubyte"), pixels.reshape(-1, 28, 28))
        idx(Path("folder", f"{part}-labels-idx1-ubyte"), labels)
    x, y = images(pixels, 28, 28) / 255, one_of_many(labels, 10)
    stream, opts = OctaveRandom(0), Opts(alpha=1, batchsize=10, numepochs=2)
    net = Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=5), Layer("s", scale=2)])
    first = cnnsetup(net, x, y, stream)
    save_net("first.mat", first)
    net = cnntrain(first, x, y, opts, stream, verbose=False)
    save_net("trained.mat", net)
    scipy.io.savemat("state.mat", {"st": stream.state})
    orders = np.stack([stream.randperm(COUNT) + 1.0 for _ in range(opts.numepochs)])
    scipy.io.savemat("orders.mat", {"orders": orders})
    return {
        **{name: getattr(dltcnn, name) for name in dltcnn.__all__},
        **{"np": np, "net": net, "x": x, "y": y, "opts": opts, "rng": stream},
        **{"pixels": pixels, "labels": labels, "arrays": pixels.reshape(-1, 28, 28)},
    }


def test_the_blocks_run_without_a_warning(names):
    assert BLOCKS
    made = {}
    for block in BLOCKS:
        made |= names
        exec(compile(block, README.name, "exec"), made)


def test_a_false_alarm_would_be_found(names):
    names["x"] = names["x"] * 255
    with pytest.raises(dltcnn.DltWarning):
        exec("net = cnntrain(net, x, y, opts, rng, verbose=False)", names)
