"""Files of other formats are refused with what they are and how they are converted."""

import gzip

import pytest

from dltcnn import Layer, Net
from dltcnn.matfile import kinds, load_net, save_net

MATLAB = "save('-v7', file, 'net')"


def refusal(path):
    with pytest.raises(ValueError) as error:
        load_net(path)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty: in MATLAB or Octave"),
        (b"PK\x03\x04" + bytes(200), "a zip archive, as numpy's .npz files are"),
        (b"\x93NUMPY" + bytes(200), "an array of numpy's (.npy)"),
        (b"\x80\x05" + bytes(200), "a pickle of Python's"),
        (b"\x00\x00\x08\x03" + bytes(200), "images in MNIST's format (IDX)"),
        (gzip.compress(b"\x00\x00\x08\x01" + bytes(200), mtime=0), "labels in MNIST's format"),
        (gzip.compress(b"Octave", mtime=0), "but a gzip file: unpack it"),
        (b"\x1f\x8b" + bytes(200), "but a gzip file: unpack it"),
        (b"layer,weights\n1,2\n" * 10, "begins with 'layer,weights"),
        (bytes(range(40, 168)), "begins with '()*+"),
        (b"\xff" * 300, "it has no header of one"),
    ],
)
def test_other_files_are_named(tmp_path, content, words):
    (tmp_path / "net.mat").write_bytes(content)
    wording = refusal(tmp_path / "net.mat")
    assert words in wording
    assert MATLAB in wording


@pytest.mark.parametrize(
    ("option", "kind"),
    [("-text", "text"), ("-binary", "binary"), ("-hdf5", "-hdf5"), ("-zip", "compressed (-zip)")],
)
def test_octaves_own_formats_come_with_the_command_that_converts(octave, tmp_path, option, kind):
    path = tmp_path / "net.mat"
    octave.give("file", str(path))
    octave.eval(f"net.layers = {{struct('type', 'i')}}; save('{option}', file, 'net');")
    wording = refusal(path)
    assert f"is of a format of Octave's own, {kind}: convert it in Octave with " in wording
    command = wording.split("Octave with ")[1].replace("net-v7.mat", str(tmp_path / "net-v7.mat"))
    octave.eval(command + ";")
    assert load_net(tmp_path / "net-v7.mat") == Net([Layer("i")])


def test_format_4_holds_no_structs(octave, tmp_path):
    octave.give("file", str(tmp_path / "data.mat"))
    octave.eval("data = [1 2 3]; save('-v4', file, 'data');")
    assert "is of format 4, which holds no structs" in refusal(tmp_path / "data.mat")


def test_octaves_file_without_the_value_it_could_not_save(octave, tmp_path):
    """Octave has no function handles in .mat files, fails, and leaves a header."""
    octave.give("file", str(tmp_path / "net.mat"))
    octave.eval("net = struct('f', @sin); try, save('-v7', file, 'net'); catch, end")
    assert "holds no variable: Octave leaves such a file" in refusal(tmp_path / "net.mat")


def test_without_h5py_format_7_3_comes_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(kinds, "find_spec", lambda _: None)
    header = b"MATLAB 7.3 MAT-file".ljust(124) + b"\x00\x02IM"
    (tmp_path / "net.mat").write_bytes(header + bytes(400))
    assert "is of format 7.3: pip install dltcnn[hdf5]" in refusal(tmp_path / "net.mat")


def test_a_part_of_a_file_is_refused(tmp_path):
    path = tmp_path / "net.mat"
    save_net(path, Net([Layer("i"), Layer("s", scale=2)]))
    whole = path.read_bytes()
    for size in range(128, len(whole) - 4, 7):
        path.write_bytes(whole[:size])
        wording = refusal(path)
        assert "only a part of what was saved" in wording or "holds no variable" in wording
