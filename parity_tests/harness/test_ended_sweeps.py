"""A sweep and a run that are ended, in each of the ways there are, leave nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from both_sides.ending import below, held, is_octave, is_there, started, until

pytestmark = [
    pytest.mark.octave,
    pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc"),
]


def sweep(folder, nets):
    return ["sweep", "--nets", nets, "--jobs", 2, "--reference", "acnn", "--out", folder]


@pytest.mark.parametrize(
    ("send", "which", "code"),
    [
        (os.killpg, signal.SIGINT, 2),  # Ctrl-C: the terminal tells the workers too
        (os.kill, signal.SIGINT, 2),
        (os.killpg, signal.SIGTERM, 128 + signal.SIGTERM),
        (os.kill, signal.SIGTERM, 128 + signal.SIGTERM),
        (os.killpg, signal.SIGHUP, 128 + signal.SIGHUP),  # the terminal is closed
    ],
    ids=["SIGINT to all", "SIGINT", "SIGTERM to all", "SIGTERM", "SIGHUP to all"],
)
def test_a_sweep_on_processes_leaves_nothing_behind(send, which, code, tmp_path):
    log = tmp_path / "results.jsonl"
    running = started(
        sweep(tmp_path, 2000),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_from_a_terminal,
    )
    until(lambda: log.is_file() and log.read_bytes().count(b"\n") >= 4)
    processes = below(running.pid)
    folders = held([running.pid, *processes])
    assert sum(map(is_octave, processes)) == 2 and len(folders) >= 4  # a session, a copy, twice
    send(running.pid, which)
    _, error = running.communicate(timeout=60)
    assert running.returncode == code, error
    assert error.count("\n") == 1, error
    until(lambda: not any(map(is_there, processes)), 10)
    assert not [path for path in folders if path.exists()]
    assert log.read_bytes().endswith(b"\n")


def as_from_a_terminal():
    """Let a process take signals that whoever runs the tests ignores, as nohup does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


# With a place for folders of its own: a command that runs beside the test would tidy up as well.
IN_ITS_OWN = """
import sys
from dltparity import cli, scratch
scratch._MEMORY = sys.argv[1]
sys.exit(cli.main(sys.argv[2:]))
"""


def test_what_a_killed_run_leaves_is_removed_by_the_next(tmp_path):
    memory = tmp_path / "memory"
    memory.mkdir()
    command = [sys.executable, "-c", IN_ITS_OWN, memory, "run", "--reference", "acnn"]
    command += ["--out", tmp_path / "out"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout.readline().startswith("[1/")
    processes = below(running.pid)
    running.kill()
    running.communicate()
    until(lambda: not any(map(is_there, processes)))
    folders = list(memory.iterdir())
    assert len(folders) >= 2  # a session and a copy
    for path in folders:  # as if it were some minutes ago
        os.utime(path, (0, 0))
    subprocess.run([*command, "--case", "kernel-1"], check=True, timeout=120)
    assert not list(memory.iterdir())
