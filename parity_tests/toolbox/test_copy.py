"""Which files of a folder are an edited copy's. No Octave is needed."""

import pytest

from dltparity.errors import RequestError
from dltparity.toolbox.copy import find, functions

FUNCTION = "function x = {}(x)\nend\n"


def put(folder, *names, text=FUNCTION):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.m").write_text(text.format(name))


def test_a_folder_without_functions(tmp_path):
    with pytest.raises(RequestError, match="holds none of cnnsetup"):
        find(tmp_path)


def test_no_folder(tmp_path):
    with pytest.raises(RequestError, match="is no folder"):
        find(tmp_path / "not there\n;system('touch hit')")


def test_what_is_lacking(tmp_path):
    put(tmp_path / "CNN", "cnnff", "cnnbp")
    put(tmp_path / "helpers", "sigm")
    found = find(tmp_path)
    assert set(found.files) == {"cnnff", "cnnbp", "sigm"}
    assert set(found.lacking) == functions().keys() - found.files.keys()


def test_helpers_are_followed_and_strangers_are_not(tmp_path):
    text = "function x = cnnff(x)\n x = relu(x);  % zscore\nend\n"
    put(tmp_path / "CNN", "cnnff", text=text)
    put(tmp_path / "mine", "relu", text="function x = relu(x)\n x = inner(x);\nend\n")
    put(tmp_path / "mine" / "private", "inner")
    put(tmp_path / "mine", "zscore", "numel")
    assert set(find(tmp_path).files) == {"cnnff", "relu", "inner"}


def test_two_networks_are_refused_by_name(tmp_path):
    put(tmp_path / "a", "cnnff", "cnnbp")
    put(tmp_path / "b", "cnnff", "cnnbp")
    with pytest.raises(RequestError, match="several networks \\('a', 'b'\\): name one"):
        find(tmp_path)
    assert find(tmp_path / "a").lacking


def test_what_octave_cannot_run_is_named(tmp_path):
    text = "function x = cnnff(x)\n x = gpuArray(x);\n x = pool(x);\nend\n"
    put(tmp_path / "CNN", "cnnff", text=text)
    (tmp_path / "CNN" / "pool.mexw64").write_bytes(b"\0")
    wording = find(tmp_path).cannot_run
    assert "pool.mexw64, called at cnnff.m:3, is a MEX file or its source" in wording
    assert "cnnff.m:2 calls gpuArray: GPU arrays are MATLAB's alone" in wording


def test_an_empty_file_is_no_function(tmp_path):
    put(tmp_path / "CNN", "cnnff")
    (tmp_path / "CNN" / "sigm.m").write_text("")
    found = find(tmp_path)
    assert "sigm" in found.lacking
    assert any("holds no function" in note for note in found.notes)
