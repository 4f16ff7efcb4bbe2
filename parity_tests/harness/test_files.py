"""Files are written whole, all of them, or the earlier ones stay and nothing else is left."""

import os

import pytest

from dltparity import cli
from dltparity.errors import RequestError
from dltparity.files import write


def test_all_are_replaced(tmp_path):
    (tmp_path / "a").write_text("earlier")
    write({tmp_path / "a": "½\n", tmp_path / "new" / "b": b"\xff"}, "--out")
    found = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"a": "½\n".encode(), "b": b"\xff"}


@pytest.mark.parametrize("blocked", ["a", "b"])
def test_one_that_cannot_be_written_leaves_the_others(tmp_path, blocked):
    (other,) = {"a", "b"} - {blocked}
    (tmp_path / other).write_text("earlier")
    (tmp_path / blocked).mkdir()
    with pytest.raises(RequestError, match=rf"/{blocked} cannot .*a folder.*untouched.*--summary"):
        write({tmp_path / "a": "new", tmp_path / "b": "new"}, "--summary")
    assert (tmp_path / other).read_text() == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_a_pipe_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")  # as /dev/null would be, by one who may
    with pytest.raises(RequestError, match=r"pipe cannot be written \(it is a pipe or a device\)"):
        write({tmp_path / "pipe": "new"}, "--summary")
    assert (tmp_path / "pipe").is_fifo() and len([*tmp_path.iterdir()]) == 1


@pytest.mark.parametrize("command", ["engines", "sweep", "run"])
@pytest.mark.parametrize("kind", ["a folder", "a pipe or a device"])
def test_nothing_is_compared_for_a_file_that_cannot_be_written(command, kind, tmp_path, capsys):
    (os.mkfifo if "pipe" in kind else os.mkdir)(tmp_path / "place")
    option = "--junit" if command == "run" else "--summary"
    words = [option, str(tmp_path / "place")]
    words += [] if command == "engines" else ["--out", str(tmp_path / "out")]
    assert cli.main([command, *words]) == 2
    shown = capsys.readouterr()
    assert f"place cannot be written (it is {kind}): name another" in shown.err
    assert option in shown.err and not shown.out and shown.err.count("\n") == 1
