"""MNIST's files in small."""

import gzip
import struct

import numpy as np

_RNG = np.random.default_rng(0)
PIXELS = _RNG.integers(0, 256, (60, 28, 28), np.uint8)
LABELS = _RNG.integers(0, 10, 60).astype(np.uint8)


def idx(array, magic=None):
    """The bytes of an IDX file."""
    head = struct.pack(f">{1 + array.ndim}i", magic or 0x800 + array.ndim, *array.shape)
    return head + array.tobytes()


def write_idx(folder, pixels=PIXELS, labels=LABELS, kinds=("train", "t10k")):
    """Write plain images and packed labels of each kind."""
    for kind in kinds:
        (folder / f"{kind}-images-idx3-ubyte").write_bytes(idx(pixels))
        (folder / f"{kind}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(labels)))
    return folder


def mat(pixels=PIXELS, labels=LABELS):
    """The variables of the toolbox's file."""
    x, y = pixels.reshape(len(pixels), -1), np.eye(10, dtype=np.uint8)[labels]
    return {"train_x": x, "train_y": y, "test_x": x, "test_y": y}
