"""Files are written whole, all of them, or the earlier ones stay and nothing else is left."""

import pytest

from dltparity import files as text_files


def test_all_are_replaced(tmp_path):
    (tmp_path / "a").write_text("earlier")
    text_files.write({tmp_path / "a": "½\n", tmp_path / "b": "new\n"})
    found = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert found == {"a": "½\n", "b": "new\n"}


@pytest.mark.parametrize("blocked", ["a", "b"])
def test_one_that_cannot_be_written_leaves_the_others(tmp_path, blocked):
    (other,) = {"a", "b"} - {blocked}
    (tmp_path / other).write_text("earlier")
    (tmp_path / blocked).mkdir()
    with pytest.raises(IsADirectoryError):
        text_files.write({tmp_path / "a": "new", tmp_path / "b": "new"})
    assert (tmp_path / other).read_text() == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}
