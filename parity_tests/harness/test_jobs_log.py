"""The log of a long run: nothing that is finished is lost, nothing foreign is mixed in."""

import json
import os

import pytest

from dltparity.errors import RequestError
from dltparity.jobs.log import Log

HEADER = {"seed": 1, "depends_on": {"port": "abc", "octave": "7"}}


def result(net):
    return {"net": net, "verdict": "pass"}


def test_a_pipe_in_its_place_is_refused(tmp_path):
    os.mkfifo(tmp_path / "log")
    words = r"log cannot be written \(it is a pipe or a device\): name another folder"
    with pytest.raises(RequestError, match=words), Log(tmp_path / "log", HEADER):
        pass


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
    after = path.read_bytes().removeprefix(whole)
    assert json.loads(after) == result(1) | {"seal": json.loads(after)["seal"]}


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
        ({"depends_on": {"port": "def", "octave": "7"}}, r"another run \(port differ\)"),
        ({"depends_on": {"port": "abc", "octave": "8"}}, r"another run \(octave differ\)"),
        ({"depends_on": {"port": "abc"}}, r"another run \(octave differ\)"),
    ],
)
def test_results_of_another_run_are_not_mixed_in(tmp_path, change, words):
    with Log(tmp_path / "log", HEADER):
        pass
    with pytest.raises(RequestError, match=words), Log(tmp_path / "log", HEADER | change):
        pass


@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: [*lines[:2], lines[2].replace('"fail"', '"pass"'), *lines[3:]],
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [lines[0], lines[2], lines[1], lines[3]],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [lines[0].replace('"seed": 1', '"seed": 2'), *lines[1:]],
    ],
    ids=["edited", "taken out", "swapped", "doubled", "the header edited"],
)
def test_results_that_a_hand_has_changed_are_refused(tmp_path, edit):
    path = tmp_path / "log"
    with Log(path, HEADER) as log:
        for net in range(3):
            log.add(result(net) | {"verdict": "fail" if net == 1 else "pass"})
    path.write_text("\n".join(edit(path.read_text().splitlines())) + "\n")
    with pytest.raises(RequestError, match="changed after it was written"), Log(path, HEADER):
        pass


def test_two_sweeps_do_not_write_one_file(tmp_path):
    one, other = Log(tmp_path / "log", HEADER), Log(tmp_path / "log", HEADER)
    with one, pytest.raises(RequestError, match="in use"), other:
        pass


def test_a_line_that_is_no_result_is_refused(tmp_path):
    (tmp_path / "log").write_bytes(b"[" * 100_000 + b"\n")
    with pytest.raises(RequestError, match="no result"), Log(tmp_path / "log", HEADER):
        pass
