"""What of two .m files differs. No Octave is needed."""

import pytest

from dltparity.toolbox import source

FILE = "function y = f(x)\n    y = x + 1; % more\n    y = [y -1];\nend\n"


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("x + 1", "x+1"),
        FILE.replace("x + 1", "x  +1"),
        FILE.replace(" % more", "").replace("    ", "\t"),
        FILE.replace("\n", "\r\n"),
        FILE.replace("y = x", "%{\n y = 7;\n%}\n    y = x"),
        FILE.replace("x + 1", "x ...\n   + 1"),
        FILE.replace("end\n", ""),
    ],
)
def test_layout_is_no_code(text):
    assert text != FILE
    assert source.same_code(text, FILE)


@pytest.mark.parametrize(
    "text",
    [
        FILE.replace("[y -1]", "[y - 1]"),
        FILE.replace("[y -1]", "[y  - 1]"),
        FILE.replace("x + 1;", "x + 1"),
        FILE.replace("x + 1", "x + 11"),
        FILE.replace("% more", "z = 1;"),
    ],
)
def test_code_is_code(text):
    assert not source.same_code(text, FILE)


def test_places_name_the_lines_of_the_copy():
    ours = "function y = f(x)\n\n% a\n    y = x - 1;\n    y = [y -1];\n    z = 3;\nend\n"
    found = source.hunks("f.m", ours, FILE)
    assert [hunk.place for hunk in found] == ["f.m:4", "f.m:6"]
    assert found[1].code == ("z = 3;",)


def test_lines_that_were_left_out_have_a_place():
    found = source.hunks("f.m", "function y = f(x)\n    y = [y -1];\nend\n", FILE)
    assert [hunk.place for hunk in found] == ["f.m: lines left out before line 2"]


def test_all_places_put_back_are_the_original():
    ours = "function y = f(x)\n    y = x - 1;\n\n    y = [y -2];\n    q = 2;\nend\n"
    found = source.hunks("f.m", ours, FILE)
    assert source.same_code(source.put_back(ours, FILE, found), FILE)


def test_lines_in_a_row_are_places_of_their_own():
    ours = "function y = f(x)\n    y = x - 1;\n    y = [y -2];\nend\n"
    found = source.hunks("f.m", ours, FILE)
    assert [hunk.place for hunk in found] == ["f.m:2", "f.m:3"]
    one = source.put_back(ours, FILE, found[1:])
    assert "x - 1" in one and "[y -1]" in one


def test_other_bytes_than_ascii_survive(tmp_path):
    file = tmp_path / "f.m"
    file.write_bytes(b"y = 1; % \x85\xa1\xff\n")
    text = source.read(file)
    assert len(source.code(text)) == 1
    source.write(tmp_path / "g.m", text)
    assert (tmp_path / "g.m").read_bytes() == file.read_bytes()


def test_fields_that_are_read_and_written():
    read, written = source.fields(["net.L = opts.alpha * net.layers{l}.stride;\nif net.testing\n"])
    assert read == {"opts.alpha", "layer.stride", "net.testing"}
    assert written == {"net.L"}


def test_blanks_round_operators_are_layout():
    a, b = "y = 1./(1+exp(-x));\n", "y=1 ./  (1 + exp( -x ));\n"
    assert source.same_code(a, b)
    assert not source.same_code("hold on\n", "holdon\n")
