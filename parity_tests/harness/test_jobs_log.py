"""The log of a long run: nothing that is finished is lost, nothing foreign is mixed in."""

import json

import pytest

from dltparity.errors import RequestError
from dltparity.jobs.log import Log

HEADER = {"seed": 1, "port": "abc"}


def result(net):
    return {"net": net, "verdict": "pass"}


def test_results_are_there_again(tmp_path):
    with Log(tmp_path / "new" / "log", HEADER) as log:
        log.add(result(3))
        log.add(result(0))
    with Log(tmp_path / "new" / "log", HEADER) as log:
        assert log.results == {3: result(3), 0: result(0)}


def test_a_torn_line_is_dropped_and_its_net_due_again(tmp_path):
    path = tmp_path / "log"
    with Log(path, HEADER) as log:
        log.add(result(0))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"net": 1, "verd')
    with Log(path, HEADER) as log:
        assert list(log.results) == [0]
        log.add(result(1))
    assert path.read_bytes() == whole + json.dumps(result(1)).encode() + b"\n"


def test_a_header_that_was_torn_is_written_again(tmp_path):
    (tmp_path / "log").write_bytes(b'{"sche')
    with Log(tmp_path / "log", HEADER) as log:
        assert not log.results
    with Log(tmp_path / "log", HEADER) as log:
        assert not log.results


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": 2}, r"another run \(seed differ\)"),
        ({"port": "def"}, r"another run \(port differ\)"),
    ],
)
def test_results_of_another_run_are_not_mixed_in(tmp_path, change, words):
    with Log(tmp_path / "log", HEADER):
        pass
    with pytest.raises(RequestError, match=words), Log(tmp_path / "log", HEADER | change):
        pass


def test_two_runs_do_not_write_one_file(tmp_path):
    one, other = Log(tmp_path / "log", HEADER), Log(tmp_path / "log", HEADER)
    with one, pytest.raises(RequestError, match="in use"), other:
        pass


def test_a_line_that_is_no_result_is_refused(tmp_path):
    (tmp_path / "log").write_bytes(b"{}\nnonsense\n")
    with pytest.raises(RequestError, match="no result"), Log(tmp_path / "log", HEADER):
        pass
