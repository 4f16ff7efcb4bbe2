"""Damaged and hostile files are refused in a sentence, soon, and within a bound of memory."""

import contextlib
import struct
import tracemalloc
import zlib

import numpy as np
import pytest

from both_sides.deadline import within
from both_sides.functions import images, net_of
from dltcnn import cnnbp, cnnff
from dltcnn.matfile import load_net, save_net
from dltcnn.matfile.writing import file_of
from dltcnn.matlab.struct import Cell, Struct

pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # what damage has left
HEADER = b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM"
COUNT = 300


def element(kind, data):
    return struct.pack("<II", kind, len(data)) + data + bytes(-len(data) % 8)


def array(kind, dims, content, name=b""):
    sizes = element(5, struct.pack(f"<{len(dims)}i", *dims))
    return element(14, element(6, struct.pack("<II", kind, 0)) + sizes + element(1, name) + content)


def squeezed(content):
    data = zlib.compress(content, 9)
    return HEADER + struct.pack("<II", 15, len(data)) + data


def struct_of(value, field=b"layers", name=b""):
    names = element(5, struct.pack("<i", 32)) + element(1, field.ljust(32, b"\0"))
    return array(2, (1, 1), names + value, name)


def nested(depth, wrap):
    value = array(6, (0, 0), element(9, b""))
    for _ in range(depth):
        value = wrap(value)
    return value


def in_a_cell(value):
    return array(1, (1, 1), value)


NOTHING = array(6, (0, 0), element(9, b""))
HOSTILE = {
    "empty cells by the thousand": array(1, (1, 130000), NOTHING * 130000, b"net"),
    "empty elements": array(1, (1, 10**6), struct.pack("<II", 14, 0) * 10**6, b"net"),
    "zeros in bytes": struct_of(array(6, (1, 10**7), element(2, bytes(10**7))), name=b"net"),
    "zeros": struct_of(array(6, (1, 10**7), element(9, bytes(8 * 10**7))), name=b"net"),
    "text": struct_of(array(4, (1, 10**7), element(16, b"a" * 10**7)), name=b"net"),
    "sparse": struct_of(
        array(5, (10**5, 10**5), element(5, b"") + element(5, bytes(400004)) + element(9, b"")),
        name=b"net",
    ),
    "structs without fields": array(
        2, (30000, 30000), element(5, b"\x20\0\0\0") + element(1, b""), b"net"
    ),
    "cells of 48 bits": struct_of(array(1, (65536, 65536, 65536), b""), name=b"net"),
    "cells in cells": struct_of(nested(6000, in_a_cell), name=b"net"),
    "structs in structs": struct_of(nested(6000, struct_of), name=b"net"),
    "__class__": struct_of(NOTHING, b"__class__", b"net"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_their_memory(tmp_path, name):
    path = tmp_path / "net.mat"
    path.write_bytes(squeezed(HOSTILE[name]))
    tracemalloc.start()
    try:
        with within(60), pytest.raises(ValueError) as error:
            load_net(path, name="net")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 50e6 + 1032 * path.stat().st_size
    assert len(str(error.value)) < 600
    assert str(error.value).startswith(str(path))


@pytest.mark.parametrize("name", ["__class__", "__dict__", "__init__"])
def test_a_field_whose_name_is_pythons_own_is_refused_as_such(tmp_path, name):
    path = tmp_path / "net.mat"
    path.write_bytes(squeezed(struct_of(NOTHING, name.encode(), b"net")))
    with pytest.raises(ValueError, match=rf"net\.{name}: names that begin with two underscores"):
        load_net(path, name="net")


def damaged(whole, rng):
    """Damage a file: some bytes, a stretch, its end, a count; or what is compressed in it."""
    data = bytearray(whole)
    way = rng.integers(5)
    if way == 0:
        return data[: rng.integers(len(data))]
    if way == 1:
        inner = bytearray(zlib.decompress(data[136:]))
        for place in rng.integers(min(len(inner), 3000), size=rng.integers(1, 4)):
            inner[place] = rng.choice([0, 1, 127, 128, 255, rng.integers(256)])
        return squeezed(bytes(inner))
    place = rng.integers(len(data))
    if way == 2:
        data[place : place + 64] = bytes(len(data[place : place + 64]))
    elif way == 3:
        place = rng.integers(min(len(data), 4000)) // 4 * 4
        data[place : place + 4] = b"\xff\xff\xff\x7f"
    else:
        for place in rng.integers(len(data), size=rng.integers(1, 6)):
            data[place] = rng.integers(256)
    return data


@pytest.fixture(scope="module")
def whole():
    """A file with a value of each class in it."""
    x, y = images(8, 8, 4)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    cells = [np.array([[1]], cls) for cls in ("u1", "i2", "f4", "?", "c16")] + ["text"]
    net.mine = Cell("mine", items=[*cells, Struct()])
    return b"".join(map(bytes, file_of("net", net)))


def test_damaged_files_are_read_or_refused(tmp_path, whole):
    rng, path, refused = np.random.default_rng(0), tmp_path / "net.mat", 0
    for _ in range(COUNT):
        path.write_bytes(damaged(whole, rng))
        try:
            net = load_net(path)
        except ValueError as error:
            assert str(error).startswith(str(path))
            assert "\n" not in str(error)
            refused += 1
        else:
            with contextlib.suppress(ValueError):  # the name of a field that has become none
                save_net(tmp_path / "again.mat", net)
    assert refused > COUNT / 2
