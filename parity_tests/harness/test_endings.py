"""What is left when a command is ended, Octave does not start, or the disk is full."""

import errno
import json
import os
import signal
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from both_sides.ending import below, held, is_octave, is_there, started, until
from dltparity import cli
from dltparity.errors import NotMeasuredError
from dltparity.jobs.log import Log

PAIRS = Path(__file__).parents[2] / "examples" / "pair" / "pairs.toml"
pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc")

SLOW = "function y = slow(x)\n    pause(60);\n    y = x;\nend\n"
PAIR = """
matlab = ["."]
python = ["."]
[[pair]]
matlab = "slow"
python = "numpy:copy"
inputs = 200
seconds = 100
[[pair.input]]
"""


@pytest.mark.octave
@pytest.mark.parametrize(
    ("words", "which"),
    [
        (["pair", "pairs.toml"], signal.SIGINT),
        (["pair", "pairs.toml", "--jobs", "2"], signal.SIGTERM),
        (["lines", "acnnff"], signal.SIGTERM),
    ],
)
def test_a_command_that_is_ended_leaves_nothing_behind(words, which, tmp_path):
    (tmp_path / "slow.m").write_text(SLOW)
    (tmp_path / "pairs.toml").write_text(PAIR)
    (tmp_path / "pair.md").write_text("earlier")
    (tmp_path / "temp").mkdir()
    out = ["--out", "."] if words[0] == "pair" else []
    running = started(
        [*words, *out],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    jobs = 2 if "--jobs" in words else 1
    until(lambda: sum(map(is_octave, below(running.pid))) >= jobs)
    processes = [running.pid, *below(running.pid)]
    folders = held(processes)
    (os.killpg if which is signal.SIGINT else os.kill)(running.pid, which)
    _, error = running.communicate(timeout=60)
    by_hand = which is signal.SIGINT
    assert running.returncode == (2 if by_hand else 128 + which)
    assert ("interrupted" if by_hand else "ended by SIGTERM") in error and error.count("\n") == 1
    until(lambda: not any(map(is_there, processes)), 10)
    assert not list((tmp_path / "temp").iterdir())
    assert not [path for path in folders if path.exists()]
    assert (tmp_path / "pair.md").read_text() == "earlier"


@pytest.mark.parametrize(
    "words",
    [
        ["pair", str(PAIRS)],
        ["lines", "acnnff"],
        ["run", "--reference", "acnn", "--case", "kernel-1"],
    ],
)
def test_an_octave_that_ends_at_its_start_is_one_sentence(words, tmp_path, monkeypatch, capsys):
    fake = tmp_path / "octave"
    fake.write_text('#!/bin/sh\ncase "$*" in *OCTAVE_VERSION*) echo 7.3.0;; *) exit 3;; esac\n')
    fake.chmod(fake.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("OCTAVE_EXECUTABLE", str(fake))
    out = [] if words[0] == "lines" else ["--out", str(tmp_path)]
    assert cli.main([*words, *out]) == 3
    error = capsys.readouterr().err
    assert "does not start as a session" in error and error.count("\n") == 1
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".md", ".json")]


def test_an_octave_that_dies_could_not_be_measured(monkeypatch, capsys):
    from dltparity.octave.errors import OctaveDied

    def dies(*_):
        raise OctaveDied("Octave was ended by SIGKILL")

    monkeypatch.setattr("dltparity.commands.limits.command", dies)
    assert cli.main(["limits"]) == 4
    assert capsys.readouterr().err == "dltparity: Octave failed: Octave was ended by SIGKILL\n"


def test_a_full_disk_is_one_sentence(monkeypatch, capsys):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/folder")

    monkeypatch.setattr("dltparity.commands.limits.command", full)
    assert cli.main(["limits"]) == 4
    assert capsys.readouterr().err == "dltparity: /tmp/folder: No space left on device\n"


def test_a_log_on_a_full_disk_keeps_what_it_has(tmp_path, monkeypatch):
    path = tmp_path / "log"
    with Log(path, {"a": 1}) as log:
        log.add({"net": 0})
        plain, log._file = log._file, Path("/dev/full").open("ab")  # noqa: SIM115
        with pytest.raises(NotMeasuredError, match="No space left on device"):
            log.add({"net": 1})
        with suppress(OSError):
            log._file.close()
        log._file = plain
    with Log(path, {"a": 1}) as log:
        assert log.results == {0: {"net": 0}}


@pytest.mark.octave
def test_a_report_of_pairs_that_cannot_be_written_loses_no_result(tmp_path, capsys):
    (tmp_path / "pair.md").mkdir()
    words = ["pair", str(PAIRS), "--inputs", "10", "--out", str(tmp_path)]
    assert cli.main(words) == 2
    assert "pair.md cannot be written" in capsys.readouterr().err
    (tmp_path / "pair.md").rmdir()
    before = (tmp_path / "pair.progress.jsonl").read_bytes().count(b"\n")
    assert cli.main(words) == 0
    assert before == 3
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {"pair.json", "pair.md", "pair.html"}


@pytest.mark.octave
def test_an_interrupted_pair_goes_on_where_it_was(tmp_path, monkeypatch):
    from dltparity.pair import run, spec

    wanted = spec.read(PAIRS)

    def two(results, count, before):
        for number, result in enumerate(results):
            if number == 2:
                raise KeyboardInterrupt
            yield result

    with pytest.raises(KeyboardInterrupt):
        run.run(wanted, tmp_path, inputs=100, progress=two)
    kept = (tmp_path / "pair.progress.jsonl").read_bytes()
    assert kept.count(b"\n") == 3

    def rest(results, count, before):
        assert (count, before) == (2, 2)
        yield from results

    found = run.run(wanted, tmp_path, inputs=100, progress=rest)
    assert [each["inputs"] for each in found["pairs"]] == [100, 100]
    run.forget(tmp_path)
    whole = run.run(wanted, tmp_path, inputs=100)
    assert json.dumps(found["pairs"]) == json.dumps(whole["pairs"])
